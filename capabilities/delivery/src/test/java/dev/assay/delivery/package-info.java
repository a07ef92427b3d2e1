/** Tests of canaries, with traffic that is there at once. */
@NullMarked
package dev.assay.delivery;

import org.jspecify.annotations.NullMarked;
