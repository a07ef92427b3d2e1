package dev.assay.core.report.page;

import dev.assay.core.report.Markup;
import dev.assay.core.report.MetricReport.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Values by percentile as an inline SVG, in the manner of HdrHistogram's plots: each further nine
 * takes the same width, so that the tail can be read. Immutable.
 *
 * @param title of the figure
 * @param note a few words after it, or empty
 * @param description the plot in words
 * @param curve at least two points
 * @param gates bounds on percentiles
 * @param format a value for people
 */
record PercentilePlot(
    String title,
    String note,
    String description,
    List<Percentile> curve,
    List<Gate> gates,
    DoubleFunction<String> format) {

  /** From how many nines on there is no room for both 0 % and 50 %. */
  private static final double CROWDED = 2.2;

  /**
   * A bound on a percentile.
   *
   * @param percentile 0 to 100
   * @param limit the bound
   * @param holds whether it holds
   * @param words what it says
   */
  record Gate(double percentile, double limit, boolean holds, String words) {}

  void write(Markup page, String id) {
    double greatest = curve.getLast().value();
    double least = curve.getFirst().value();
    double most =
        gates.stream()
            .mapToDouble(Gate::limit)
            .filter(limit -> limit <= greatest * 4)
            .reduce(greatest, Math::max);
    double nines = nines(curve.getLast().percentile());
    List<Double> ticks = new ArrayList<>();
    if (nines < CROWDED) {
      ticks.add(0.0);
    }
    ticks.add(Math.log10(2));
    for (double tick = 1; tick <= nines + 1e-6; tick++) {
      ticks.add(tick);
    }
    Axis xs = new Axis(0, nines, false, ticks);
    Axis ys = Axis.fitting(least, most, 4);
    Frame frame = new Frame(page, id, xs, ys);
    frame.open(
        title, ys.log() ? (note.isEmpty() ? "" : note + ", ") + "log scale" : note, description);
    frame.grid(PercentilePlot::percent, format);
    draw(page, frame);
    gates.forEach(gate -> gate(page, frame, gate, most));
    for (int i = 0; i < curve.size(); i++) {
      Percentile point = curve.get(i);
      double from = frame.x(nines(point.percentile()));
      double to = i + 1 < curve.size() ? frame.x(nines(curve.get(i + 1).percentile())) : from + 3;
      frame.hover(
          from,
          to,
          percent(nines(point.percentile())) + " are at most " + format.apply(point.value()));
    }
    frame.close();
  }

  private void draw(Markup page, Frame frame) {
    StringBuilder path = new StringBuilder();
    for (Percentile point : curve) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(Frame.number(frame.x(nines(point.percentile()))))
          .append(' ')
          .append(Frame.number(frame.y(point.value())));
    }
    String base = Frame.number(Frame.BOTTOM);
    page.empty(
        "path",
        "class",
        "area s1",
        "d",
        path
            + "L"
            + Frame.number(Frame.RIGHT)
            + " "
            + base
            + "L"
            + Frame.number(Frame.LEFT)
            + " "
            + base
            + "Z");
    page.empty("path", "class", "line s1", "d", path.toString());
  }

  /** The bound as a bar that the curve must pass below, at the percentile it is of. */
  private static void gate(Markup page, Frame frame, Gate gate, double most) {
    if (gate.limit() > most) {
      return;
    }
    double x = frame.x(nines(gate.percentile()));
    double y = frame.y(gate.limit());
    page.open("g", "class", gate.holds() ? "gate holds" : "gate broken");
    page.element("title", gate.words());
    frame.line(x, y, x, Frame.BOTTOM, "drop");
    frame.line(Math.max(Frame.LEFT, x - 22), y, Math.min(Frame.RIGHT, x + 22), y, "bar");
    boolean left = x < (Frame.LEFT + Frame.RIGHT) / 2;
    frame.text(
        left ? x + 28 : x - 28,
        y + (y < Frame.TOP + 14 ? 14 : 4),
        left ? "start" : "end",
        gate.words(),
        null);
    page.close("g");
  }

  private static double nines(double percentile) {
    return -Math.log10(Math.max(1e-9, 1 - percentile / 100));
  }

  /** {@code 99.9 %} with as many nines as tell it from its neighbours. */
  static String percent(double nines) {
    double percentile = 100 * (1 - Math.pow(10, -nines));
    int decimals = Math.max(0, (int) Math.ceil(nines - 1e-9) - 2);
    if (decimals == 0 && Math.abs(percentile - Math.rint(percentile)) > 0.05) {
      decimals = 1;
    }
    return String.format(Locale.ROOT, "%." + Math.min(6, decimals) + "f %%", percentile);
  }
}
