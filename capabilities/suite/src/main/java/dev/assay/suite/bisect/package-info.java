/**
 * Finds the commit that broke a test, also one that fails only at times: a search by Bayes' rule
 * over the commits between a good and a bad one, which runs the test where that teaches most.
 *
 * <p>{@link dev.assay.suite.bisect.Suspicion} is pure arithmetic; {@link
 * dev.assay.suite.bisect.Bisection} asks a {@link dev.assay.suite.bisect.Probe} and remembers in a
 * file; {@link dev.assay.suite.bisect.Worktree} keeps the checkout clean. Must not know how a
 * command line is read. A runner that writes its report elsewhere is a case of {@link
 * dev.assay.suite.bisect.Experiment}.
 */
@NullMarked
package dev.assay.suite.bisect;

import org.jspecify.annotations.NullMarked;
