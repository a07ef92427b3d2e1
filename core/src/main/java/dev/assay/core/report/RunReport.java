package dev.assay.core.report;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run as every report shows it. Immutable.
 *
 * @param summary the run in the ledger's list
 * @param version the version of Assay that ran it; empty where the run never opened
 * @param seed the seed of everything random in it
 * @param closed when it ended; null where it was interrupted
 * @param ending how it ended; null where it was interrupted
 * @param decision the combined decision; {@link Decision#NOT_RUN} where it was interrupted
 * @param resumed how many times it went on after an interruption
 * @param checks what it ran, in the order of the plan
 * @param services the processes it started, and whatever else evidence is about that is no check,
 *     by name
 */
public record RunReport(
    RunSummary summary,
    String version,
    long seed,
    @Nullable Instant closed,
    @Nullable Ending ending,
    Decision decision,
    int resumed,
    List<CheckReport> checks,
    List<ServiceReport> services) {

  /** Copies the lists. */
  public RunReport {
    checks = List.copyOf(checks);
    services = List.copyOf(services);
  }

  /**
   * Folds the entries of one run, in the order of the ledger. What a check emitted before it was
   * opened for the last time is left out, as it is no longer its evidence.
   */
  public static RunReport from(RunSummary summary, Iterable<? extends LedgerEntry> entries) {
    RunFold fold = new RunFold();
    entries.forEach(fold::add);
    return fold.report(summary);
  }

  /** Reads a run from the ledger, without holding its entries. */
  public static RunReport read(Ledger ledger, RunSummary summary) {
    RunFold fold = new RunFold();
    ledger.read(summary.id(), stored -> fold.add(stored.entry()));
    return fold.report(summary);
  }

  /** The run's id. */
  public String id() {
    return summary.id();
  }

  /** What it was about. */
  public Subject subject() {
    return summary.subject();
  }

  /** How long it took, or null where it was interrupted. */
  public @Nullable Duration took() {
    Instant end = closed;
    return end == null ? null : Duration.between(summary.opened(), end);
  }

  /**
   * The decision as an answer to "may it go out?": {@code Ship}, {@code Hold}, {@code Undecided}.
   */
  public String headline() {
    return headline(decision);
  }

  /** The same of a decision. */
  public static String headline(Decision decision) {
    return switch (decision) {
      case PASS -> "Ship";
      case FAIL -> "Hold";
      case INCONCLUSIVE, STALE, NOT_RUN -> "Undecided";
    };
  }

  /** One sentence that says why the headline is what it is. */
  public String because() {
    if (checks.isEmpty()) {
      return "Nothing was checked, so there is nothing to judge.";
    }
    long passed = checks.stream().filter(check -> check.decision() == Decision.PASS).count();
    if (passed == checks.size()) {
      String all = checks.size() == 1 ? "The one check passed" : "All " + passed + " checks passed";
      return decision == Decision.PASS
          ? all + "."
          : all + ", but the run was not closed with a pass (" + decision.word() + ").";
    }
    StringBuilder sentence = new StringBuilder();
    sentence.append(passed).append(" of ").append(checks.size()).append(" checks passed");
    String separator = ": ";
    for (Decision each : Decision.values()) {
      List<String> ids = each == Decision.PASS ? List.of() : idsOf(each);
      if (!ids.isEmpty()) {
        sentence.append(separator).append(listed(ids)).append(' ').append(verb(each, ids.size()));
        separator = "; ";
      }
    }
    return sentence.append('.').toString();
  }

  private List<String> idsOf(Decision decision) {
    return checks.stream()
        .filter(check -> check.decision() == decision)
        .map(CheckReport::id)
        .toList();
  }

  private static String listed(List<String> ids) {
    int most = 4;
    if (ids.size() > most) {
      return String.join(", ", ids.subList(0, most)) + " and " + (ids.size() - most) + " more";
    }
    return ids.size() == 1
        ? ids.getFirst()
        : String.join(", ", ids.subList(0, ids.size() - 1)) + " and " + ids.getLast();
  }

  private static String verb(Decision decision, int size) {
    return switch (decision) {
      case FAIL -> "failed";
      case NOT_RUN -> size == 1 ? "was not run" : "were not run";
      case INCONCLUSIVE, STALE, PASS ->
          (size == 1 ? "is " : "are ") + decision.word().toLowerCase(Locale.ROOT);
    };
  }
}
