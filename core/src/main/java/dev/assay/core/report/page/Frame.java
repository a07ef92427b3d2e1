package dev.assay.core.report.page;

import dev.assay.core.report.Markup;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figure around a plot: title, axes, grid, and the mapping from values to places. Sizes are in
 * the units of the SVG's own coordinates; the page scales it.
 */
final class Frame {

  static final double WIDTH = 480;
  static final double HEIGHT = 250;
  static final double LEFT = 66;
  static final double RIGHT = WIDTH - 46;
  static final double TOP = 14;
  static final double BOTTOM = HEIGHT - 30;

  private final Markup page;
  private final String id;
  private final Axis xs;
  private final Axis ys;

  Frame(Markup page, String id, Axis xs, Axis ys) {
    this.page = page;
    this.id = id;
    this.xs = xs;
    this.ys = ys;
  }

  /** Opens the figure. The description is the plot in words, for those who do not see it. */
  void open(String title, String note, String description) {
    page.line().open("figure", "class", "plot");
    page.open("figcaption").element("strong", title);
    if (!note.isEmpty()) {
      page.text(" ").element("span", note, "class", "quiet");
    }
    page.close("figcaption");
    page.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + number(WIDTH) + " " + number(HEIGHT),
        "role",
        "img",
        "aria-labelledby",
        id + "-t " + id + "-d");
    page.element("title", title, "id", id + "-t").element("desc", description, "id", id + "-d");
  }

  void close() {
    page.close("svg").close("figure");
  }

  double x(double value) {
    return LEFT + xs.at(value) * (RIGHT - LEFT);
  }

  double y(double value) {
    return BOTTOM - ys.at(value) * (BOTTOM - TOP);
  }

  void grid(DoubleFunction<String> xLabel, DoubleFunction<String> yLabel) {
    page.open("g", "class", "grid", "aria-hidden", "true");
    for (double tick : ys.ticks()) {
      line(LEFT, y(tick), RIGHT, y(tick), tick == ys.ticks().getFirst() ? "base" : null);
      text(LEFT - 8, y(tick) + 4, "end", yLabel.apply(tick), null);
    }
    for (double tick : xs.ticks()) {
      line(x(tick), BOTTOM, x(tick), BOTTOM + 4, "base");
      text(x(tick), BOTTOM + 20, "middle", xLabel.apply(tick), null);
    }
    page.close("g");
  }

  void line(double x1, double y1, double x2, double y2, @Nullable String style) {
    page.empty(
        "line",
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2),
        "class",
        style);
  }

  void text(double x, double y, String anchor, String text, @Nullable String style) {
    page.element(
        "text", text, "x", number(x), "y", number(y), "text-anchor", anchor, "class", style);
  }

  /** A dashed line at a bound. */
  void limit(double value, String words) {
    page.open("g", "class", "limit").element("title", words);
    line(LEFT, y(value), RIGHT, y(value), null);
    page.close("g");
  }

  /** What a bound says, above its line; drawn after the plot, so that nothing hides it. */
  void limitWords(double value, String words) {
    boolean top = y(value) < TOP + 20;
    text(LEFT + 6, y(value) + (top ? 15 : -5), "start", words, "words");
  }

  /** A column that shows words while the pointer is on it. */
  void hover(double from, double to, String words) {
    page.open("g", "class", "hit").element("title", words);
    page.empty(
        "rect",
        "x",
        number(from),
        "y",
        number(TOP),
        "width",
        number(Math.max(0.5, to - from)),
        "height",
        number(BOTTOM - TOP));
    page.close("g");
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
