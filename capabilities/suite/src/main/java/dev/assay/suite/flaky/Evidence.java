package dev.assay.suite.flaky;

import dev.assay.suite.flaky.Classification.State;
import dev.assay.suite.flaky.History.Run;
import java.util.HashMap;
import java.util.Map;

/**
 * What of a past a person would point at.
 *
 * @param runs how many there are
 * @param failedRuns how many had an attempt that failed
 * @param bothWays how many commits have a pass and a failure, or, where commits are not known, runs
 * @param failingSince how many of the last runs had no attempt that passed, one after the other
 * @param lastFailed whether no attempt of the last run passed, or one failed
 */
record Evidence(int runs, int failedRuns, int bothWays, int failingSince, boolean lastFailed) {

  static Evidence of(History history) {
    int runs = 0;
    int failed = 0;
    int failingSince = 0;
    boolean lastFailed = false;
    Map<String, int[]> byCode = new HashMap<>();
    for (int i = 0; i < history.runs().size(); i++) {
      Run run = history.runs().get(i);
      if (!run.failed() && !run.passed()) {
        continue;
      }
      runs++;
      lastFailed = run.failed();
      failed += lastFailed ? 1 : 0;
      failingSince = run.passed() ? 0 : failingSince + 1;
      String code = run.commit() == null ? "run " + i : "commit " + run.commit();
      int[] seen = byCode.computeIfAbsent(code, name -> new int[2]);
      seen[0] += run.passed() ? 1 : 0;
      seen[1] += run.failed() ? 1 : 0;
    }
    int bothWays =
        (int) byCode.values().stream().filter(seen -> seen[0] > 0 && seen[1] > 0).count();
    return new Evidence(runs, failed, bothWays, failingSince, lastFailed);
  }

  String reason(State state) {
    String counts = failedRuns + " of " + runs + (runs == 1 ? " run" : " runs") + " failed";
    String both =
        bothWays == 0
            ? ""
            : ", and "
                + bothWays
                + (bothWays == 1 ? " time" : " times")
                + " it passed and failed on the same code";
    return switch (state) {
      case HEALTHY -> runs == 0 ? "it never ran" : counts + both;
      case SUSPECT, FLAKY -> counts + both;
      case BROKEN ->
          failingSince == 0
              ? counts + ", in a way that reruns confirm"
              : "the last "
                  + (failingSince == 1 ? "run" : failingSince + " runs")
                  + " had no attempt that passed";
      case INFRASTRUCTURE -> "most of the last run failed together";
    };
  }
}
