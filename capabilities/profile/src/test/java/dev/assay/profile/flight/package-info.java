/** Tests of that package. */
@NullMarked
package dev.assay.profile.flight;

import org.jspecify.annotations.NullMarked;
