package dev.assay.network.link;

/**
 * The time that a packet is on its way in one direction, apart from waiting in a queue. Immutable.
 *
 * <p>The delays of one flow are a Gaussian copula of the first order: their normal scores follow
 * {@code z' = ρ z + √(1-ρ²) ε}, so each delay has exactly the asked distribution, and neighbours
 * are alike. (netem's correlation, in contrast, narrows the distribution.)
 *
 * @param distribution of one delay
 * @param correlation ρ of the scores of neighbouring packets of a flow, 0 to below 1
 */
public record Delay(Distribution distribution, double correlation) {

  /** No delay. */
  public static final Delay NONE = constant(0);

  /** Checks the range. */
  public Delay {
    if (!(correlation >= 0 && correlation < 1)) {
      throw new IllegalArgumentException("a correlation is 0 % or more and below 100 %");
    }
  }

  /** Always the same, in nanoseconds. */
  public static Delay constant(long nanos) {
    return new Delay(new Distribution.Constant(nanos), 0);
  }

  /** Neighbours that have nothing to do with each other. */
  public static Delay of(Distribution distribution) {
    return new Delay(distribution, 0);
  }

  /** Its mean in nanoseconds, as it comes out. */
  public double mean() {
    return distribution.mean();
  }

  /** Whether it is always nothing. */
  boolean none() {
    return distribution instanceof Distribution.Constant constant && constant.nanos() == 0;
  }
}
