package dev.assay.core.report.page;

import dev.assay.core.report.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Lines over time as an inline SVG. Immutable.
 *
 * @param title of the figure
 * @param note a few words after it, or empty
 * @param description the plot in words
 * @param times where the points begin, in seconds from the start, growing
 * @param end where the last one ends
 * @param lines at least one
 * @param words what the pointer shows at each point
 * @param limits bounds to draw
 * @param marks events to draw
 * @param bands times to tint
 * @param format a value for people
 */
record LinePlot(
    String title,
    String note,
    String description,
    double[] times,
    double end,
    List<Line> lines,
    List<String> words,
    List<Limit> limits,
    List<Mark> marks,
    List<Band> bands,
    DoubleFunction<String> format) {

  /** The least distance of two names at the end of lines. */
  private static final double APART = 17;

  /** How much greater than all values a bound may be to be drawn still. */
  private static final double FAR = 4;

  /**
   * One line.
   *
   * @param name at its end
   * @param style its class in the style sheet
   * @param values at each point; a NaN leaves a gap
   * @param filled whether the area below is tinted
   */
  record Line(String name, String style, double[] values, boolean filled) {}

  /**
   * A bound.
   *
   * @param value where
   * @param words what it says
   */
  record Limit(double value, String words) {}

  /**
   * An event.
   *
   * @param at in seconds from the start
   * @param words what it says
   */
  record Mark(double at, String words) {}

  /**
   * A part of the time.
   *
   * @param from in seconds from the start
   * @param to likewise
   * @param words what it says
   */
  record Band(double from, double to, String words) {}

  private record Label(double y, Line line) {}

  void write(Markup page, String id) {
    double greatest = finite().max().orElse(0);
    double least = finite().filter(value -> value > 0).min().orElse(0);
    List<Limit> near = limits.stream().filter(limit -> limit.value() <= greatest * FAR).toList();
    double most = Math.max(greatest, near.stream().mapToDouble(Limit::value).max().orElse(0));
    boolean zero = finite().anyMatch(value -> value <= 0);
    Axis ys = Axis.fitting(zero ? 0 : least, most, 4);
    Axis xs = Axis.time(end, 6);
    Frame frame = new Frame(page, id, xs, ys);
    frame.open(
        title, ys.log() ? (note.isEmpty() ? "" : note + ", ") + "log scale" : note, description);
    frame.grid(tick -> Axis.clock(tick, end), format);
    bands.forEach(band -> band(page, frame, band));
    marks.forEach(mark -> mark(page, frame, mark));
    lines.stream().filter(Line::filled).forEach(line -> area(page, frame, line));
    near.forEach(limit -> frame.limit(limit.value(), limit.words()));
    lines.forEach(line -> stroke(page, frame, line));
    near.forEach(limit -> frame.limitWords(limit.value(), limit.words()));
    labels(frame);
    for (int i = 0; i < times.length; i++) {
      double until = i + 1 < times.length ? times[i + 1] : end;
      frame.hover(frame.x(times[i]), frame.x(until), words.get(i));
    }
    frame.close();
  }

  private DoubleStream finite() {
    return lines.stream()
        .flatMapToDouble(line -> DoubleStream.of(line.values()))
        .filter(Double::isFinite);
  }

  private double middle(int i) {
    return (times[i] + (i + 1 < times.length ? times[i + 1] : end)) / 2;
  }

  private void stroke(Markup page, Frame frame, Line line) {
    StringBuilder path = new StringBuilder();
    boolean down = false;
    for (int i = 0; i < times.length; i++) {
      double value = line.values()[i];
      if (Double.isFinite(value)) {
        boolean alone = !down && (i + 1 == times.length || !Double.isFinite(line.values()[i + 1]));
        path.append(down ? 'L' : 'M').append(place(frame, middle(i), value));
        if (alone) {
          path.append("h1");
        }
        down = true;
      } else {
        down = false;
      }
    }
    page.empty("path", "class", "line " + line.style(), "d", path.toString());
  }

  private void area(Markup page, Frame frame, Line line) {
    StringBuilder path = new StringBuilder();
    int start = -1;
    for (int i = 0; i <= times.length; i++) {
      boolean there = i < times.length && Double.isFinite(line.values()[i]);
      if (there && start < 0) {
        start = i;
        path.append('M').append(place(frame, middle(i), 0));
      }
      if (there) {
        path.append('L').append(place(frame, middle(i), line.values()[i]));
      } else if (start >= 0) {
        path.append('L').append(place(frame, middle(i - 1), 0)).append('Z');
        start = -1;
      }
    }
    page.empty("path", "class", "area " + line.style(), "d", path.toString());
  }

  private static String place(Frame frame, double at, double value) {
    return Frame.number(frame.x(at)) + " " + Frame.number(frame.y(value));
  }

  /** The names at the ends of the lines, pushed apart where lines end close together. */
  private void labels(Frame frame) {
    List<Label> labels = new ArrayList<>();
    for (Line line : lines) {
      for (int i = times.length - 1; i >= 0; i--) {
        if (Double.isFinite(line.values()[i])) {
          labels.add(new Label(frame.y(line.values()[i]), line));
          break;
        }
      }
    }
    labels.sort(Comparator.comparingDouble(Label::y).reversed());
    double lowest = Frame.BOTTOM;
    for (Label label : labels) {
      double y = Math.min(label.y(), lowest);
      lowest = y - APART;
      if (!label.line().name().isEmpty()) {
        frame.text(
            Frame.RIGHT + 5, y + 4, "start", label.line().name(), "name " + label.line().style());
      }
    }
  }

  private void band(Markup page, Frame frame, Band band) {
    double from = frame.x(Math.clamp(band.from(), 0, end));
    double to = frame.x(Math.clamp(band.to(), 0, end));
    page.open("g", "class", "band").element("title", band.words());
    page.empty(
        "rect",
        "x",
        Frame.number(from),
        "y",
        Frame.number(Frame.TOP),
        "width",
        Frame.number(Math.max(1.5, to - from)),
        "height",
        Frame.number(Frame.BOTTOM - Frame.TOP));
    page.close("g");
  }

  private void mark(Markup page, Frame frame, Mark mark) {
    page.open("g", "class", "mark").element("title", mark.words());
    frame.line(frame.x(mark.at()), Frame.TOP, frame.x(mark.at()), Frame.BOTTOM, null);
    page.empty(
        "circle", "cx", Frame.number(frame.x(mark.at())), "cy", Frame.number(Frame.TOP), "r", "4");
    page.close("g");
  }
}
