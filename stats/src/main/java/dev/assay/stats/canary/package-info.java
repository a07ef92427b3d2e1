/**
 * A canary beside its control: is it worse? Whoever watches asks again and again as the samples
 * grow, and may stop at any time.
 *
 * <p>Must not know: what was measured, traffic, roll-outs. The usual change: another kind of metric
 * becomes a branch of {@link dev.assay.stats.canary.CanaryJudge} with an e-process of its own.
 */
@NullMarked
package dev.assay.stats.canary;

import org.jspecify.annotations.NullMarked;
