/**
 * Looks at many stored runs at once: compares two sets of them, follows a check through its
 * history, replays a policy over the past. Pure but for the ledger that it reads.
 *
 * <p>Must not know how runs are carried out, nor how anything is shown. What a run is compared by
 * is said in {@link dev.assay.core.judge.CheckLevels}; the statistics are in {@code
 * dev.assay.stats.compare}.
 */
@NullMarked
package dev.assay.core.compare;

import org.jspecify.annotations.NullMarked;
