package dev.assay.stats;

/**
 * Where on an axis of positive values an answer changes from yes to no, learnt from answers that
 * are noisy near that threshold. Not thread-safe.
 *
 * <p>The chance of a yes at x is a logistic psychometric function of log x, {@code lapse + (1 - 2
 * lapse) / (1 + exp((ln x - ln threshold) / spread))}. The posterior of threshold and spread is
 * kept on a grid, flat over the logarithm of both before the first answer (QUEST of Watson and
 * Pelli, 1983, with the unknown spread of Kontsevich and Tyler, 1999); asking at its median is the
 * probabilistic bisection of Horstein (1963; Waeber, Frazier and Henderson, 2013). The lapse keeps
 * one false answer far from the threshold from deciding: an answer that later ones contradict is
 * outvoted.
 */
public final class ThresholdPosterior {

  /** How often an answer is false however far from the threshold it is asked. */
  private static final double LAPSE = 0.01;

  /** How far the threshold may lie beyond the ends of the range, on the natural logarithm. */
  private static final double MARGIN = Math.log(2);

  private static final double[] SPREADS = {0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32};
  private static final int MOST_CELLS = 20_000;

  private final double first;
  private final double step;
  private final int cells;
  private final double[][] logLikelihood;
  private double[] cumulative;

  /**
   * Knows nothing but where to look.
   *
   * @param from the low end of the range, above 0
   * @param to its high end, above {@code from}; the threshold may be up to twice as far
   * @param resolution how finely the grid divides it, as a share: 0.001 is 0.1 %
   */
  public ThresholdPosterior(double from, double to, double resolution) {
    if (!(from > 0 && to > from && Double.isFinite(to) && resolution > 0)) {
      throw new IllegalArgumentException(from + " to " + to + " by " + resolution);
    }
    first = Math.log(from) - MARGIN;
    double length = Math.log(to) + MARGIN - first;
    cells = (int) Math.clamp(Math.ceil(length / Math.log1p(resolution)), 100, MOST_CELLS);
    step = length / cells;
    logLikelihood = new double[SPREADS.length][cells];
    cumulative = cumulate();
  }

  /**
   * Learns an answer.
   *
   * @param at where it was asked, above 0
   * @param yes 1 for yes, 0 for no, between them how much speaks for yes where the answer itself is
   *     uncertain
   */
  public void add(double at, double yes) {
    if (!(at > 0 && Double.isFinite(at) && yes >= 0 && yes <= 1)) {
      throw new IllegalArgumentException(yes + " at " + at);
    }
    double x = Math.log(at);
    for (int s = 0; s < SPREADS.length; s++) {
      double[] row = logLikelihood[s];
      for (int i = 0; i < cells; i++) {
        double chance = LAPSE + (1 - 2 * LAPSE) / (1 + Math.exp((x - centre(i)) / SPREADS[s]));
        row[i] += yes * Math.log(chance) + (1 - yes) * Math.log1p(-chance);
      }
    }
    cumulative = cumulate();
  }

  /** How probable it is that the threshold lies below a value. */
  public double below(double value) {
    double place = (Math.log(value) - first) / step;
    if (place <= 0) {
      return 0;
    }
    if (place >= cells) {
      return 1;
    }
    int cell = (int) place;
    return cumulative[cell] + (place - cell) * (cumulative[cell + 1] - cumulative[cell]);
  }

  /**
   * The value below which the threshold lies with that probability.
   *
   * @param probability above 0 and below 1
   */
  public double quantile(double probability) {
    Quantiles.check(probability);
    int low = 0;
    int high = cells;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] <= probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double within = (probability - cumulative[low]) / (cumulative[high] - cumulative[low]);
    return Math.exp(first + (low + within) * step);
  }

  /** The median with the central 95 % of the posterior. */
  public Interval interval() {
    double tail = (1 - Interval.LEVEL) / 2;
    return Interval.around(quantile(tail), quantile(0.5), quantile(1 - tail));
  }

  private double centre(int cell) {
    return first + (cell + 0.5) * step;
  }

  private double[] cumulate() {
    double most = Double.NEGATIVE_INFINITY;
    for (double[] row : logLikelihood) {
      for (double value : row) {
        most = Math.max(most, value);
      }
    }
    double[] sums = new double[cells + 1];
    for (int i = 0; i < cells; i++) {
      double weight = 0;
      for (double[] row : logLikelihood) {
        weight += Math.exp(row[i] - most);
      }
      sums[i + 1] = sums[i] + weight;
    }
    double total = sums[cells];
    for (int i = 0; i <= cells; i++) {
      sums[i] /= total;
    }
    return sums;
  }
}
