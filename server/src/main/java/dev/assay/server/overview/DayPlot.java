package dev.assay.server.overview;

import dev.assay.server.overview.Overview.Day;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Days as SVG, in the colours of the page, which are those of its style sheet. Immutable.
 *
 * @param top what the upper end of the axis stands for, for people
 * @param svg the picture
 */
public record DayPlot(String top, String svg) {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 120;
  private static final double GAP = 0.18;

  /** So that a line at the top is not cut. */
  private static final int LINE = 2;

  /** How many runs began on each day, and what was decided. */
  static DayPlot verdicts(List<Day> days) {
    int most = Math.max(1, days.stream().mapToInt(day -> day.totals().runs()).max().orElse(1));
    double wide = (double) WIDTH / Math.max(1, days.size());
    StringBuilder bars = new StringBuilder();
    for (int i = 0; i < days.size(); i++) {
      Totals of = days.get(i).totals();
      bars.append("<g><title>").append(title(days.get(i))).append("</title>");
      double x = (i + GAP / 2) * wide;
      double y = HEIGHT;
      y = bar(bars, "fail", x, y, wide, of.failed(), most);
      y = bar(bars, "open", x, y, wide, of.undecided(), most);
      double _ = bar(bars, "pass", x, y, wide, of.passed(), most);
      bars.append("</g>");
    }
    return new DayPlot(
        String.valueOf(most), svg("days", "runs of each day, by what was decided", bars));
  }

  private static String title(Day day) {
    Totals of = day.totals();
    return "%s: %d passed, %d failed, %d undecided"
        .formatted(day.date(), of.passed(), of.failed(), of.undecided());
  }

  private static double bar(
      StringBuilder to, String tone, double x, double y, double wide, int runs, int most) {
    if (runs == 0) {
      return y;
    }
    double high = (double) runs / most * HEIGHT;
    to.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"tone-%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>",
            tone,
            x,
            y - high,
            wide * (1 - GAP),
            high));
    return y - high;
  }

  /** How long the runs of each day took; null where nobody said. */
  static @Nullable DayPlot times(List<Day> days) {
    long most =
        days.stream()
            .flatMap(day -> Stream.ofNullable(day.totals().mostMillis()))
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
    if (most == 0) {
      return null;
    }
    StringBuilder lines = new StringBuilder();
    lines.append(line("most", days, most, Totals::mostMillis));
    lines.append(line("median", days, most, Totals::medianMillis));
    return new DayPlot(
        OverviewTables.time(most), svg("times", "how long the runs of each day took", lines));
  }

  /** Days on which nothing ran are passed over by a straight line. */
  private static String line(
      String name, List<Day> days, long most, Function<Totals, @Nullable Long> of) {
    double wide = (double) WIDTH / Math.max(1, days.size());
    StringBuilder points = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (int i = 0; i < days.size(); i++) {
      Long millis = of.apply(days.get(i).totals());
      if (millis != null) {
        double x = (i + 0.5) * wide;
        double y = HEIGHT - (double) millis / most * (HEIGHT - LINE);
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        dots.append(
            String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\""
                    + " vector-effect=\"non-scaling-stroke\"><title>%s: %s</title></line>",
                name,
                x - wide * 0.3,
                x + wide * 0.3,
                y,
                y,
                days.get(i).date(),
                OverviewTables.time(millis)));
      }
    }
    return "<polyline class=\"%s\" points=\"%s\" fill=\"none\" vector-effect=\"non-scaling-stroke\"/>%s"
        .formatted(name, points.toString().strip(), dots);
  }

  private static String svg(String name, String label, CharSequence inside) {
    return "<svg class=\"burn %s\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s\">%s</svg>"
        .formatted(name, WIDTH, HEIGHT, label, inside);
  }
}
