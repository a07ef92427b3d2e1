package dev.assay.suite.order;

import java.util.EnumMap;
import java.util.Map;

/**
 * Which way to order did best of late: the decayed mean of what each would have achieved in the
 * cycles that failed. Not thread-safe.
 */
final class Contest {

  private static final double KEEP = Math.pow(0.5, 1 / 30.0);

  /** What a way starts with: the mixture has to earn its place. */
  private static final Map<Ranking, Double> HANDICAP =
      Map.of(Ranking.RECENT_FAILURE, 0.005, Ranking.LONG_AVERAGE, 0.01, Ranking.MIXTURE, 0.06);

  private final Map<Ranking, Double> sums = new EnumMap<>(Ranking.class);
  private double weight;

  Contest() {
    for (Ranking ranking : Ranking.values()) {
      sums.put(ranking, 0.0);
    }
  }

  /** Learns what each achieved in a cycle that failed: from 0 to 1. */
  void add(Map<Ranking, Double> achieved) {
    weight = weight * KEEP + 1;
    sums.replaceAll((ranking, sum) -> sum * KEEP + achieved.getOrDefault(ranking, 0.0));
  }

  /** The best of late; while little is known the simplest. */
  Ranking best() {
    Ranking best = Ranking.FAILURE_AVERAGE;
    double most = Double.NEGATIVE_INFINITY;
    for (Ranking ranking : Ranking.values()) {
      double handicap = HANDICAP.getOrDefault(ranking, 0.0) / (1 + weight);
      double mean = (weight == 0 ? 0 : sums.getOrDefault(ranking, 0.0) / weight) - handicap;
      if (mean > most) {
        most = mean;
        best = ranking;
      }
    }
    return best;
  }
}
