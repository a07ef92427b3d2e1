package dev.assay.core.report.terminal;

import dev.assay.api.verdict.Decision;
import dev.assay.core.compare.Backtest;
import dev.assay.core.report.BacktestJson;
import dev.assay.core.report.Words;
import dev.assay.stats.Interval;
import dev.assay.stats.Proportions;
import java.util.List;

/** A backtest for the terminal. Immutable. */
public final class BacktestText {

  private static final int MOST = 40;

  private final Ink ink;
  private final int width;

  /**
   * Paints with the ink, or not.
   *
   * @param width of the terminal in columns; less than 60 counts as 60
   */
  public BacktestText(Ink ink, int width) {
    this.ink = ink;
    this.width = Math.max(60, width);
  }

  /** The backtest, ending in a line end. */
  public String render(Backtest.Result result) {
    StringBuilder out = new StringBuilder("\n");
    List<Backtest.Release> stopped =
        result.releases().stream().filter(Backtest.Release::stopped).toList();
    for (Backtest.Release release : stopped.reversed().stream().limit(MOST).toList()) {
      release(out, release);
    }
    if (stopped.size() > MOST) {
      out.append("    … and ").append(stopped.size() - MOST).append(" more, in --json\n");
    }
    List<Backtest.Release> missed =
        result.releases().stream().filter(one -> one.bad() && !one.stopped()).toList();
    for (Backtest.Release release : missed) {
      out.append("  ")
          .append(ink.tone(Decision.FAIL, "✘ missed       "))
          .append(' ')
          .append(Glyphs.cut(release.run().id() + "  " + incidents(release), width - 20))
          .append('\n');
    }
    out.append(stopped.isEmpty() && missed.isEmpty() ? "" : "\n");
    summary(out, result);
    return out.toString();
  }

  private void release(StringBuilder out, Backtest.Release release) {
    Decision decision = release.decision();
    String word = Words.glyph(decision) + " " + Glyphs.pad(decision.word(), 12);
    String then =
        release.run().decision() == Decision.PASS
            ? ink.bold("passed then")
            : "was " + release.run().decision().word();
    out.append("  ")
        .append(ink.tone(decision, word))
        .append("  ")
        .append(release.run().id())
        .append("  ")
        .append(then)
        .append(release.bad() ? ink.tone(Decision.PASS, "  caught: " + incidents(release)) : "")
        .append('\n');
    for (String line : Glyphs.wrap(release.reason(), width - 19)) {
      out.append(" ".repeat(18)).append(line).append('\n');
    }
  }

  private static String incidents(Backtest.Release release) {
    return String.join(
        "; ", release.incidents().stream().map(BacktestJson::words).map(Glyphs::clean).toList());
  }

  private void summary(StringBuilder out, Backtest.Result result) {
    long newly =
        result.releases().stream()
            .filter(one -> one.stopped() && one.run().decision() == Decision.PASS)
            .count();
    wrapped(
        out,
        "Of "
            + Words.many(result.releases().size(), "run")
            + " it would have stopped "
            + result.stopped()
            + ", of which "
            + newly
            + " passed then.");
    if (result.bad() > 0) {
      wrapped(
          out, "precision  " + share(result.caught(), result.stopped(), "of what it stops is bad"));
      wrapped(out, "recall     " + share(result.caught(), result.bad(), "of what is bad it stops"));
      wrapped(out, "cost       " + cost(result));
    }
    result
        .unmatched()
        .forEach(one -> wrapped(out, "No run is the cause of: " + BacktestJson.words(one) + "."));
    result.notes().forEach(note -> wrapped(out, note));
  }

  private static String share(long hits, long of, String what) {
    if (of == 0) {
      return "nothing to say: 0 of 0";
    }
    Interval interval = Proportions.interval(hits, of);
    return Math.round(100.0 * hits / of)
        + " % "
        + what
        + " ("
        + hits
        + " of "
        + of
        + ", 95 % sure between "
        + Math.round(interval.low() * 100)
        + " % and "
        + Math.round(interval.high() * 100)
        + " %)";
  }

  private static String cost(Backtest.Result result) {
    String all = Words.took(result.took()) + " of checks";
    return result.caught() == 0
        ? all + ", and nothing is caught"
        : all
            + ", "
            + Words.took(result.took().dividedBy(result.caught()))
            + " for each true catch; the incidents that it spares lasted "
            + Words.took(result.spared());
  }

  private void wrapped(StringBuilder out, String text) {
    for (String line : Glyphs.wrap(text, width - 3)) {
      out.append("  ").append(line).append('\n');
    }
  }
}
