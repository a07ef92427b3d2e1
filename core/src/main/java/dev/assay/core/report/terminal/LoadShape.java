package dev.assay.core.report.terminal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a load was asked to be, for showing it beside what it is. Immutable.
 *
 * @param title what is sent where and how, in one line
 * @param warmUp how long nothing is measured at the beginning
 * @param length how long is measured; null where a number of requests ends it
 * @param requests how many requests end it; 0 where the time does
 * @param rate the arrivals of a second at the beginning; 0 where there are users instead
 * @param to the arrivals of a second at the end
 */
public record LoadShape(
    String title,
    Duration warmUp,
    @Nullable Duration length,
    long requests,
    double rate,
    double to) {

  /** The arrivals asked for in a second, so many seconds after the measured beginning. */
  double askedAt(double seconds) {
    Duration whole = length;
    if (whole == null || rate == to) {
      return rate;
    }
    double share = Math.clamp(seconds / (whole.toNanos() / 1e9), 0, 1);
    return rate + (to - rate) * share;
  }

  /** The mean of the arrivals asked for in a second. */
  double askedOnAverage() {
    return (rate + to) / 2;
  }

  /** How long is measured where nothing but the time ends it, else null. */
  public @Nullable Duration timed() {
    return requests > 0 ? null : length;
  }

  /** Whether arrivals are asked for at a rate. */
  boolean paced() {
    return rate > 0;
  }
}
