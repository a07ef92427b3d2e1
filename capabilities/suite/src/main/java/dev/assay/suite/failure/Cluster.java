package dev.assay.suite.failure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Failures that are thought to be one. All of them have the same chain of exceptions. Immutable.
 *
 * @param failures at least one, in the order they were given
 */
public record Cluster(List<Failure> failures) {

  private static final double SIMILAR = 0.5;

  /** Copies the list. */
  public Cluster {
    failures = List.copyOf(failures);
  }

  /** The one that shows best what it is: the one with the most frames of the project. */
  public Failure example() {
    return failures.stream()
        .max(Comparator.comparingInt((Failure failure) -> failure.frames().size()))
        .orElseThrow();
  }

  /** The fingerprint of its first failure. */
  public String fingerprint() {
    return failures.getFirst().fingerprint();
  }

  /** Which tests. */
  public List<TestId> tests() {
    return failures.stream().map(Failure::test).distinct().toList();
  }

  /**
   * Divides failures into clusters, the largest first. Failures with different chains of exceptions
   * are never in one; others are where their fingerprints are the same, where the project's code
   * below the tests failed at the same function with a similar message, or where they say literally
   * the same and that is telling.
   */
  public static List<Cluster> of(List<Failure> failures) {
    Map<String, List<Failure>> byChain = new LinkedHashMap<>();
    for (Failure failure : failures) {
      byChain
          .computeIfAbsent(String.join("\n", failure.chain()), key -> new ArrayList<>())
          .add(failure);
    }
    List<Cluster> clusters = new ArrayList<>();
    byChain.values().forEach(same -> clusters.addAll(ofOneChain(same)));
    clusters.sort(
        Comparator.comparingInt((Cluster cluster) -> cluster.failures().size()).reversed());
    return List.copyOf(clusters);
  }

  /** Joins by keys that both have, and by similar messages at the same function. */
  private static List<Cluster> ofOneChain(List<Failure> failures) {
    int[] group = new int[failures.size()];
    Map<String, Integer> byKey = new LinkedHashMap<>();
    Map<String, List<Integer>> byPlace = new LinkedHashMap<>();
    for (int i = 0; i < failures.size(); i++) {
      group[i] = i;
      Failure failure = failures.get(i);
      for (String key : keys(failure)) {
        Integer first = byKey.putIfAbsent(key, i);
        if (first != null) {
          join(group, first, i);
        }
      }
      if (failure.belowTest()) {
        String place = failure.top().getFirst();
        List<Integer> there = byPlace.computeIfAbsent(place, key -> new ArrayList<>());
        for (int other : there) {
          if (similar(failure, failures.get(other))) {
            join(group, other, i);
          }
        }
        if (there.size() < 50) {
          there.add(i);
        }
      }
    }
    Map<Integer, List<Failure>> joined = new LinkedHashMap<>();
    for (int i = 0; i < group.length; i++) {
      joined.computeIfAbsent(find(group, i), key -> new ArrayList<>()).add(failures.get(i));
    }
    return joined.values().stream().map(Cluster::new).toList();
  }

  private static List<String> keys(Failure failure) {
    List<String> keys = new ArrayList<>(List.of("same " + failure.fingerprint()));
    String gist = MessageShape.gist(failure.message());
    if (telling(failure, gist)) {
      keys.add("says " + gist);
    }
    return keys;
  }

  /** Whether two tests that say this surely mean the same. */
  private static boolean telling(Failure failure, String gist) {
    boolean compares = failure.comparison().isPresent();
    long words = gist.chars().filter(c -> c == ' ').count() + 1;
    if (!compares) {
      return words >= 3 && gist.length() >= 12;
    }
    Comparison compared = failure.comparison().get();
    boolean values = compared.expected().length() >= 3 && compared.actual().length() >= 3;
    return values && !compared.shape().contains("truth") && gist.length() >= 20;
  }

  private static boolean similar(Failure left, Failure right) {
    return similarity(MessageShape.shape(left.message()), MessageShape.shape(right.message()))
        >= SIMILAR;
  }

  /** The share of words that two shapes have in common (Jaccard). */
  static double similarity(String left, String right) {
    if (left.equals(right)) {
      return 1;
    }
    Set<String> one = new HashSet<>(List.of(left.split("\\W+")));
    Set<String> other = new HashSet<>(List.of(right.split("\\W+")));
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    one.retainAll(other);
    return (double) one.size() / all.size();
  }

  private static void join(int[] group, int left, int right) {
    group[find(group, right)] = find(group, left);
  }

  private static int find(int[] group, int at) {
    int root = at;
    while (group[root] != root) {
      root = group[root];
    }
    group[at] = root;
    return root;
  }
}
