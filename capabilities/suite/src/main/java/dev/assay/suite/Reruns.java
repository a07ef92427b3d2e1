package dev.assay.suite;

import dev.assay.api.spi.CheckContext;
import dev.assay.suite.flaky.Classification;
import dev.assay.suite.flaky.FlakyClassifier;
import dev.assay.suite.flaky.Rerun;
import dev.assay.suite.flaky.RerunAdvice;
import dev.assay.suite.runner.Request.Case;
import dev.assay.suite.runner.Request.Cases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Tries failed tests again, each in the way that teaches most on whether its failure is real:
 * alone, or with the others that failed in a fresh process. What is sure already is not tried
 * again. For one use, by one thread.
 */
final class Reruns {

  /** More tests than that are not each tried alone, as each costs a start of the tool. */
  private static final int MOST_ALONE = 20;

  /** Runs cases, and gives what became of them. */
  interface Starter {
    /** The cases of the reports, by suite and name. */
    Map<String, Held> run(Cases cases, String title) throws IOException, InterruptedException;
  }

  private final CheckContext context;
  private final SuitePast past;
  private final OptionalDouble failedShare;
  private final Starter starter;

  Reruns(CheckContext context, SuitePast past, OptionalDouble failedShare, Starter starter) {
    this.context = context;
    this.past = past;
    this.failedShare = failedShare;
    this.starter = starter;
  }

  /**
   * Tries again what fails, so often at most.
   *
   * @param tests get their attempts
   */
  void make(List<Held> tests, int times) throws IOException, InterruptedException {
    for (int round = 1; round <= times; round++) {
      List<Held> alone = new ArrayList<>();
      List<Held> together = new ArrayList<>();
      for (Held test : tests) {
        if (test.fails() && !test.unit.isEmpty()) {
          Rerun how = way(test, round == 1);
          if (how == Rerun.ALONE && alone.size() < MOST_ALONE) {
            alone.add(test);
          } else if (how != Rerun.AGAIN) {
            together.add(test);
          }
        }
      }
      if (alone.isEmpty() && together.isEmpty()) {
        return;
      }
      String title = "try " + (round + 1) + " of " + (times + 1);
      for (Held test : alone) {
        start(List.of(test), Rerun.ALONE, title);
      }
      if (!together.isEmpty()) {
        start(together, together.size() == 1 ? Rerun.ALONE : Rerun.CLEAN_JVM, title);
      }
    }
  }

  /** What teaches most; {@link Rerun#AGAIN} where nothing is worth it. The first try is made. */
  private Rerun way(Held test, boolean first) {
    Map<Rerun, Double> ways = new LinkedHashMap<>();
    // a start of the tool is what both cost; among others costs a little more
    ways.put(Rerun.ALONE, 1.0);
    ways.put(Rerun.CLEAN_JVM, 1.2);
    List<RerunAdvice> advice = RerunAdvice.of(classify(test), ways);
    return advice.isEmpty() ? (first ? Rerun.ALONE : Rerun.AGAIN) : advice.getFirst().how();
  }

  Classification classify(Held test) {
    return FlakyClassifier.classify(past.with(test.suite, test.name, test.told(), failedShare));
  }

  private void start(List<Held> tests, Rerun how, String title)
      throws IOException, InterruptedException {
    context.cancellation().check();
    List<Case> cases =
        tests.stream()
            .map(test -> new Case(test.unit, test.suite, test.name, test.labels))
            .toList();
    Map<String, Held> found = starter.run(new Cases(cases), title);
    for (Held test : tests) {
      Held again = found.get(SuitePast.key(test.suite, test.name));
      if (again != null) {
        test.tried(again.attempts(), how);
      }
    }
  }
}
