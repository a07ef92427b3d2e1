package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import dev.assay.server.table.Cell;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list, in words. Immutable.
 *
 * @param id its id
 * @param tone pass, fail, open or live, for its colour
 * @param headline Ship, Hold, Undecided, Running or Silent
 * @param silentSince since when nothing was heard of it, in UTC; empty where it is not silent
 * @param workspace its workspace
 * @param environment where
 * @param branch its branch; empty for none
 * @param commit the first ten digits of its commit; empty for none
 * @param opened when, in UTC
 * @param took how long; empty while it runs, and where that was not told
 */
public record RunLine(
    String id,
    String tone,
    String headline,
    String silentSince,
    String workspace,
    String environment,
    String branch,
    String commit,
    String opened,
    String took) {

  private static final int COMMIT = 10;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  static RunLine of(RunSummary run, @Nullable Instant silentSince) {
    boolean live = run.closed() == null;
    boolean silent = live && silentSince != null;
    String commit = run.subject().commit();
    String branch = run.subject().branch();
    return new RunLine(
        run.id(),
        silent ? "waiting" : live ? "live" : Cell.tone(run.decision()),
        silent ? "Silent" : live ? "Running" : RunReport.headline(run.decision()),
        silent ? TIME.format(silentSince) : "",
        run.workspace(),
        run.subject().environment(),
        branch == null ? "" : branch,
        commit == null ? "" : commit.substring(0, Math.min(COMMIT, commit.length())),
        TIME.format(run.opened()),
        live || run.opened().equals(run.closed())
            ? ""
            : Words.took(Duration.between(run.opened(), run.closed())));
  }
}
