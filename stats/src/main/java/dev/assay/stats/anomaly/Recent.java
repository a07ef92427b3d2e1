package dev.assay.stats.anomaly;

/** The last dozen values: their level and their spread. */
final class Recent {

  private static final int LENGTH = 12;

  private final double[] values = new double[LENGTH];
  private long count;
  private double level;
  private double spread;

  void add(double value) {
    values[(int) (count % LENGTH)] = value;
    count++;
    int n = (int) Math.min(count, LENGTH);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += values[i] - value;
    }
    double off = sum / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double apart = values[i] - value - off;
      squares += apart * apart;
    }
    level = value + off;
    spread = Math.sqrt(squares / n);
  }

  /** Whether there are a dozen. */
  boolean full() {
    return count >= LENGTH;
  }

  double level() {
    return level;
  }

  double spread() {
    return spread;
  }
}
