package dev.assay.server.page;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.RunFollower;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import dev.assay.core.report.page.Fragments;
import dev.assay.server.table.Cell;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run while it goes on: what its checks found up to now, and what happened last. Thread-safe. */
final class LiveRun {

  private static final int LINES = 60;
  private static final int LONGEST = 300;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Faults among them are marked in plots. */
  private static final int MOST_EVENTS = 1_000;

  private final RunFollower follower = new RunFollower();
  private final Deque<RunPages.LogLine> lines = new ArrayDeque<>();

  private int events;

  /** The next entry. */
  synchronized void add(LedgerEntry entry) {
    if (isDrawn(entry)) {
      follower.add(entry);
    }
    switch (entry) {
      case CheckOpened opened -> tell(opened.at(), opened.check(), "began", "live");
      case CheckClosed closed -> {
        String problem = closed.problem();
        tell(
            closed.at(),
            closed.check(),
            problem == null ? "ended" : problem,
            problem == null ? "" : "open");
      }
      case Judged judged ->
          tell(
              null,
              judged.check(),
              judged.verdict().decision().word(),
              Cell.tone(judged.verdict().decision()));
      case Recorded recorded -> {
        switch (recorded.evidence()) {
          case Outcome outcome when outcome.result().failure() ->
              tell(outcome.at(), outcome.check(), failure(outcome), "fail");
          case Event event ->
              tell(event.at(), event.check(), event.kind() + ": " + event.message(), "");
          case Finding finding -> tell(finding.at(), finding.check(), finding.message(), "open");
          default -> {}
        }
      }
      default -> {}
    }
  }

  /** Nothing grows with the run but what its plots are drawn from. */
  private boolean isDrawn(LedgerEntry entry) {
    return !(entry instanceof Recorded(Evidence evidence))
        || switch (evidence) {
          case Finding _, Artifact _ -> false;
          case Event _ -> events++ < MOST_EVENTS;
          case Outcome _, Measurement _ -> true;
        };
  }

  private static String failure(Outcome outcome) {
    String message = outcome.attempts().getLast().message();
    String name =
        outcome.suite().isEmpty() ? outcome.name() : outcome.suite() + " › " + outcome.name();
    return name + " failed" + (message == null ? "" : ": " + message);
  }

  private void tell(@Nullable Instant at, String check, String text, String tone) {
    if (lines.size() == LINES) {
      lines.removeLast();
    }
    lines.addFirst(
        new RunPages.LogLine(
            at == null ? "" : at.toString(),
            at == null ? "" : CLOCK.format(at),
            check,
            Words.line(text, LONGEST),
            tone));
  }

  /**
   * How far it is.
   *
   * @param silent since when nothing was heard of it; null where it is not silent
   */
  synchronized RunPages.State state(RunSummary summary, @Nullable Instant silent, Instant now) {
    RunReport report = follower.report(summary);
    List<RunPages.CheckLine> checks = new ArrayList<>();
    StringBuilder plots = new StringBuilder();
    int over = 0;
    int stages = 1 + report.checks().stream().mapToInt(CheckReport::stage).max().orElse(0);
    for (CheckReport check : report.checks()) {
      over += check.verdict() == null ? 0 : 1;
      checks.add(
          RunPages.CheckLine.of(
              check, follower.counts(check.id()), stages, silent == null ? now : null));
      boolean measures = check.opened() != null && check.verdict() == null;
      String drawn = measures ? Fragments.plots(check, "live-" + checks.size()).strip() : "";
      if (!drawn.isEmpty()) {
        plots
            .append("<h3>")
            .append(Markups.escaped(check.id()))
            .append("</h3><div class=\"plots\">")
            .append(drawn)
            .append("</div>");
      }
    }
    return new RunPages.State(
        RunLine.of(summary, silent),
        (silent == null ? "" : "Silent: ")
            + over
            + " of "
            + Words.many(report.checks().size(), "check")
            + " judged",
        checks,
        plots.toString(),
        List.copyOf(lines));
  }
}
