/**
 * SMPP: the codec of all PDUs, texts and their segments, and sessions at both ends.
 *
 * <p>Must not know: gateways, virtual message centres, load. A PDU goes into {@code codec}, a
 * character set into {@code text}, a rule of the protocol into {@code session}, and what programs
 * may ask by lines of JSON into {@code door}.
 */
@NullMarked
package dev.assay.smpp;

import org.jspecify.annotations.NullMarked;
