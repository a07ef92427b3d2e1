package dev.assay.stats.anomaly;

/**
 * What is usual at each time of a day or a week, as averages that forget: seasons of monitoring
 * follow the clock, so they need not be searched for.
 */
final class Cycle {

  private static final double FORGET = 0.1;
  private static final double FORGET_SCATTER = 0.001;
  private static final double FORGET_LEVEL = 0.125;

  /** The share of the scatter that it may leave, if it is to be believed. */
  private static final double EXPLAINED = 0.6;

  private static final double CLEARLY = 0.9;

  private final double seconds;
  private final double[] levels;
  private final int[] counts;
  private double start = Double.NaN;
  private double now;
  private long count;
  private double mean;
  private double plain;
  private double left;
  private double residual;
  private double level;

  /**
   * @param seconds its length
   * @param slots into how many it is divided
   */
  Cycle(double seconds, int slots) {
    this.seconds = seconds;
    this.levels = new double[slots];
    this.counts = new int[slots];
  }

  void add(double time, double value) {
    if (Double.isNaN(start)) {
      start = time;
      mean = value;
    }
    now = time;
    double phase = time / seconds - Math.floor(time / seconds);
    int slot = Math.min((int) (phase * levels.length), levels.length - 1);
    if (counts[slot] == 0) {
      levels[slot] = value;
    }
    residual = value - levels[slot];
    counts[slot]++;
    count++;
    level += FORGET_LEVEL * (residual - level);
    double rate = Math.max(1.0 / count, FORGET_SCATTER);
    if (time - start > seconds) {
      plain += rate * ((value - mean) * (value - mean) - plain);
      left += rate * (residual * residual - left);
    }
    mean += rate * (value - mean);
    levels[slot] += Math.max(1.0 / counts[slot], FORGET) * residual;
  }

  /** Whether two cycles have shown that it is one. */
  boolean known() {
    return now - start > 2 * seconds && left < EXPLAINED * plain;
  }

  /** Whether it leaves less than another one. */
  boolean better(Cycle other) {
    return left < CLEARLY * other.left;
  }

  /** How far the last value was from what was usual at its time before. */
  double residual() {
    return residual;
  }

  /** The level of the last few residuals. */
  double level() {
    return level;
  }
}
