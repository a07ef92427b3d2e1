package dev.assay.core.report.terminal;

import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.spi.Clock;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.Words;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A line for each event, with the time since the run began: for logs of continuous integration and
 * for pipes. Of each check at most one line of progress in five seconds is shown. Thread-safe.
 */
public final class PlainProgress implements RunListener {

  private static final long PROGRESS_EVERY = 5_000_000_000L;
  private static final int LONGEST = 400;

  private final PrintStream out;
  private final Clock clock;
  private final Ink ink;
  private final Map<String, Long> lastProgress = new HashMap<>();
  private long start;

  /** Prints to the stream, in practice standard error. */
  public PlainProgress(PrintStream out, Clock clock, Ink ink) {
    this.out = out;
    this.clock = clock;
    this.ink = ink;
    this.start = clock.nanos();
  }

  @Override
  public synchronized void runOpened(RunOpened run) {
    start = clock.nanos();
    print(
        "run of "
            + run.workspace()
            + " in "
            + run.subject().environment()
            + ": "
            + Words.many(run.checks().size(), "check")
            + ", seed "
            + run.seed());
  }

  @Override
  public synchronized void serviceState(String name, String state, String detail) {
    print("service " + name + " " + state + (detail.isEmpty() ? "" : ": " + detail));
  }

  @Override
  public synchronized void checkOpened(String check) {
    lastProgress.put(check, clock.nanos());
    print(check + " begins");
  }

  @Override
  public synchronized void progress(String check, String line) {
    long now = clock.nanos();
    Long last = lastProgress.get(check);
    if (last == null || now - last >= PROGRESS_EVERY) {
      lastProgress.put(check, now);
      print(check + ": " + line);
    }
  }

  @Override
  public synchronized void note(String line) {
    print(line);
  }

  @Override
  public synchronized void checkClosed(CheckClosed check) {
    lastProgress.remove(check.check());
    if (check.ending() != Ending.COMPLETED) {
      String problem = check.problem();
      print(
          check.check()
              + " "
              + check.ending().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + (problem == null ? "" : ": " + problem));
    }
  }

  @Override
  public synchronized void judged(String check, Verdict verdict) {
    Decision decision = verdict.decision();
    String why =
        verdict.reasons().stream()
            .filter(reason -> reason.decision() != Decision.PASS)
            .findFirst()
            .map(Reason::sentence)
            .map(sentence -> ": " + sentence)
            .orElse("");
    String word = Words.glyph(decision) + " " + decision.word();
    line(
        ink.tone(decision, word)
            + Glyphs.cut(Glyphs.clean("  " + check + why), LONGEST - word.length()));
  }

  @Override
  public synchronized void runClosed(RunClosed run) {
    print(
        "run "
            + run.ending().name().toLowerCase(Locale.ROOT).replace('_', ' ')
            + ": "
            + run.decision().word());
  }

  private void print(String text) {
    line(Glyphs.cut(Glyphs.clean(text).strip(), LONGEST));
  }

  private void line(String text) {
    double seconds = (clock.nanos() - start) / 1e9;
    out.print(ink.dim(String.format(Locale.ROOT, "[%7.1f s]", seconds)) + " " + text + "\n");
    out.flush();
  }
}
