package dev.assay.suite.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Guesses how long tests will take from how long they took. Thread-safe.
 *
 * <p>A test with a past gets its decayed mean, in which each run weighs 0.7 of the one after it;
 * times beyond four times the median of the last nine, or below a quarter of it, count as that
 * much, as one stalled machine should not move a test for many runs. A test without a past gets the
 * median of its nearest named relatives: of its class, else its package, and so on up; else of all.
 */
public final class Durations {

  /** What a test takes where nothing at all is known, in seconds. */
  public static final double UNKNOWN = 1;

  private static final double KEEP = 0.7;
  private static final int LATEST = 9;
  private static final double OUTLIER = 4;
  private static final String SEPARATORS = ".#/:\\$>";

  private Durations() {}

  /**
   * The decayed mean.
   *
   * @param past seconds of past runs, the latest last; at least one; 0 or more
   */
  public static double decayedMean(List<Double> past) {
    if (past.isEmpty()) {
      throw new IllegalArgumentException("there is no past to take the mean of");
    }
    List<Double> latest = past.subList(Math.max(0, past.size() - LATEST), past.size());
    double usual = median(latest);
    double sum = 0;
    double weight = 0;
    for (double seconds : past) {
      if (!(seconds >= 0 && Double.isFinite(seconds))) {
        throw new IllegalArgumentException("a test takes no " + seconds + " seconds");
      }
      double counted = usual > 0 ? Math.clamp(seconds, usual / OUTLIER, usual * OUTLIER) : seconds;
      sum = sum * KEEP + counted;
      weight = weight * KEEP + 1;
    }
    return sum / weight;
  }

  /**
   * A duration for every test.
   *
   * @param known seconds by test, as {@link #decayedMean} gives them
   * @param tests names, some of which may not be known
   */
  public static Map<String, Double> guess(Map<String, Double> known, Collection<String> tests) {
    Map<String, Double> all = new TreeMap<>();
    Map<String, Double> relatives = null;
    for (String test : tests) {
      Double seconds = known.get(test);
      if (seconds == null) {
        relatives = relatives == null ? medians(known) : relatives;
        seconds = ofRelatives(test, relatives);
      }
      all.put(test, seconds);
    }
    return all;
  }

  private static double ofRelatives(String test, Map<String, Double> medians) {
    String group = test;
    do {
      group = parentOf(group);
      Double median = medians.get(group);
      if (median != null) {
        return median;
      }
    } while (!group.isEmpty());
    return UNKNOWN;
  }

  private static Map<String, Double> medians(Map<String, Double> known) {
    Map<String, List<Double>> groups = new TreeMap<>();
    known.forEach((test, seconds) -> {
      String group = test;
      do {
        group = parentOf(group);
        groups.computeIfAbsent(group, name -> new ArrayList<>()).add(seconds);
      } while (!group.isEmpty());
    });
    Map<String, Double> medians = new TreeMap<>();
    groups.forEach((group, times) -> medians.put(group, median(times)));
    return medians;
  }

  /** The name without its last part; empty where there is one part. */
  private static String parentOf(String name) {
    for (int i = name.length() - 1; i > 0; i--) {
      if (SEPARATORS.indexOf(name.charAt(i)) >= 0) {
        return name.substring(0, i);
      }
    }
    return "";
  }

  private static double median(List<Double> values) {
    Double[] sorted = values.toArray(Double[]::new);
    Arrays.sort(sorted, Comparator.naturalOrder());
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
