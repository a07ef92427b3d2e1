/**
 * What programs may ask by lines of JSON: PDUs to fields and back, texts to segments.
 *
 * <p>Must not know: where lines come from. Another question is another class with a method from a
 * JSON object to one.
 */
@NullMarked
package dev.assay.smpp.door;

import org.jspecify.annotations.NullMarked;
