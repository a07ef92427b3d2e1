/**
 * The wire: PDUs of SMPP 3.4 and 5.0 to fields and back, byte for byte.
 *
 * <p>Must not know: sockets, sessions, text. A new PDU is a constant of {@link
 * dev.assay.smpp.codec.Command}, a new field one of {@link dev.assay.smpp.codec.Field}, a new
 * optional parameter one of {@link dev.assay.smpp.codec.Tag}; nothing else has to change.
 */
@NullMarked
package dev.assay.smpp.codec;

import org.jspecify.annotations.NullMarked;
