package dev.assay.stats.anomaly;

import java.util.Arrays;

/**
 * What a statistic has been so far, and how far beyond that a value is: the logarithm of the share
 * of the past that was as high. Beyond the highest fiftieth it is continued as Pareto's tail with
 * the index that Hill ("A simple general approach to inference about the tail of a distribution",
 * Annals of Statistics 3, 1975) estimates of it, in the manner of Siffer, Fouque, Termier and
 * Largouet, "Anomaly detection in streams with extreme value theory" (KDD 2017).
 *
 * <p>The past is counted in cells that are a twelfth of a doubling wide: no unit matters, and
 * memory is bounded.
 */
final class Past {

  private static final int CELLS_OF_A_DOUBLING = 12;
  private static final double CELL = Math.log(2) / CELLS_OF_A_DOUBLING;
  private static final int CELLS = 64 * CELLS_OF_A_DOUBLING;

  /** The share of the past that is the tail, and how many values it has at least. */
  private static final double TAIL = 0.02;

  private static final double FEWEST = 3;
  private static final int RENEW = 32;

  /** What is known of tails before any value is: an index of 3, worth three values. */
  private static final double USUAL_COUNT = 3;

  private static final double USUAL_LOGS = 1;
  private static final double LOWEST_INDEX = 1;
  private static final double HIGHEST_INDEX = 12;

  /** A past as short as this is believed by half. */
  private static final double LEARNING = 150;

  private final double[] counts = new double[CELLS];
  private double total;
  private int lowest = Integer.MIN_VALUE;
  private int added;
  private double edge;
  private double beyond = 1;
  private double index = USUAL_COUNT;

  /** How unusual a value is: minus the decimal logarithm of its probability, 0 or more. */
  double surprise(double value) {
    if (total < 2 || !(value > 0)) {
      return 0;
    }
    if (added >= RENEW || total < 2 * RENEW) {
      renew();
    }
    return total / (total + LEARNING) * Math.max(0, -logProbability(Math.log(value) / CELL));
  }

  private double logProbability(double cell) {
    if (cell >= edge) {
      return Math.log10(beyond) - index * (cell - edge) * CELL / Math.log(10);
    }
    double above = 0.5;
    for (int i = Math.max(0, (int) Math.floor(cell) - lowest); i < CELLS; i++) {
      above += counts[i];
    }
    return Math.log10(Math.min(1, above / (total + 1)));
  }

  /** Remembers a value; one of 0 or less is one that is not high. */
  void add(double value) {
    total++;
    added++;
    if (!(value > 0)) {
      return;
    }
    int cell = (int) Math.floor(Math.log(value) / CELL);
    if (lowest == Integer.MIN_VALUE) {
      lowest = cell - CELLS / 2;
    }
    if (cell >= lowest + CELLS) {
      rise(cell - lowest - CELLS + 1);
    }
    counts[Math.max(0, cell - lowest)]++;
  }

  /** Moves the cells up; what falls out below is counted in the lowest. */
  private void rise(int by) {
    int move = Math.min(by, CELLS);
    double out = 0;
    for (int i = 0; i < move; i++) {
      out += counts[i];
    }
    System.arraycopy(counts, move, counts, 0, CELLS - move);
    Arrays.fill(counts, CELLS - move, CELLS, 0);
    counts[0] += out;
    lowest += by;
  }

  private void renew() {
    added = 0;
    double wanted = Math.max(FEWEST, TAIL * total);
    double above = 0;
    int first = CELLS;
    while (first > 0 && above < wanted) {
      first--;
      above += counts[first];
    }
    double logs = 0;
    for (int i = first; i < CELLS; i++) {
      logs += counts[i] * (i - first + 0.5) * CELL;
    }
    edge = (double) lowest + first;
    beyond = Math.min(1, (above + 0.5) / (total + 1));
    double mean = above > 0 ? logs / above : 0;
    index =
        Math.clamp(
            (above + USUAL_COUNT) / (above * mean + USUAL_LOGS), LOWEST_INDEX, HIGHEST_INDEX);
  }
}
