/**
 * Whether a failure is real: what a test's past, its attempts and how they were made say, as
 * probabilities; which rerun would tell most; and quarantine with an end.
 *
 * <p>Pure: no files, no clock, no chance. Must not know how tests are run or who reads the answer.
 * Every number of the model with its source is in {@link dev.assay.suite.flaky.Rates}; a new way to
 * run a test again is a new {@link dev.assay.suite.flaky.Rerun} and its rows there.
 */
@NullMarked
package dev.assay.suite.flaky;

import org.jspecify.annotations.NullMarked;
