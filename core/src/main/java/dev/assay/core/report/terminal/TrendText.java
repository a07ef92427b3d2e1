package dev.assay.core.report.terminal;

import dev.assay.api.verdict.Decision;
import dev.assay.core.compare.Trend;
import dev.assay.core.report.Words;
import dev.assay.stats.change.ChangePoint;
import java.util.Arrays;
import java.util.List;

/** Histories for the terminal. Immutable. */
public final class TrendText {

  private static final int ROWS = 9;
  private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";

  private final Ink ink;
  private final int width;

  /**
   * Paints with the ink, or not.
   *
   * @param width of the terminal in columns; less than 60 counts as 60
   */
  public TrendText(Ink ink, int width) {
    this.ink = ink;
    this.width = Math.max(60, width);
  }

  /**
   * The histories: each as a line, or where there are only a few each as a plot.
   *
   * @param plots whether to plot them
   */
  public String render(List<Trend> trends, boolean plots) {
    StringBuilder out = new StringBuilder();
    int names = trends.stream().mapToInt(trend -> Glyphs.width(trend.key().text())).max().orElse(0);
    String check = "";
    for (Trend trend : trends) {
      if (!trend.check().equals(check)) {
        check = trend.check();
        out.append("\n  ").append(ink.bold(Glyphs.clean(check))).append('\n');
      }
      if (plots) {
        plot(out, trend);
      } else {
        line(out, trend, Math.min(names, width / 3));
      }
      changes(out, trend);
    }
    return out.toString();
  }

  private void line(StringBuilder out, Trend trend, int names) {
    double[] values = trend.values();
    String last = trend.metric().unit().format(values[values.length - 1]);
    String runs = Words.many(values.length, "run");
    int room = Math.max(10, width - names - 34);
    out.append("    ")
        .append(Glyphs.pad(Glyphs.cut(trend.key().text(), names), names))
        .append("  ")
        .append(Glyphs.pad(Sparkline.of(values, room), Math.min(room, values.length)))
        .append("  ")
        .append(last)
        .append(ink.dim("  " + runs))
        .append('\n');
  }

  private void changes(StringBuilder out, Trend trend) {
    for (ChangePoint change : trend.changes()) {
      boolean worse = trend.worse(change);
      String sign = change.after() > change.before() ? "▲" : "▼";
      String indent = "      " + sign + " ";
      for (String line : Glyphs.wrap(trend.sentence(change), width - 9)) {
        out.append(worse ? ink.tone(Decision.FAIL, indent) : indent).append(line).append('\n');
        indent = "        ";
      }
    }
  }

  /** Columns of the mean of as many runs as there is no room for one by one. */
  private void plot(StringBuilder out, Trend trend) {
    double[] values = trend.values();
    int labels = 10;
    int columns = Math.min(values.length, width - labels - 6);
    double[] shown = new double[columns];
    for (int i = 0; i < columns; i++) {
      int from = (int) ((long) i * values.length / columns);
      int to = (int) ((long) (i + 1) * values.length / columns);
      shown[i] = Arrays.stream(values, from, to).average().orElse(0);
    }
    double greatest = Arrays.stream(shown).max().orElse(1);
    double least = Math.min(0, Arrays.stream(shown).min().orElse(0));
    double unit = greatest > least ? greatest - least : 1;
    out.append("    ")
        .append(ink.bold(trend.key().text()))
        .append(ink.dim("  " + Words.many(values.length, "run")))
        .append('\n');
    for (int row = ROWS - 1; row >= 0; row--) {
      boolean told = row == ROWS - 1 || row == 0;
      String label = told ? trend.metric().unit().format(row == 0 ? least : greatest) : "";
      out.append("  ")
          .append(" ".repeat(Math.max(0, labels - Glyphs.width(label))))
          .append(ink.dim(label))
          .append(ink.dim(" │"));
      for (double value : shown) {
        double filled = (value - least) / unit * ROWS - row;
        out.append(EIGHTHS.charAt(Math.clamp(Math.round(filled * 8), 0, 8)));
      }
      out.append('\n');
    }
    StringBuilder marks = new StringBuilder(" ".repeat(columns));
    for (ChangePoint change : trend.changes()) {
      int at = (int) ((long) change.index() * columns / values.length);
      marks.setCharAt(at, change.after() > change.before() ? '▲' : '▼');
    }
    out.append(" ".repeat(labels + 4)).append(marks.toString().stripTrailing()).append('\n');
  }
}
