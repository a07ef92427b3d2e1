package dev.assay.stats.canary;

import dev.assay.stats.canary.KayentaJudge.Classification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The score of a canary as Kayenta sums it up: of each group the share of its metrics that pass,
 * weighted; 0 where a critical metric does not. Immutable.
 *
 * @param score 0 to 100
 * @param groups the score of each group that had values, by name
 * @param measured whether any metric had values
 */
public record KayentaScore(double score, Map<String, Double> groups, boolean measured) {

  private static final double ALL = 100;

  /** Copies the map, keeping its order. */
  public KayentaScore {
    groups = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(groups));
  }

  /**
   * A metric that was classified.
   *
   * @param groups that it counts in
   * @param critical whether it has to pass
   * @param classification of its values
   * @param mustHave whether it fails where it has no values
   */
  public record Graded(
      List<String> groups, boolean critical, Classification classification, boolean mustHave) {
    /** Copies the list. */
    public Graded {
      groups = List.copyOf(groups);
    }

    private boolean counts() {
      return classification != Classification.NODATA || mustHave;
    }

    private boolean passes() {
      return classification == Classification.PASS;
    }
  }

  /**
   * Sums up.
   *
   * @param weights of groups, of 100 together; what is left of it is shared by the other groups
   */
  public static KayentaScore of(List<Graded> metrics, Map<String, Double> weights) {
    Map<String, List<Graded>> byGroup = new LinkedHashMap<>();
    for (Graded metric : metrics) {
      metric
          .groups()
          .forEach(group -> byGroup.computeIfAbsent(group, _ -> new ArrayList<>()).add(metric));
    }
    double given = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    long without = byGroup.keySet().stream().filter(group -> !weights.containsKey(group)).count();
    double share = without == 0 ? 0 : (ALL - given) / without;
    Map<String, Double> scores = new LinkedHashMap<>();
    double sum = 0;
    for (Map.Entry<String, List<Graded>> group : byGroup.entrySet()) {
      List<Graded> counted = group.getValue().stream().filter(Graded::counts).toList();
      if (!counted.isEmpty()) {
        double score = ALL * counted.stream().filter(Graded::passes).count() / counted.size();
        scores.put(group.getKey(), score);
        sum += score * Objects.requireNonNullElse(weights.get(group.getKey()), share) / ALL;
      }
    }
    boolean failed = metrics.stream().anyMatch(one -> one.critical() && !one.passes());
    return new KayentaScore(failed ? 0 : sum, scores, !scores.isEmpty());
  }
}
