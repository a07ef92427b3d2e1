/** Tests of experiments of the Chaos Toolkit: the cases of its own tests, and those of Assay. */
@NullMarked
package dev.assay.chaos.toolkit;

import org.jspecify.annotations.NullMarked;
