/** Tests of the doors. */
@NullMarked
package dev.assay.smpp.door;

import org.jspecify.annotations.NullMarked;
