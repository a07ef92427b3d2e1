/**
 * Tests that may be looked at as often as one likes: e-processes, whose value is above 20 at any
 * time in at most 5 % of all cases in which nothing is wrong, and intervals that hold at all times
 * at once. For watching a canary: does its error rate, its latency or its number of events exceed
 * what the control shows at the same time?
 *
 * <p>Must not know: clocks, metrics' names, verdicts. The usual change: another kind of evidence
 * becomes a class that turns each look into a conditional distribution without unknown parameters
 * and adds its likelihood ratios to a {@link dev.assay.stats.sequential.Mixture}.
 */
@NullMarked
package dev.assay.stats.sequential;

import org.jspecify.annotations.NullMarked;
