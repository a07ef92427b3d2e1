package dev.assay.network.link;

import java.util.SplittableRandom;

/** The delays of one flow's packets. Owned by one thread. */
final class DelayScores {

  private final SplittableRandom random;
  private boolean begun;
  private double score;

  DelayScores(SplittableRandom random) {
    this.random = random;
  }

  /** The delay of the next packet, in nanoseconds. */
  long next(Delay delay) {
    if (delay.distribution() instanceof Distribution.Constant constant) {
      return constant.nanos();
    }
    double fresh = random.nextGaussian();
    double kept = delay.correlation();
    score = begun && kept > 0 ? kept * score + Math.sqrt(1 - kept * kept) * fresh : fresh;
    begun = true;
    return delay.distribution().at(score);
  }
}
