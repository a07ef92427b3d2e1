/**
 * Delivery: how a release reaches its users. A canary is compared with its control while both have
 * traffic.
 *
 * <p>Must not know how traffic is made or evidence stored; what is worse is said by {@code
 * dev.assay.stats.canary}, and decided by the judge on what is emitted here.
 *
 * <p>The usual change: another thing to watch of a canary becomes a part of {@code CanaryWatch} and
 * a sentence in {@code CanaryWords}.
 */
@NullMarked
package dev.assay.delivery;

import org.jspecify.annotations.NullMarked;
