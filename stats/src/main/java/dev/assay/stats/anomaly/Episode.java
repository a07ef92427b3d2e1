package dev.assay.stats.anomaly;

/**
 * One alarm for each episode: after something unusual, only what is clearly more unusual still is
 * one again, until it is forgotten.
 */
final class Episode {

  /** Where an alarm begins. */
  private static final double ALARM = 4.5;

  private static final double CLEARLY = 1.3;

  /** How unusual a thing is remembered at most, so that its episode ends. */
  private static final double MOST = 12;

  private static final double REST = 100;
  private static final double REST_SHARE = 0.02;

  private double remembered;

  /**
   * What is to be said of how unusual a point is.
   *
   * @param count points so far: in a long series episodes last longer
   */
  double told(double unusual, long count) {
    remembered *= 1 - 1 / Math.max(REST, REST_SHARE * count);
    if (unusual < ALARM) {
      return unusual;
    }
    if (unusual > CLEARLY * remembered) {
      remembered = Math.min(MOST, unusual);
      return unusual;
    }
    return 0;
  }
}
