/** Tests of that package. */
@NullMarked
package dev.assay.profile.process;

import org.jspecify.annotations.NullMarked;
