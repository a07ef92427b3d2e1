/** Tests of that package. */
@NullMarked
package dev.assay.profile.sql;

import org.jspecify.annotations.NullMarked;
