package dev.assay.suite.coverage;

import dev.assay.suite.report.Mutant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What became of the mutants of one run, all reports together. Immutable. */
public final class Mutation {

  private final List<PlacedMutant> mutants;

  Mutation(List<PlacedMutant> mutants) {
    this.mutants = List.copyOf(mutants);
  }

  /**
   * How many of some mutants tests noticed.
   *
   * @param detected those that a test failed with, or ran for ever with
   * @param valid those that count: these, and those that survived or that no test executed
   * @param unnoticed the others, by file and line
   */
  public record Score(long detected, long valid, List<PlacedMutant> unnoticed) {
    /** Copies the list. */
    public Score {
      unnoticed = List.copyOf(unnoticed);
    }
  }

  /** The score of all. */
  public Score score() {
    return score(mutants.stream());
  }

  /** The score of those on changed lines. */
  public Score of(Change change) {
    return score(mutants.stream().filter(mutant -> mutant.within(change)));
  }

  private static Score score(Stream<PlacedMutant> some) {
    List<PlacedMutant> counted = some.filter(one -> one.mutant().status().counts()).toList();
    List<PlacedMutant> unnoticed =
        counted.stream()
            .filter(one -> !one.mutant().status().detected())
            .sorted(
                Comparator.comparing((PlacedMutant one) -> one.mutant().path())
                    .thenComparingInt(one -> one.mutant().line()))
            .toList();
    return new Score(counted.size() - unnoticed.size(), counted.size(), unnoticed);
  }

  /** How many mutants lie in files that are not certain. */
  public long unplaced() {
    return mutants.stream().filter(one -> one.path() == null).count();
  }

  /** What each test is worth by the mutants, the names in order; empty where none is named. */
  public List<TestStrength> tests() {
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (PlacedMutant placed : mutants) {
      Mutant mutant = placed.mutant();
      if (!mutant.status().counts()) {
        continue;
      }
      for (String test : mutant.covering()) {
        int[] count = counts.computeIfAbsent(test, key -> new int[TestStrength.FIGURES]);
        boolean alone = mutant.allCovering() && mutant.covering().size() == 1;
        boolean kills = mutant.killing().contains(test);
        boolean only = kills && mutant.killing().size() == 1 && (mutant.allTried() || alone);
        count[TestStrength.COVERS]++;
        count[TestStrength.KILLS] += kills ? 1 : 0;
        count[TestStrength.ONLY_KILLS] += only ? 1 : 0;
        count[TestStrength.ONLY_COVERS] += alone ? 1 : 0;
        count[TestStrength.UNTRIED] += !kills && !mutant.allTried() ? 1 : 0;
      }
    }
    List<TestStrength> tests = new ArrayList<>();
    counts.forEach((test, count) -> tests.add(TestStrength.of(test, count)));
    tests.sort(Comparator.comparing(TestStrength::test));
    return List.copyOf(tests);
  }

  /** The files that have mutants and are certain. */
  Set<String> paths() {
    return mutants.stream()
        .map(PlacedMutant::path)
        .filter(java.util.Objects::nonNull)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }
}
