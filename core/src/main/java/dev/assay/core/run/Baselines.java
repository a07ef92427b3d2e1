package dev.assay.core.run;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Expectation;
import dev.assay.core.compare.BaselineChoice;
import dev.assay.core.compare.StoredCheck;
import dev.assay.core.judge.Case;
import dev.assay.core.judge.Rounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the evidence that a comparison is made with ({@link BaselineChoice}), and that of the runs
 * before it, which tells how much runs of the check scatter.
 */
final class Baselines {

  private static final int FARTHEST = 500;

  /** How many runs beyond the baseline are looked at for its history. */
  private static final int FARTHER = 60;

  private final Ledger ledger;
  private final String run;
  private final String environment;
  private final @Nullable String monitor;

  /**
   * For a run.
   *
   * @param monitor the monitor that began it, whose results are compared with each other only; null
   *     for none
   */
  Baselines(Ledger ledger, String run, String environment, @Nullable String monitor) {
    this.ledger = ledger;
    this.run = run;
    this.environment = environment;
    this.monitor = monitor;
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
    String newest = null;
    List<List<Evidence>> history = new ArrayList<>();
    int farther = 0;
    for (RunSummary summary : ledger.runs(FARTHEST, past -> alike(past, name))) {
      if (!BaselineChoice.named(summary, environment, name)) {
        continue;
      }
      StoredCheck story = StoredCheck.one(ledger, summary.id(), check.id()).orElse(null);
      if (story != null
          && story.digest().equals(check.digest())
          && BaselineChoice.usable(story.verdict())) {
        newest = newest == null ? summary.id() : newest;
        history.addFirst(Rounds.of(story.evidence()).first());
      }
      farther += newest == null ? 0 : 1;
      if (history.size() == BaselineChoice.HISTORY || farther > FARTHER) {
        break;
      }
    }
    return newest == null
        ? Optional.empty()
        : Optional.of(new Case.Baseline(newest, history.getLast(), history));
  }

  private boolean alike(RunSummary past, String name) {
    return !past.id().equals(run)
        && (Objects.equals(past.monitor(), monitor) || past.id().equals(name));
  }
}
