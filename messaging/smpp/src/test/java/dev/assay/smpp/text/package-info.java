/** Tests of texts. */
@NullMarked
package dev.assay.smpp.text;

import org.jspecify.annotations.NullMarked;
