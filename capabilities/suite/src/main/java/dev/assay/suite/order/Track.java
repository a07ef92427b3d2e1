package dev.assay.suite.order;

/** The past of one test, or of a group of tests, in constant space. Not thread-safe. */
final class Track {

  /** Of decayed averages: in two, in eight and in forty runs the weight of a result halves. */
  private static final double[] KEEP = {
    Math.pow(0.5, 1 / 2.0), Math.pow(0.5, 1 / 8.0), Math.pow(0.5, 1 / 40.0)
  };

  private static final double KEEP_SECONDS = 0.7;

  private final double[] failed = new double[KEEP.length];
  private final double[] weight = new double[KEEP.length];
  private final double[] afterPass = new double[2];
  private final double[] afterFail = new double[2];
  private double seconds;
  private double secondsWeight;
  private int pattern;
  private int runs;
  private int failures;
  private int lastRun = -1;
  private int lastFailure = -1;

  /** Learns a run. */
  void add(int cycle, boolean fails) {
    for (int i = 0; i < KEEP.length; i++) {
      failed[i] = failed[i] * KEEP[i] + (fails ? 1 : 0);
      weight[i] = weight[i] * KEEP[i] + 1;
    }
    if (runs > 0) {
      double[] transitions = lastFailed() ? afterFail : afterPass;
      transitions[0] = transitions[0] * KEEP[2] + (fails ? 1 : 0);
      transitions[1] = transitions[1] * KEEP[2] + 1;
    }
    pattern = pattern << 1 | (fails ? 1 : 0);
    runs++;
    lastRun = cycle;
    if (fails) {
      failures++;
      lastFailure = cycle;
    }
  }

  /** Learns a duration. */
  void took(double time) {
    seconds = seconds * KEEP_SECONDS + time;
    secondsWeight = secondsWeight * KEEP_SECONDS + 1;
  }

  /** The decayed mean duration, or NaN where none is known. */
  double seconds() {
    return seconds / secondsWeight;
  }

  /**
   * A decayed failure average, drawn towards a prior of the given weight.
   *
   * @param span 0 for the shortest memory, 2 for the longest
   */
  double average(int span, double prior, double strength) {
    return (failed[span] + strength * prior) / (weight[span] + strength);
  }

  /** How often it fails after a result like its last, drawn towards a prior. */
  double afterLast(double prior, double strength) {
    double[] transitions = runs > 0 && lastFailed() ? afterFail : afterPass;
    return (transitions[0] + strength * prior) / (transitions[1] + strength);
  }

  boolean lastFailed() {
    return (pattern & 1) == 1;
  }

  /** The last runs as bits, the latest lowest, a failure 1. */
  int pattern() {
    return pattern;
  }

  int runs() {
    return runs;
  }

  int failures() {
    return failures;
  }

  /** The cycle of the last run, or -1. */
  int lastRun() {
    return lastRun;
  }

  /** The cycle of the last failure, or -1. */
  int lastFailure() {
    return lastFailure;
  }
}
