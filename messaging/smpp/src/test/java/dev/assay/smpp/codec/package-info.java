/** Tests of the codec. */
@NullMarked
package dev.assay.smpp.codec;

import org.jspecify.annotations.NullMarked;
