/**
 * Texts of messages: the 7-bit alphabets and their packing, encodings, segments that never split a
 * character, receipts, and ids of messages.
 *
 * <p>Must not know: sockets and sessions. Another shape of receipts goes into {@link
 * dev.assay.smpp.text.Receipt}, another replacement into {@link
 * dev.assay.smpp.text.SmartCharacters}.
 */
@NullMarked
package dev.assay.smpp.text;

import org.jspecify.annotations.NullMarked;
