package dev.assay.observe.slo;

import dev.assay.api.problem.Place;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One objective that can be evaluated. Immutable.
 *
 * @param name unique in its file
 * @param title for people
 * @param service of which service
 * @param indicator what is measured
 * @param window over which time
 * @param method how the budget is counted
 * @param target the share that must be good, above 0 and below 1
 * @param slice the length of a slice, for time slices
 * @param sliceTarget the share of a slice that must be good
 * @param labels for alerts
 * @param place where it is written
 */
public record Slo(
    String name,
    String title,
    String service,
    Indicator indicator,
    Window window,
    Method method,
    double target,
    Duration slice,
    double sliceTarget,
    Map<String, String> labels,
    Place place) {

  /** Copies the labels. */
  public Slo {
    labels = Map.copyOf(labels);
  }

  /** What is measured. */
  public sealed interface Indicator {}

  /**
   * How many of all are good.
   *
   * @param part what is good, or what is bad
   * @param bad whether the part is what is bad
   * @param total all
   * @param counter whether queries give values that only grow
   */
  public record Ratio(SliSource part, boolean bad, SliSource total, boolean counter)
      implements Indicator {}

  /**
   * Values that must be on one side of a limit.
   *
   * @param source of the values
   * @param operator which side is good
   * @param value the limit
   */
  public record Threshold(SliSource source, Operator operator, double value) implements Indicator {}

  /** Which side of a limit is good. */
  public enum Operator {
    /** At most. */
    LTE,
    /** Less. */
    LT,
    /** At least. */
    GTE,
    /** More. */
    GT;

    /** Whether a value is good. */
    public boolean good(double measured, double limit) {
      return switch (this) {
        case LTE -> measured <= limit;
        case LT -> measured < limit;
        case GTE -> measured >= limit;
        case GT -> measured > limit;
      };
    }
  }

  /** How the budget is counted. */
  public enum Method {
    /** Events. */
    OCCURRENCES,
    /** Slices of time, each good or bad. */
    TIMESLICES,
    /** Slices of time, each as good as the share of its events. */
    RATIO_TIMESLICES
  }

  /**
   * Over which time.
   *
   * @param length how long
   * @param unit of a calendar window
   * @param count how many units
   * @param start the first begin of a calendar window; null for a rolling one
   * @param zone of the calendar
   */
  public record Window(
      Duration length, Unit unit, int count, @Nullable LocalDateTime start, ZoneId zone) {

    /** Of days and shorter, weeks, months, quarters and years. */
    public enum Unit {
      /** Seconds, minutes, hours, days and weeks. */
      FIXED,
      /** Months of the calendar. */
      MONTHS
    }
  }

  /** The share that may be bad. */
  public double budget() {
    return 1 - target;
  }
}
