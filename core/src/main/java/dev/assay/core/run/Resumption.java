package dev.assay.core.run;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.Subject;
import dev.assay.api.problem.Where;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an interrupted run leaves to its continuation.
 *
 * @param seed the seed of the run
 * @param kept the verdicts of the checks that passed and need not run again
 * @param saved the variables that they saved
 */
record Resumption(long seed, Map<String, Verdict> kept, Map<String, String> saved) {

  static final Resumption NONE = new Resumption(0, Map.of(), Map.of());

  /** Reads the interrupted run, and refuses one that is finished or about something else. */
  static Resumption read(Ledger ledger, RunSummary run, Plan plan, Subject subject) {
    Where where = Where.named("run " + run.id());
    if (run.closed() != null && run.ending() == Ending.COMPLETED) {
      throw RunProblems.CANNOT_RESUME.failure(
          where, "run " + run.id() + " is finished", "start a new run, without --resume");
    }
    if (!run.digest().equals(plan.digest())) {
      throw RunProblems.CANNOT_RESUME.failure(
          where,
          "the workspace file has changed since run " + run.id(),
          "start a new run, without --resume");
    }
    if (!run.subject().equals(subject)) {
      throw RunProblems.CANNOT_RESUME.failure(
          where,
          "run "
              + run.id()
              + " was about "
              + describe(run.subject())
              + ", this is "
              + describe(subject),
          "start a new run, or go back to that commit and environment");
    }
    return read(ledger, run.id());
  }

  private static Resumption read(Ledger ledger, String run) {
    long[] seed = new long[1];
    Map<String, Verdict> kept = new LinkedHashMap<>();
    Map<String, String> saved = new LinkedHashMap<>();
    Map<String, Map<String, String>> savedBy = new LinkedHashMap<>();
    ledger.read(
        run,
        stored -> {
          switch (stored.entry()) {
            case LedgerEntry.RunOpened opened -> seed[0] = opened.seed();
            case LedgerEntry.CheckOpened opened -> kept.remove(opened.check());
            case LedgerEntry.CheckClosed closed -> savedBy.put(closed.check(), closed.saved());
            case LedgerEntry.Judged judged -> {
              if (judged.verdict().decision() == Decision.PASS) {
                kept.put(judged.check(), judged.verdict());
              }
            }
            default -> {}
          }
        });
    // A secret was masked before it was written: whoever saved one must find it again.
    kept.keySet()
        .removeIf(check ->
            savedBy.getOrDefault(check, Map.of()).values().stream()
                .anyMatch(value -> value.contains(Redactor.MASK)));
    kept.keySet().forEach(check -> saved.putAll(savedBy.getOrDefault(check, Map.of())));
    return new Resumption(seed[0], kept, saved);
  }

  private static String describe(Subject subject) {
    String commit = subject.commit();
    return "environment '"
        + subject.environment()
        + "' at "
        + (commit == null
            ? "no commit"
            : "commit " + commit.substring(0, Math.min(12, commit.length())))
        + (subject.dirty() ? " with changes" : "");
  }
}
