/** Tests of load on message centres. */
@NullMarked
package dev.assay.load.smpp;

import org.jspecify.annotations.NullMarked;
