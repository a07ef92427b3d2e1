/** Tests of that package. */
@NullMarked
package dev.assay.profile.perfdata;

import org.jspecify.annotations.NullMarked;
