package dev.assay.network.link;

/**
 * Which datagrams overtake others; streams never do. Immutable.
 *
 * @param share of datagrams that are sent on without their delay (netem's {@code reorder})
 * @param gap only every so many-th datagram may be one of them; 0 or 1 for each
 * @param byJitter whether datagrams overtake each other where their delays say so; otherwise one
 *     waits for those before it
 */
public record Reordering(double share, int gap, boolean byJitter) {

  /** All stay in order. */
  public static final Reordering NONE = new Reordering(0, 0, false);

  /** Checks the ranges. */
  public Reordering {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share of reordered packets is 0 % to 100 %");
    }
    if (gap < 0) {
      throw new IllegalArgumentException("a gap is 0 or more");
    }
  }

  /** That share overtakes. */
  public static Reordering of(double share) {
    return new Reordering(share, 0, false);
  }
}
