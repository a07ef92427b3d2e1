package dev.assay.core.report.terminal;

import dev.assay.api.verdict.Decision;
import dev.assay.core.compare.ComparedMetric;
import dev.assay.core.compare.ComparedRuns;
import dev.assay.core.compare.ComparedTests;
import dev.assay.core.report.ComparisonWords;
import dev.assay.core.report.Words;
import dev.assay.stats.compare.Comparison.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two sets of runs for the terminal. Immutable. */
public final class ComparisonText {

  private static final int MOST_TESTS = 10;

  private final Ink ink;
  private final int width;

  /**
   * Paints with the ink, or not.
   *
   * @param width of the terminal in columns; less than 60 counts as 60
   */
  public ComparisonText(Ink ink, int width) {
    this.ink = ink;
    this.width = Math.max(60, width);
  }

  /** The comparison, ending in a line end. */
  public String render(ComparedRuns compared, List<TerminalReport.Hint> hints) {
    StringBuilder out = new StringBuilder();
    Decision tone = ComparisonWords.tone(compared.answer());
    String answer =
        Words.glyph(tone) + " " + ComparedRuns.word(compared.answer()).toUpperCase(Locale.ROOT);
    out.append("\n  ")
        .append(ink.tone(tone, ink.bold(answer)))
        .append("  ")
        .append(Glyphs.clean(ComparisonWords.side(compared.candidate())))
        .append("\n  ")
        .append(" ".repeat(Glyphs.width(answer)))
        .append("  against ")
        .append(Glyphs.clean(ComparisonWords.side(compared.baseline())))
        .append('\n');
    for (String check : compared.checks()) {
      check(out, compared, check);
    }
    out.append('\n');
    wrapped(out, compared.sentence());
    compared.notes().stream()
        .filter(note -> !compared.sentence().endsWith(note))
        .forEach(note -> wrapped(out, note));
    TerminalReport.foot(out, ink, hints);
    return out.toString();
  }

  private void check(StringBuilder out, ComparedRuns compared, String check) {
    out.append("\n  ").append(ink.bold(Glyphs.clean(check))).append('\n');
    List<ComparedMetric> metrics =
        compared.metrics().stream().filter(metric -> metric.check().equals(check)).toList();
    List<String[]> rows = new ArrayList<>();
    if (!metrics.isEmpty()) {
      rows.add(new String[] {"", "now", "before", "change", "99 % sure", "pairs"});
    }
    for (ComparedMetric metric : metrics) {
      rows.add(
          new String[] {
            metric.key().text(),
            metric.metric().unit().format(metric.after()),
            metric.metric().unit().format(metric.before()),
            metric.signed(metric.change()),
            metric.range(),
            metric.furtherPairs() == 0 ? "" : Integer.toString(metric.furtherPairs())
          });
    }
    int[] widths = widths(rows);
    for (int i = 0; i < rows.size(); i++) {
      if (i == 0) {
        out.append(" ".repeat(18)).append(ink.dim(cells(rows.getFirst(), widths))).append('\n');
      } else {
        row(out, metrics.get(i - 1).answer(), rows.get(i), widths);
      }
    }
    compared.tests().stream()
        .filter(tests -> tests.check().equals(check))
        .forEach(tests -> tests(out, tests));
  }

  private static int[] widths(List<String[]> rows) {
    int[] widths = new int[6];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Glyphs.width(Glyphs.clean(row[i])));
      }
    }
    return widths;
  }

  private void row(StringBuilder out, Answer answer, String[] cells, int[] widths) {
    Decision tone = ComparisonWords.tone(answer);
    String word = Glyphs.pad(ComparedRuns.word(answer), "inconclusive".length());
    out.append("    ")
        .append(ink.tone(tone, Words.glyph(tone) + " " + word))
        .append(cells(cells, widths))
        .append('\n');
  }

  private String cells(String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      line.append("  ").append(Glyphs.pad(Glyphs.clean(cells[i]), widths[i]));
    }
    return Glyphs.cut(line.toString().stripTrailing(), width - 19);
  }

  private void tests(StringBuilder out, ComparedTests tests) {
    names(out, Decision.FAIL, "fails, and did not", tests.broken());
    names(out, Decision.INCONCLUSIVE, "did not run", tests.gone());
    names(out, Decision.PASS, "passes, and did not", tests.mended());
  }

  private void names(StringBuilder out, Decision tone, String what, List<String> names) {
    for (String name : names.stream().limit(MOST_TESTS).toList()) {
      out.append("    ")
          .append(ink.tone(tone, Words.glyph(tone)))
          .append(' ')
          .append(Glyphs.cut(Glyphs.clean(name) + "  " + what, width - 7))
          .append('\n');
    }
    if (names.size() > MOST_TESTS) {
      out.append("      … and ").append(names.size() - MOST_TESTS).append(" more\n");
    }
  }

  private void wrapped(StringBuilder out, String text) {
    for (String line : Glyphs.wrap(text, width - 3)) {
      out.append("  ").append(line).append('\n');
    }
  }
}
