package dev.assay.core.run;

import dev.assay.api.evidence.Finding;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Expectation;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.core.judge.Case;
import dev.assay.core.judge.Judge;
import dev.assay.core.judge.Policy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a check is carried out once more before it is said to be worse than its baseline: once,
 * and only where nothing else is against it, as the second round could not change that.
 */
final class Confirmation {

  private final Judge judge;

  Confirmation(Judge judge) {
    this.judge = judge;
  }

  /**
   * Whether a second round could change what is said.
   *
   * @param given of the first
   */
  boolean wanted(CheckPlan<?> check, Policy policy, Case given) {
    Set<String> confirmed =
        check.expectations().stream()
            .filter(one -> one.rule() instanceof Expectation.NoWorseThan rule && rule.confirmed())
            .map(Expectation::text)
            .collect(Collectors.toSet());
    if (confirmed.isEmpty()
        || given.baselines().isEmpty()
        || given.ending() != Ending.COMPLETED
        || !repeatable(check)
        || given.evidence().stream().anyMatch(Confirmation::invalid)) {
      return false;
    }
    List<Reason> against =
        judge.judge(policy, given).reasons().stream()
            .filter(reason -> reason.decision() == Decision.FAIL)
            .toList();
    return !against.isEmpty()
        && against.stream().allMatch(reason -> confirmed.contains(reason.expectation()));
  }

  private static boolean invalid(dev.assay.api.evidence.Evidence fact) {
    return fact instanceof Finding finding && finding.severity() == Finding.Severity.INVALID;
  }

  private static <C extends Record> boolean repeatable(CheckPlan<C> check) {
    return check.type().repeatable(check.configuration());
  }
}
