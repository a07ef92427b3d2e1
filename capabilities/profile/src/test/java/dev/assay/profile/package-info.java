/** Tests of profiling, with real processes. */
@NullMarked
package dev.assay.profile;

import org.jspecify.annotations.NullMarked;
