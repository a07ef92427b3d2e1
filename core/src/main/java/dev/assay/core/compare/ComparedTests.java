package dev.assay.core.compare;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tests of one check in two sets of runs. Immutable.
 *
 * @param check the check's id
 * @param broken tests that failed in every run of the candidate and in none of the baseline
 * @param mended the other way round
 * @param gone tests that ran in every run of the baseline and in none of the candidate
 */
public record ComparedTests(
    String check, List<String> broken, List<String> mended, List<String> gone) {

  /** Copies the lists. */
  public ComparedTests {
    broken = List.copyOf(broken);
    mended = List.copyOf(mended);
    gone = List.copyOf(gone);
  }

  private static final class Count {
    int runs;
    int failed;
  }

  /** Compares the outcomes of runs of one check, at least one on each side. */
  static ComparedTests of(
      String check, List<List<Evidence>> baseline, List<List<Evidence>> candidate) {
    Map<String, Count> before = counts(baseline);
    Map<String, Count> after = counts(candidate);
    List<String> broken = new ArrayList<>();
    List<String> mended = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    after.forEach((name, now) -> {
      Count then = before.getOrDefault(name, new Count());
      if (now.failed == now.runs && then.failed == 0) {
        broken.add(name);
      } else if (now.failed == 0 && then.runs > 0 && then.failed == then.runs) {
        mended.add(name);
      }
    });
    before.forEach((name, then) -> {
      if (then.runs == baseline.size() && !after.containsKey(name)) {
        gone.add(name);
      }
    });
    return new ComparedTests(check, broken, mended, gone);
  }

  private static Map<String, Count> counts(List<List<Evidence>> runs) {
    Map<String, Count> counts = new TreeMap<>();
    for (List<Evidence> run : runs) {
      for (Evidence fact : run) {
        if (fact instanceof Outcome outcome && outcome.result() != Attempt.Result.SKIPPED) {
          String name =
              outcome.suite().isEmpty() ? outcome.name() : outcome.suite() + " › " + outcome.name();
          Count count = counts.computeIfAbsent(name, _ -> new Count());
          count.runs++;
          count.failed += outcome.result().failure() ? 1 : 0;
        }
      }
    }
    return counts;
  }

  /** Whether there is nothing to tell. */
  public boolean same() {
    return broken.isEmpty() && mended.isEmpty() && gone.isEmpty();
  }
}
