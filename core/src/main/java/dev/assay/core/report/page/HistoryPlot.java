package dev.assay.core.report.page;

import dev.assay.core.compare.Trend;
import dev.assay.core.report.Markup;
import dev.assay.core.report.Words;
import dev.assay.stats.change.ChangePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One number of a check through its runs, with its levels and where they changed, as an inline SVG.
 */
final class HistoryPlot {

  private final Trend trend;

  HistoryPlot(Trend trend) {
    this.trend = trend;
  }

  void write(Markup page, String id) {
    double[] values = trend.values();
    int n = values.length;
    double greatest = Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
    double least = Arrays.stream(values).filter(value -> value > 0).min().orElse(0);
    boolean zero = Arrays.stream(values).anyMatch(value -> value <= 0);
    Axis ys = Axis.fitting(zero ? 0 : least, greatest, 4);
    Axis xs = new Axis(0, n, false, ticks(n));
    Frame frame = new Frame(page, id, xs, ys);
    String note = n + " runs" + (ys.log() ? ", log scale" : "");
    frame.open(trend.key().text(), note, description());
    frame.grid(
        tick -> tick == 0 ? "oldest" : tick == n ? "newest" : "",
        value -> trend.metric().unit().format(value));
    trend.changes().forEach(change -> band(page, frame, change));
    dots(page, frame, values);
    levels(page, frame, n);
    trend.changes().forEach(change -> mark(page, frame, change));
    for (int i = 0; i < n; i++) {
      frame.hover(frame.x(i), frame.x(i + 1.0), words(i));
    }
    frame.close();
    for (ChangePoint change : trend.changes()) {
      page.element(
          "p",
          trend.sentence(change),
          "class",
          "sentence quiet" + (trend.worse(change) ? " tone-fail" : ""));
    }
  }

  private static List<Double> ticks(int n) {
    return List.of(0.0, (double) n);
  }

  private String description() {
    if (trend.changes().isEmpty()) {
      return "No change is found in " + trend.points().size() + " runs.";
    }
    List<String> sentences = new ArrayList<>();
    trend.changes().forEach(change -> sentences.add(trend.sentence(change)));
    return String.join(" ", sentences);
  }

  private String words(int i) {
    Trend.Point point = trend.points().get(i);
    String commit = Objects.requireNonNullElse(point.run().subject().commit(), "");
    return trend.metric().unit().format(point.value())
        + " in run "
        + point.run().id()
        + (commit.isEmpty() ? "" : " of commit " + Words.brief(commit))
        + ", "
        + Words.moment(point.run().opened());
  }

  private static void dots(Markup page, Frame frame, double[] values) {
    page.open("g", "class", "dots s1");
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        page.empty(
            "circle",
            "cx",
            Frame.number(frame.x(i + 0.5)),
            "cy",
            Frame.number(frame.y(values[i])),
            "r",
            values.length > 100 ? "1.6" : "2.6");
      }
    }
    page.close("g");
  }

  /** The levels between the changes, each the value that the change point gives. */
  private void levels(Markup page, Frame frame, int n) {
    List<ChangePoint> changes = trend.changes();
    page.open("g", "class", "levels s2");
    for (int i = 0; i <= changes.size(); i++) {
      int from = i == 0 ? 0 : changes.get(i - 1).index();
      int to = i == changes.size() ? n : changes.get(i).index();
      double level = median(from, to);
      frame.line(frame.x(from), frame.y(level), frame.x(to), frame.y(level), null);
    }
    page.close("g");
  }

  private double median(int from, int to) {
    double[] part = Arrays.copyOfRange(trend.values(), from, to);
    Arrays.sort(part);
    return part[part.length / 2];
  }

  private void band(Markup page, Frame frame, ChangePoint change) {
    page.open("g", "class", "band").element("title", trend.sentence(change));
    double from = frame.x(change.earliest());
    double to = frame.x(change.latest() + 1.0);
    page.empty(
        "rect",
        "x",
        Frame.number(from),
        "y",
        Frame.number(Frame.TOP),
        "width",
        Frame.number(to - from),
        "height",
        Frame.number(Frame.BOTTOM - Frame.TOP));
    page.close("g");
  }

  private void mark(Markup page, Frame frame, ChangePoint change) {
    page.open("g", "class", "mark").element("title", trend.sentence(change));
    double x = frame.x(change.index());
    frame.line(x, Frame.TOP, x, Frame.BOTTOM, null);
    page.empty("circle", "cx", Frame.number(x), "cy", Frame.number(Frame.TOP), "r", "4");
    page.close("g");
  }
}
