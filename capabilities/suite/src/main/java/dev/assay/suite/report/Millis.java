package dev.assay.suite.report;

import java.time.Duration;
import java.util.Optional;

/** Durations of numbers that nobody vouches for. */
final class Millis {

  private static final double LONGEST = 366 * 86_400_000.0;

  private Millis() {}

  /** That many times so many milliseconds; empty for what no test can take. */
  static Optional<Duration> of(double number, double factor) {
    double millis = number * factor;
    return millis <= LONGEST
        ? Optional.of(Duration.ofNanos(Math.round(Math.max(0, millis) * 1e6)))
        : Optional.empty();
  }

  static Optional<Duration> of(String number, double factor) {
    try {
      return of(Double.parseDouble(number), factor);
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }
}
