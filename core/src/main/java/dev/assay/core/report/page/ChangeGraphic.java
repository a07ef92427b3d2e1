package dev.assay.core.report.page;

import dev.assay.api.verdict.Decision;
import dev.assay.core.report.Markup;

/**
 * How much worse something became, as an interval beside what is allowed: better to the left, worse
 * to the right. Immutable.
 *
 * @param low the lower end, as a share of the baseline or in points; below 0 is better
 * @param middle the estimate
 * @param high the upper end
 * @param allowed how much worse is not acted on
 * @param decision what was decided
 */
record ChangeGraphic(double low, double middle, double high, double allowed, Decision decision) {

  private static final double WIDTH = 100;
  private static final double HEIGHT = 14;

  /** What is farther from nought than so many times the rest is drawn at the edge. */
  private static final double FAR = 4;

  /** A scale for several of them: the size at the edge. */
  static double edge(double allowed, double... middles) {
    double size = 2 * allowed;
    for (double middle : middles) {
      if (Double.isFinite(middle)) {
        size = Math.max(size, 1.5 * Math.abs(middle));
      }
    }
    return size;
  }

  /** The size at its edge where it stands alone. */
  double edge() {
    double ends =
        Math.min(finite(Math.max(Math.abs(low), Math.abs(high))), FAR * edge(allowed, middle));
    return Math.max(edge(allowed, middle), 1.1 * ends);
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : Double.MAX_VALUE;
  }

  /**
   * Writes it.
   *
   * @param words the same in words, for those who do not see it
   * @param edge the size at both edges
   */
  void write(Markup page, String words, double edge) {
    page.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + Frame.number(WIDTH) + " " + Frame.number(HEIGHT),
        "preserveAspectRatio",
        "none",
        "class",
        "change tone-" + HtmlReport.tone(decision),
        "role",
        "img");
    page.element("title", words);
    rect(page, "track", 0, 0, WIDTH, HEIGHT);
    rect(page, "allowed", 0, 0, x(allowed, edge), HEIGHT);
    double from = x(low, edge);
    rect(page, "seen", from, 4.5, Math.max(0.6, x(high, edge) - from), 5);
    rect(page, "zero", x(0, edge) - 0.15, 0, 0.3, HEIGHT);
    rect(page, "tick", Math.min(x(allowed, edge), WIDTH - 0.4), 0, 0.4, HEIGHT);
    rect(page, "middle", Math.clamp(x(middle, edge) - 0.5, 0, WIDTH - 1), 2, 1, 10);
    page.close("svg");
  }

  private static double x(double value, double edge) {
    return Math.clamp((value / edge + 1) / 2 * WIDTH, 0, WIDTH);
  }

  private static void rect(
      Markup page, String style, double x, double y, double width, double height) {
    page.empty(
        "rect",
        "class",
        style,
        "x",
        String.format(java.util.Locale.ROOT, "%.2f", x),
        "y",
        Frame.number(y),
        "width",
        String.format(java.util.Locale.ROOT, "%.2f", width),
        "height",
        Frame.number(height));
  }
}
