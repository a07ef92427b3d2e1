package dev.assay.suite.order;

import java.util.Arrays;

/**
 * Joins several probabilities of one event to one: a weighted sum in the logistic domain, whose
 * weights follow the coding error as results come (logistic mixing; Mahoney, 2005, and Mattern,
 * 2012). Each set of weights learns by itself. Not thread-safe.
 */
final class Mixture {

  private static final double FIRST_WEIGHT = 0.22;
  private static final double BOUND = 9;
  private static final double WIDEST_WEIGHT = 4;

  private final double[][] weights;
  private final double[][] squares;
  private final double rate;

  Mixture(int inputs, int sets, double rate) {
    weights = new double[sets][inputs];
    squares = new double[sets][inputs];
    for (int set = 0; set < sets; set++) {
      Arrays.fill(weights[set], FIRST_WEIGHT);
      Arrays.fill(squares[set], 1);
    }
    this.rate = rate;
  }

  /** The joined probability, strictly between 0 and 1. */
  double of(double[] probabilities, int set) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += weights[set][i] * stretch(probabilities[i]);
    }
    return squash(sum);
  }

  /** Learns what happened where {@link #of} had said {@code said}. */
  void learn(double[] probabilities, int set, double said, boolean happened) {
    double error = (happened ? 1 : 0) - said;
    for (int i = 0; i < probabilities.length; i++) {
      double slope = error * stretch(probabilities[i]);
      squares[set][i] += slope * slope;
      double moved = weights[set][i] + rate * slope / Math.sqrt(squares[set][i]);
      weights[set][i] = Math.clamp(moved, -WIDEST_WEIGHT, WIDEST_WEIGHT);
    }
  }

  private static double stretch(double p) {
    return Math.clamp(Math.log(p / (1 - p)), -BOUND, BOUND);
  }

  private static double squash(double x) {
    return 1 / (1 + Math.exp(-Math.clamp(x, -BOUND, BOUND)));
  }
}
