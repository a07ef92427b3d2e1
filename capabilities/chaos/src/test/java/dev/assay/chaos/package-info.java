/** Tests of experiments, against a system that is ill when it is told to be. */
@NullMarked
package dev.assay.chaos;

import org.jspecify.annotations.NullMarked;
