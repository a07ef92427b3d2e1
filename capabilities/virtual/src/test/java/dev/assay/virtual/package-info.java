/** Tests of virtual services. */
@NullMarked
package dev.assay.virtual;

import org.jspecify.annotations.NullMarked;
