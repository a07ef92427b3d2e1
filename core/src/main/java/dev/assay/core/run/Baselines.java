package dev.assay.core.run;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Expectation;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.judge.BaselineRule;
import dev.assay.core.judge.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the evidence that a comparison is made with: that of the newest earlier run of the same
 * environment in which the same check, configured the same way, passed, or was held up by nothing
 * but its missing baseline.
 */
final class Baselines {

  private static final int FARTHEST = 500;

  private final Ledger ledger;
  private final String run;
  private final String environment;

  Baselines(Ledger ledger, String run, String environment) {
    this.ledger = ledger;
    this.run = run;
    this.environment = environment;
  }

  /** The baselines that a check's expectations name, by name. */
  Map<String, Case.Baseline> of(CheckPlan<?> check) {
    Map<String, Case.Baseline> found = new LinkedHashMap<>();
    for (Expectation expectation : check.expectations()) {
      if (expectation.rule() instanceof Expectation.NoWorseThan rule
          && !found.containsKey(rule.baseline())) {
        find(rule.baseline(), check).ifPresent(baseline -> found.put(rule.baseline(), baseline));
      }
    }
    return found;
  }

  private Optional<Case.Baseline> find(String name, CheckPlan<?> check) {
    for (RunSummary summary : ledger.runs(FARTHEST)) {
      if (summary.closed() == null || summary.id().equals(run) || !named(summary, name)) {
        continue;
      }
      CheckStory story = CheckStory.read(ledger, summary.id(), check.id());
      if (story.digest != null && story.digest.equals(check.digest()) && story.usable()) {
        return Optional.of(new Case.Baseline(summary.id(), story.evidence));
      }
    }
    return Optional.empty();
  }

  private boolean named(RunSummary summary, String name) {
    if (!summary.subject().environment().equals(environment)) {
      return false;
    }
    return name.equals("previous")
        || name.equals(summary.subject().branch())
        || summary.id().equals(name);
  }

  /** What one run's entries say of one check. */
  private static final class CheckStory {

    private final List<Evidence> evidence = new ArrayList<>();
    private @Nullable String digest;
    private @Nullable Verdict verdict;

    static CheckStory read(Ledger ledger, String run, String check) {
      CheckStory story = new CheckStory();
      ledger.read(run, stored -> story.add(stored.entry(), check));
      return story;
    }

    private void add(LedgerEntry entry, String check) {
      switch (entry) {
        case LedgerEntry.RunOpened opened ->
            opened.checks().stream()
                .filter(planned -> planned.id().equals(check))
                .forEach(planned -> digest = planned.digest());
        case LedgerEntry.CheckOpened opened -> {
          if (opened.check().equals(check)) {
            evidence.clear();
          }
        }
        case LedgerEntry.Recorded recorded -> {
          if (recorded.evidence().check().equals(check)) {
            evidence.add(recorded.evidence());
          }
        }
        case LedgerEntry.Judged judged -> {
          if (judged.check().equals(check)) {
            verdict = judged.verdict();
          }
        }
        default -> {}
      }
    }

    boolean usable() {
      Verdict given = verdict;
      if (given == null || given.decision() == Decision.PASS) {
        return given != null;
      }
      return given.decision() == Decision.INCONCLUSIVE
          && given.reasons().stream().allMatch(CheckStory::passedOrFirst);
    }

    private static boolean passedOrFirst(Reason reason) {
      return reason.decision() == Decision.PASS || BaselineRule.missing(reason);
    }
  }
}
