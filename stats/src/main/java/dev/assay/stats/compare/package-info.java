/**
 * Two sets of runs of the same thing: did the candidate become worse than the baseline? The unit is
 * the run, not the sample, as samples of a run share its compiler, its heap and its neighbours.
 *
 * <p>Must not know: what was measured, checks, verdicts of the judge. The usual change: another
 * level of a run becomes a line in {@link dev.assay.stats.compare.RunLevels}.
 */
@NullMarked
package dev.assay.stats.compare;

import org.jspecify.annotations.NullMarked;
