package dev.assay.network.link;

/** Which packets of a direction do not arrive. Immutable. */
public sealed interface Loss {

  /** None. */
  Independent NONE = new Independent(0);

  /** The share of packets that is lost in the long run. */
  double mean();

  /**
   * How often a loss begins, per packet: packets lost in one run count once. This is what the
   * formulas for TCP's throughput call p.
   */
  double events();

  /**
   * Each packet alone.
   *
   * @param share of packets lost, 0 to 1
   */
  record Independent(double share) implements Loss {
    /** Checks the range. */
    public Independent {
      Loss.checked(share, "a share of lost packets");
    }

    @Override
    public double mean() {
      return share;
    }

    @Override
    public double events() {
      return share;
    }
  }

  /**
   * A channel with a good and a bad state, which changes between packets (E. N. Gilbert, "Capacity
   * of a burst-noise channel", 1960; E. O. Elliott, 1963). The channel is that of the direction: a
   * bad moment meets all connections. It begins good.
   *
   * @param badAfter the chance to turn bad at a packet while good (p)
   * @param goodAfter the chance to turn good at a packet while bad (r), above 0
   * @param lostWhenBad the share lost while bad (1−h)
   * @param lostWhenGood the share lost while good (1−k)
   */
  record GilbertElliott(double badAfter, double goodAfter, double lostWhenBad, double lostWhenGood)
      implements Loss {
    /** Checks the ranges. */
    public GilbertElliott {
      Loss.checked(badAfter, "the chance to turn bad");
      Loss.checked(goodAfter, "the chance to turn good");
      Loss.checked(lostWhenBad, "the share lost when bad");
      Loss.checked(lostWhenGood, "the share lost when good");
      if (goodAfter == 0) {
        throw new IllegalArgumentException("a channel that turns bad must turn good again");
      }
    }

    /** The share of packets that meet the bad state in the long run. */
    public double bad() {
      return badAfter / (badAfter + goodAfter);
    }

    @Override
    public double mean() {
      return bad() * lostWhenBad + (1 - bad()) * lostWhenGood;
    }

    @Override
    public double events() {
      // a run of the bad state has at least one loss with this chance: geometric in its length
      double kept = 1 - lostWhenBad;
      double some = 1 - goodAfter * kept / (1 - (1 - goodAfter) * kept);
      return (1 - bad()) * (lostWhenGood + badAfter * (1 - lostWhenGood) * some);
    }
  }

  private static void checked(double share, String what) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(what + " is 0 % to 100 %");
    }
  }
}
