package dev.assay.server.project;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are wanted. Immutable.
 *
 * @param text what the id, the workspace, the commit or the branch contains; null for all
 * @param branch of which branch; null for all
 * @param environment where they ran; null for all
 * @param decision how they were decided; null for all
 * @param state how far they are; null for all
 * @param began who began them
 * @param among only runs of these ids; null for all
 * @param before the last run of the page before; null for the first page
 * @param limit how many at most, 1 to 10,000
 */
public record RunFilter(
    @Nullable String text,
    @Nullable String branch,
    @Nullable String environment,
    @Nullable Decision decision,
    @Nullable RunState state,
    Began began,
    @Nullable Set<String> among,
    @Nullable String before,
    int limit) {

  /** Without an environment and a stage, and not what monitors began. */
  public RunFilter(
      @Nullable String text,
      @Nullable String branch,
      @Nullable Decision decision,
      @Nullable String before,
      int limit) {
    this(text, branch, null, decision, null, Began.RUNS, null, before, limit);
  }

  /** Bounds the limit; empty texts ask for nothing. */
  public RunFilter {
    text = text == null || text.isBlank() ? null : text.strip().toLowerCase(Locale.ROOT);
    branch = branch == null || branch.isBlank() ? null : branch.strip();
    environment = environment == null || environment.isBlank() ? null : environment.strip();
    before = before == null || before.isBlank() ? null : before;
    limit = Math.clamp(limit, 1, 10_000);
  }

  boolean wants(RunSummary run, RunState now) {
    return began.wants(run)
        && (state == null || state == now)
        && (decision == null || decision == run.decision())
        && (among == null || among.contains(run.id()))
        && (environment == null || environment.equals(run.subject().environment()))
        && (branch == null || branch.equals(run.subject().branch()))
        && (text == null || mentions(run, text));
  }

  private static boolean mentions(RunSummary run, String text) {
    return contains(run.id(), text)
        || contains(run.workspace(), text)
        || contains(run.monitor(), text)
        || contains(run.subject().commit(), text)
        || contains(run.subject().branch(), text);
  }

  private static boolean contains(@Nullable String value, String text) {
    return value != null && value.toLowerCase(Locale.ROOT).contains(text);
  }
}
