package dev.assay.core.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to 0 … 1, with ticks at round numbers. Immutable.
 *
 * @param min the value at 0
 * @param max the value at 1
 * @param log whether equal ratios are equal lengths
 * @param ticks round values from min to max
 */
record Axis(double min, double max, boolean log, List<Double> ticks) {

  private static final double[] SECONDS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400
  };

  /** Values that span more than this ratio are shown on a logarithmic scale. */
  private static final double WIDE = 30;

  Axis {
    ticks = List.copyOf(ticks);
  }

  /** A scale from 0 to a round number that is at least the greatest, with about so many ticks. */
  static Axis linear(double greatest, int about) {
    double most = greatest > 0 ? greatest : 1;
    double raw = most / about;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = 10 * power;
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= raw * 0.999) {
        step = factor * power;
        break;
      }
    }
    int count = (int) Math.ceil(most / step - 1e-9);
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      ticks.add(i * step);
    }
    return new Axis(0, count * step, false, ticks);
  }

  /** A logarithmic scale where the values need it, else one from 0. */
  static Axis fitting(double least, double greatest, int about) {
    return least > 0 && greatest / least > WIDE
        ? logarithmic(least, greatest)
        : linear(greatest, about);
  }

  private static Axis logarithmic(double least, double greatest) {
    double ratio = greatest / least;
    double[] factors =
        ratio < 60 ? new double[] {1, 2, 5} : ratio < 3000 ? new double[] {1, 3} : new double[] {1};
    List<Double> ticks = new ArrayList<>();
    double below = 0;
    double above = 0;
    int first = (int) Math.floor(Math.log10(least));
    for (int power = first; above == 0; power++) {
      for (double factor : factors) {
        double tick = factor * Math.pow(10, power);
        if (tick <= least * 1.0001) {
          below = tick;
          ticks.clear();
        }
        ticks.add(tick);
        if (tick >= greatest * 0.9999) {
          above = tick;
          break;
        }
      }
    }
    return new Axis(below, above, true, ticks);
  }

  /** A scale of seconds, from 0, with ticks at round times. */
  static Axis time(double seconds, int about) {
    double most = seconds > 0 ? seconds : 1;
    if (most < about) {
      Axis fine = linear(most, about);
      return new Axis(0, most, false, fine.ticks.stream().filter(tick -> tick <= most).toList());
    }
    double step = SECONDS[SECONDS.length - 1];
    for (double candidate : SECONDS) {
      if (most / candidate <= about) {
        step = candidate;
        break;
      }
    }
    step = Math.max(step, Math.ceil(most / about / step) * step);
    List<Double> ticks = new ArrayList<>();
    for (double tick = 0; tick <= most * 1.0001; tick += step) {
      ticks.add(tick);
    }
    return new Axis(0, most, false, ticks);
  }

  /** Where the value lies, 0 to 1; values outside are put at the end. */
  double at(double value) {
    double place =
        log
            ? Math.log(Math.max(value, min) / min) / Math.log(max / min)
            : (value - min) / (max - min);
    return Math.clamp(place, 0, 1);
  }

  /** A time in seconds, for people: {@code 10 s}, {@code 2:30}, {@code 1:00:00}. */
  static String clock(double seconds, double longest) {
    if (longest < 120) {
      return seconds == Math.rint(seconds)
          ? Math.round(seconds) + " s"
          : String.format(java.util.Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return longest < 7200
        ? String.format(java.util.Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(
            java.util.Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole % 3600 / 60, whole % 60);
  }
}
