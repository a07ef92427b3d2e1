package dev.assay.core.run;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.Subject;
import dev.assay.api.problem.Where;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.parse.PlanProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What it takes to run checks of an earlier run again as they ran then: its seed and the variables
 * that its checks saved. Immutable.
 *
 * @param run the earlier run
 * @param seed its seed
 * @param checks the checks to run again, in the order of the plan
 * @param saved the variables that were saved in it, but for those that held a secret
 * @param remembered the checks that passed in it and need not run again to have done what they do
 * @param differences what is not as it was, a sentence each
 * @param verdicts what was decided then, by check
 */
public record Reproduction(
    RunSummary run,
    long seed,
    List<String> checks,
    Map<String, String> saved,
    Map<String, Verdict> remembered,
    List<String> differences,
    Map<String, Verdict> verdicts) {

  /** Copies the collections. */
  public Reproduction {
    checks = List.copyOf(checks);
    saved = Map.copyOf(saved);
    remembered = Map.copyOf(remembered);
    differences = List.copyOf(differences);
    verdicts = Map.copyOf(verdicts);
  }

  /** What a run left in the ledger that a repetition needs. */
  private static final class Past {
    private long seed;
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> saved = new LinkedHashMap<>();

    private void add(LedgerEntry entry) {
      switch (entry) {
        case LedgerEntry.RunOpened opened -> {
          seed = opened.seed();
          opened.checks().forEach(check -> digests.put(check.id(), check.digest()));
        }
        case LedgerEntry.CheckClosed closed -> saved.put(closed.check(), closed.saved());
        case LedgerEntry.Judged judged -> verdicts.put(judged.check(), judged.verdict());
        default -> {}
      }
    }
  }

  /**
   * Reads the earlier run.
   *
   * @param wanted the checks to run again; empty for those that failed
   * @param now what a run would be about now
   */
  static Reproduction read(
      Ledger ledger, RunSummary run, Plan plan, Set<String> wanted, Subject now) {
    Past past = new Past();
    ledger.read(run.id(), stored -> past.add(stored.entry()));
    Set<String> chosen = chosen(run, plan, wanted, past);
    Map<String, String> saved = new LinkedHashMap<>();
    Map<String, Verdict> remembered = new LinkedHashMap<>();
    past.saved.forEach((check, values) -> {
      boolean whole = values.values().stream().noneMatch(value -> value.contains(Redactor.MASK));
      Verdict verdict = past.verdicts.get(check);
      boolean passed = verdict != null && verdict.decision() == Decision.PASS;
      if (whole) {
        saved.putAll(values);
      }
      // Services of the workspace begin anew, so what a check did to them has to be done again.
      if (whole && passed && plan.services().isEmpty() && !chosen.contains(check)) {
        remembered.put(check, verdict);
      }
    });
    return new Reproduction(
        run,
        past.seed,
        plan.checks().stream().map(CheckPlan::id).filter(chosen::contains).toList(),
        saved,
        remembered,
        differences(run, plan, chosen, past, now),
        past.verdicts);
  }

  private static Set<String> chosen(RunSummary run, Plan plan, Set<String> wanted, Past past) {
    Where where = Where.named("run " + run.id());
    Set<String> chosen = new LinkedHashSet<>(wanted);
    if (wanted.isEmpty()) {
      past.verdicts.forEach((check, verdict) -> {
        if (verdict.decision() == Decision.FAIL) {
          chosen.add(check);
        }
      });
      if (chosen.isEmpty()) {
        throw RunProblems.NOTHING_TO_REPRODUCE.failure(
            where,
            "no check of run " + run.id() + " failed",
            "name a check to run it again all the same: "
                + String.join(", ", past.digests.keySet()));
      }
    }
    for (String check : chosen) {
      if (!past.digests.containsKey(check)) {
        throw RunProblems.NOTHING_TO_REPRODUCE.failure(
            where,
            "run " + run.id() + " had no check '" + check + "'",
            "name one of these: " + String.join(", ", past.digests.keySet()));
      }
      if (plan.checks().stream().noneMatch(one -> one.id().equals(check))) {
        throw PlanProblems.unknownCheck(
            plan.file(), check, plan.checks().stream().map(CheckPlan::id).toList());
      }
    }
    return chosen;
  }

  private static List<String> differences(
      RunSummary run, Plan plan, Set<String> chosen, Past past, Subject now) {
    List<String> differences = new ArrayList<>();
    Subject then = run.subject();
    if (!String.valueOf(then.commit()).equals(String.valueOf(now.commit()))) {
      differences.add(
          "run " + run.id() + " was at " + commit(then) + ", this is at " + commit(now));
    } else if (then.dirty() || now.dirty()) {
      differences.add(
          "there are changes that are not committed"
              + (then.dirty() ? ", and there were at run " + run.id() : "")
              + ", so the subject may not be the same");
    }
    for (String check : chosen) {
      if (!plan.check(check).digest().equals(past.digests.get(check))) {
        differences.add("check '" + check + "' is written otherwise than it was then");
      }
    }
    return differences;
  }

  private static String commit(Subject subject) {
    String commit = subject.commit();
    return commit == null
        ? "no commit"
        : "commit " + commit.substring(0, Math.min(12, commit.length()));
  }

  /**
   * Whether it came again, in one sentence.
   *
   * @param check one of {@link #checks}
   * @param now what was decided this time
   */
  public String comparison(String check, Verdict now) {
    Verdict then = verdicts.get(check);
    Decision before = then == null ? Decision.NOT_RUN : then.decision();
    if (before != Decision.FAIL || then == null) {
      return check + " was " + before.word() + " and is " + now.decision().word() + " now.";
    }
    if (now.decision() != Decision.FAIL) {
      return check
          + ": the failure did not come again; it is "
          + now.decision().word()
          + " now. It had been: "
          + failures(then).getFirst().sentence();
    }
    List<String> known = failures(then).stream().map(Reason::expectation).toList();
    List<Reason> again =
        failures(now).stream().filter(reason -> known.contains(reason.expectation())).toList();
    if (again.isEmpty()) {
      return check
          + " failed again, but otherwise: "
          + failures(now).getFirst().sentence()
          + " It had been: "
          + failures(then).getFirst().sentence();
    }
    return check + ": the failure came again. " + again.getFirst().sentence();
  }

  private static List<Reason> failures(Verdict verdict) {
    return verdict.reasons().stream().filter(reason -> reason.decision() == Decision.FAIL).toList();
  }
}
