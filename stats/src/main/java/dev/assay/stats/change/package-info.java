/**
 * Where a history changed: one value for each commit, night or release, and the indexes at which a
 * new regime begins, with size, range and confidence.
 *
 * <p>Must not know: commits, runs, ledgers, clocks. The usual change: another kind of noise gets a
 * test in {@code ChangePointsSimulationTest} first, then a rule in {@link
 * dev.assay.stats.change.Noise} or {@link dev.assay.stats.change.StepTest}.
 */
@NullMarked
package dev.assay.stats.change;

import org.jspecify.annotations.NullMarked;
