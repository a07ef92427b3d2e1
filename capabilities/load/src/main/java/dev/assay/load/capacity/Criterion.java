package dev.assay.load.capacity;

import dev.assay.api.value.Comparison;
import dev.assay.api.value.Comparison.Operator;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Unit;
import dev.assay.stats.Interval;
import dev.assay.stats.Proportions;
import dev.assay.stats.Quantiles;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a rate has to meet, as in {@code expect:}: {@code latency.p99: < 50 ms}, {@code
 * errors: < 1 %}, {@code latency[pay].mean: <= 20 ms}. Immutable.
 *
 * @param key as written
 * @param metric {@code latency}, {@code service.time} or {@code errors}
 * @param step the step it is of, or null for all
 * @param statistic {@code p50} … {@code p9999}, {@code mean}, {@code max}; {@code value} for errors
 * @param comparison an upper bound
 */
public record Criterion(
    String key, String metric, @Nullable String step, String statistic, Comparison comparison) {

  private static final Pattern KEY =
      Pattern.compile(
          "(latency|service\\.time|errors)(?:\\[([^\\]]+)])?(?:\\.(p\\d{1,4}|mean|max))?");

  /** The slope of the logistic function that comes closest to the normal distribution's. */
  private static final double LOGISTIC = 1.702;

  private static final double Z = 1.959963984540054;

  /**
   * Reads a criterion.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static Criterion parse(String key, Comparison comparison) {
    Matcher matcher = KEY.matcher(key.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + key
              + "' is nothing that a rate can be held to; write latency.p99, service.time.p95,"
              + " latency[step].mean or errors");
    }
    String metric = matcher.group(1);
    String statistic = matcher.group(3);
    boolean errors = metric.equals("errors");
    if (errors != (statistic == null)) {
      throw new IllegalArgumentException(
          errors
              ? "'" + key + "': errors is a share and has no statistics; write 'errors: < 1 %'"
              : "'" + key + "' names no statistic; write " + key + ".p99, .mean or .max");
    }
    String which = statistic == null ? "value" : statistic;
    if (which.startsWith("p") && Integer.parseInt(which.substring(1)) == 0) {
      throw new IllegalArgumentException("'" + key + "': there is no quantile p0");
    }
    Quantity bound = comparison.quantity();
    boolean upper =
        comparison.operator() == Operator.LESS || comparison.operator() == Operator.AT_MOST;
    Unit unit = errors ? Unit.RATIO : Unit.NANOSECONDS;
    if (!upper || bound == null || bound.unit() != unit) {
      throw new IllegalArgumentException(
          "'"
              + key
              + ": "
              + comparison
              + "' is no upper bound of a "
              + (errors ? "share" : "time")
              + "; write "
              + (errors ? "errors: < 1 %" : key + ": < 50 ms"));
    }
    return new Criterion(key.strip(), metric, matcher.group(2), which, comparison);
  }

  /** How many requests a probe needs before it can say anything of this. */
  public long leastSamples() {
    if (statistic.startsWith("p")) {
      return Quantiles.leastSamples(quantile());
    }
    return metric.equals("errors") && bound() > 0 ? (long) Math.ceil(1 / bound() - 1e-9) : 1;
  }

  /**
   * How much speaks for it having been met: 1 it clearly was, 0 it clearly was not, 0.5 the value
   * is exactly the bound. Between them it is how far the bound lies within the 95 % interval of the
   * value, as a probability; so a value that only just holds does not count as a full yes.
   */
  public double met(ProbeNumbers numbers) {
    return met(numbers, 0, 0);
  }

  /**
   * The same with bounds moved.
   *
   * @param time how much longer it may take, in ns
   * @param share how many more may fail
   */
  public double met(ProbeNumbers numbers, double time, double share) {
    Interval interval = interval(numbers);
    if (Double.isNaN(interval.estimate())) {
      return 0;
    }
    double room = bound() + (metric.equals("errors") ? share : time) - interval.estimate();
    double half =
        room >= 0 ? interval.high() - interval.estimate() : interval.estimate() - interval.low();
    if (half == 0 || room == 0) {
      return room > 0 || room == 0 && comparison.holds(interval.estimate()) ? 1 : 0;
    }
    return 1 / (1 + Math.exp(-LOGISTIC * Z * room / half));
  }

  /** The value with its interval; around NaN where nothing was measured. */
  Interval interval(ProbeNumbers numbers) {
    if (metric.equals("errors")) {
      return Proportions.interval(numbers.failed(step), numbers.total(step));
    }
    Histogram times = metric.equals("latency") ? numbers.latency(step) : numbers.serviceTime(step);
    if (times.getTotalCount() == 0) {
      return new Interval(0, Double.NaN, Double.POSITIVE_INFINITY);
    }
    return switch (statistic) {
      case "max" -> new Interval(times.getMaxValue(), times.getMaxValue(), times.getMaxValue());
      case "mean" -> {
        double half = Z * times.getStdDeviation() / Math.sqrt(times.getTotalCount());
        yield new Interval(times.getMean() - half, times.getMean(), times.getMean() + half);
      }
      default -> Quantiles.interval(times, quantile());
    };
  }

  /** {@code latency.p99 is 61.2 ms, not < 50 ms}. */
  public String sentence(ProbeNumbers numbers) {
    double value = interval(numbers).estimate();
    Unit unit = metric.equals("errors") ? Unit.RATIO : Unit.NANOSECONDS;
    return key
        + " is "
        + unit.format(value)
        + (comparison.holds(value) ? " (" : ", not ")
        + comparison
        + (comparison.holds(value) ? ")" : "");
  }

  /** The bound, in ns or as a ratio. */
  public double bound() {
    Quantity quantity = comparison.quantity();
    return quantity == null ? Double.NaN : quantity.value();
  }

  /** {@code p95} is 0.95, {@code p999} is 0.999, {@code p5} is 0.05, as the judge reads them. */
  private double quantile() {
    String digits = statistic.substring(1);
    return Double.parseDouble("0." + (digits.length() == 1 ? "0" + digits : digits));
  }
}
