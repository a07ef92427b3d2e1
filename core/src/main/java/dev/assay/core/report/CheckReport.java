package dev.assay.core.report;

import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one check. Immutable.
 *
 * @param id its identity
 * @param type the name of its type; empty where the plan did not name the check
 * @param digest of its configuration; empty as above
 * @param stage its stage, from 0
 * @param opened when it last began; null where it never did
 * @param closed when it ended; null while it has not
 * @param ending how it ended; null while it has not
 * @param problem why it did not complete, in one line; null where it did
 * @param saved the names of the variables it saved; their values stay in the ledger
 * @param verdict what was decided; null where it was not judged
 * @param evidence what it found
 */
public record CheckReport(
    String id,
    String type,
    String digest,
    int stage,
    @Nullable Instant opened,
    @Nullable Instant closed,
    @Nullable Ending ending,
    @Nullable String problem,
    List<String> saved,
    @Nullable Verdict verdict,
    EvidenceReport evidence) {

  /** Copies the list. */
  public CheckReport {
    saved = List.copyOf(saved);
  }

  /** What was decided; what was never judged is {@link Decision#NOT_RUN}. */
  public Decision decision() {
    Verdict judged = verdict;
    return judged == null ? Decision.NOT_RUN : judged.decision();
  }

  /** The reasons of the verdict, the gravest first; empty where it was not judged. */
  public List<Reason> reasons() {
    Verdict judged = verdict;
    return judged == null ? List.of() : judged.reasons();
  }

  /** The reasons that keep it from passing, the gravest first. */
  public List<Reason> against() {
    return reasons().stream().filter(reason -> reason.decision() != Decision.PASS).toList();
  }

  /** How long it took, or null where it did not begin or not end. */
  public @Nullable Duration took() {
    Instant start = opened;
    Instant end = closed;
    return start == null || end == null ? null : Duration.between(start, end);
  }

  /** How it ended, in words: {@code completed}, {@code never began}, {@code interrupted} … */
  public String state() {
    Ending ended = ending;
    if (ended == null) {
      return opened == null ? "never began" : "interrupted";
    }
    return switch (ended) {
      case COMPLETED -> "completed";
      case TIMED_OUT -> "timed out";
      case CANCELLED -> "cancelled";
      case BROKEN -> "broken";
      case SKIPPED -> "skipped";
    };
  }

  /**
   * In one line why it is what it is: the gravest reason against it, else the problem, else what it
   * found.
   */
  public String because() {
    if (decision() == Decision.PASS) {
      return evidence.outline();
    }
    List<Reason> against = against();
    if (!against.isEmpty()) {
      return against.getFirst().sentence();
    }
    String told = problem;
    return told == null ? "It " + (opened == null ? "never began" : "was " + state()) + "." : told;
  }
}
