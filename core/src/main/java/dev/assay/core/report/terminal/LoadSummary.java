package dev.assay.core.report.terminal;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.LoadFigures;
import dev.assay.core.report.MetricReport.Spread;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The end of a run of one load check for the terminal. Immutable. */
public final class LoadSummary {

  private static final int WORD = 14;
  private static final int NUMBER = 10;
  private static final int MOST_EXAMPLES = 6;

  private final Ink ink;
  private final int width;
  private final LoadShape shape;

  /**
   * Paints with the ink, or not.
   *
   * @param width of the terminal in columns; less than 40 counts as 40
   */
  public LoadSummary(Ink ink, int width, LoadShape shape) {
    this.ink = ink;
    this.width = Math.max(40, width);
    this.shape = shape;
  }

  /** The summary of a run's first check, ending in a line end. */
  public String render(RunReport run, List<TerminalReport.Hint> hints) {
    StringBuilder out = new StringBuilder();
    CheckReport check = run.checks().getFirst();
    LoadFigures figures = LoadFigures.of(check, shape.timed());
    String verdict = Words.glyph(run.decision()) + " " + run.decision().word();
    out.append("\n  ")
        .append(ink.tone(run.decision(), verdict))
        .append("  ")
        .append(ink.bold(cut(shape.title(), 6 + Glyphs.width(verdict))))
        .append("\n\n");
    if (figures.requests() > 0 || figures.errors() > 0) {
      totals(out, figures);
      times(out, figures);
    }
    errors(out, check, figures);
    reasons(out, check);
    TerminalReport.foot(out, ink, hints);
    return out.toString();
  }

  private void totals(StringBuilder out, LoadFigures figures) {
    String asked = shape.paced() ? ", asked " + Unit.PER_SECOND.format(shape.askedOnAverage()) : "";
    line(
        out,
        "requests",
        Words.grouped(figures.requests())
            + " in "
            + Unit.NANOSECONDS.format(figures.seconds() * 1e9)
            + ", "
            + Unit.PER_SECOND.format(figures.perSecond())
            + asked);
    line(
        out,
        "bytes",
        Unit.BYTES.format(figures.bytesReceived())
            + " received, "
            + Unit.BYTES.format(figures.bytesSent())
            + " sent");
    out.append('\n');
  }

  private void times(StringBuilder out, LoadFigures figures) {
    StringBuilder head = new StringBuilder();
    for (String column : List.of("p50", "p90", "p99", "p99.9", "max")) {
      head.append(right(column));
    }
    out.append("  ").append(Glyphs.pad("", WORD)).append(ink.dim(head.toString())).append('\n');
    row(out, "latency", figures.latency());
    row(out, "service time", figures.serviceTime());
    row(out, "lateness", figures.lateness());
    row(out, "connect", figures.connectTime());
    out.append('\n');
  }

  private void row(StringBuilder out, String word, @Nullable Spread spread) {
    if (spread == null || spread.count() == 0) {
      return;
    }
    out.append("  ").append(ink.dim(Glyphs.pad(word, WORD)));
    for (double value :
        new double[] {spread.p50(), spread.p90(), spread.p99(), spread.p999(), spread.max()}) {
      out.append(right(Unit.NANOSECONDS.format(value)));
    }
    out.append('\n');
  }

  private void errors(StringBuilder out, CheckReport check, LoadFigures figures) {
    for (Map.Entry<String, Long> kind : figures.errorsByKind().entrySet()) {
      String share =
          figures.errors() == 0
              ? ""
              : " (" + Unit.RATIO.format(kind.getValue() / (double) figures.attempts()) + ")";
      line(out, kind.getKey(), Words.grouped(kind.getValue()) + share);
      example(check, kind.getKey())
          .ifPresent(text ->
              out.append("  ")
                  .append(Glyphs.pad("", WORD))
                  .append(ink.dim(cut(text, WORD + 4)))
                  .append('\n'));
    }
    if (!figures.errorsByKind().isEmpty()) {
      out.append('\n');
    }
    check.evidence().findings().stream()
        .filter(finding -> finding.severity() == Finding.Severity.WARNING)
        .limit(MOST_EXAMPLES)
        .forEach(finding -> wrapped(out, "  ", finding.message()));
  }

  private static java.util.Optional<String> example(CheckReport check, String kind) {
    return check.evidence().events().stream()
        .filter(event -> event.kind().equals("load.error"))
        .filter(event -> kind.equals(event.labels().get("kind")))
        .map(Event::message)
        .findFirst();
  }

  private void reasons(StringBuilder out, CheckReport check) {
    for (Reason reason : check.reasons()) {
      String sign = ink.tone(reason.decision(), Words.glyph(reason.decision()));
      String sentence = Glyphs.clean(reason.sentence());
      if (reason.decision() == Decision.PASS) {
        out.append("  ").append(sign).append(' ').append(cut(sentence, 6)).append('\n');
      } else {
        String expectation = Glyphs.clean(reason.expectation());
        String head = expectation.isEmpty() ? "" : expectation + ": ";
        List<String> lines = Glyphs.wrap(head + sentence, width - 6);
        out.append("  ").append(sign).append(' ').append(lines.getFirst()).append('\n');
        lines.stream().skip(1).forEach(line -> out.append("    ").append(line).append('\n'));
      }
    }
  }

  private void line(StringBuilder out, String word, String text) {
    out.append("  ")
        .append(ink.dim(Glyphs.pad(Glyphs.clean(word), WORD)))
        .append(cut(text, WORD + 4))
        .append('\n');
  }

  private void wrapped(StringBuilder out, String indent, String text) {
    for (String line : Glyphs.wrap(text, width - indent.length() - 1)) {
      out.append(indent).append(line).append('\n');
    }
  }

  private String cut(String text, int used) {
    return Glyphs.cut(Glyphs.clean(text), width - used);
  }

  private static String right(String text) {
    return " ".repeat(Math.max(1, NUMBER - Glyphs.width(text))) + text;
  }
}
