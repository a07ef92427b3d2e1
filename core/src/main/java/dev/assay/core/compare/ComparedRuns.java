package dev.assay.core.compare;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.stats.compare.Comparison.Answer;
import java.util.List;
import java.util.stream.Stream;

/**
 * What two sets of runs say. Immutable.
 *
 * @param baseline its runs, oldest first
 * @param candidate its runs, oldest first
 * @param order one letter for each run as they were made, where they are pairs; else empty
 * @param metrics in the order of checks and metrics
 * @param tests of the checks whose tests differ
 * @param notes what was not compared, and why, a sentence each
 * @param error the probability of any false alarm that was accepted
 */
public record ComparedRuns(
    List<RunSummary> baseline,
    List<RunSummary> candidate,
    String order,
    List<ComparedMetric> metrics,
    List<ComparedTests> tests,
    List<String> notes,
    double error) {

  /** Copies the lists. */
  public ComparedRuns {
    baseline = List.copyOf(baseline);
    candidate = List.copyOf(candidate);
    metrics = List.copyOf(metrics);
    tests = List.copyOf(tests);
    notes = List.copyOf(notes);
  }

  /** The metrics of that answer. */
  public List<ComparedMetric> of(Answer answer) {
    return metrics.stream().filter(metric -> metric.answer() == answer).toList();
  }

  /** The names of the checks that were compared. */
  public List<String> checks() {
    return Stream.concat(
            metrics.stream().map(ComparedMetric::check), tests.stream().map(ComparedTests::check))
        .distinct()
        .toList();
  }

  /** Tests that fail now and did not. */
  public long broken() {
    return tests.stream().mapToLong(one -> one.broken().size()).sum();
  }

  /**
   * The answer of the whole: worse where anything is, else inconclusive where anything is or where
   * nothing was compared, else better where anything is.
   */
  public Answer answer() {
    if (broken() > 0 || !of(Answer.WORSE).isEmpty()) {
      return Answer.WORSE;
    }
    boolean vanished = tests.stream().anyMatch(one -> !one.gone().isEmpty());
    if (vanished || metrics.isEmpty() || !of(Answer.INCONCLUSIVE).isEmpty()) {
      return Answer.INCONCLUSIVE;
    }
    return of(Answer.BETTER).isEmpty() ? Answer.NOT_WORSE : Answer.BETTER;
  }

  /** How many more pairs of runs would decide all that is open; 0 where nothing is. */
  public int furtherPairs() {
    return metrics.stream().mapToInt(ComparedMetric::furtherPairs).max().orElse(0);
  }

  /** The answer for people: {@code not worse}. */
  public static String word(Answer answer) {
    return switch (answer) {
      case WORSE -> "worse";
      case BETTER -> "better";
      case NOT_WORSE -> "not worse";
      case INCONCLUSIVE -> "inconclusive";
    };
  }

  /** The answer of the whole, in one sentence. */
  public String sentence() {
    return switch (answer()) {
      case WORSE ->
          broken() > 0
              ? broken()
                  + (broken() == 1 ? " test fails that did not: " : " tests fail that did not: ")
                  + listed(tests.stream().flatMap(one -> one.broken().stream()).toList())
                  + "."
              : of(Answer.WORSE).getFirst().sentence();
      case BETTER -> of(Answer.BETTER).getFirst().sentence();
      case NOT_WORSE -> "All " + metrics.size() + " metrics are shown to be no worse.";
      case INCONCLUSIVE -> open();
    };
  }

  private String open() {
    List<String> gone = tests.stream().flatMap(one -> one.gone().stream()).toList();
    if (!gone.isEmpty()) {
      return "Tests of the baseline did not run: " + listed(gone) + ".";
    }
    if (metrics.isEmpty()) {
      return notes.isEmpty()
          ? "The runs have nothing in common that can be compared."
          : "Nothing could be compared: " + notes.getFirst();
    }
    List<ComparedMetric> open = of(Answer.INCONCLUSIVE);
    return open.size()
        + " of "
        + metrics.size()
        + (metrics.size() == 1 ? " metric is" : " metrics are")
        + " not decided; "
        + ComparedMetric.more(furtherPairs())
        + " decide all of it.";
  }

  private static String listed(List<String> names) {
    int most = 3;
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }
}
