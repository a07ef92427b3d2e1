package dev.assay.core.parse;

import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key of an expectation, read against the metrics of a check type.
 *
 * @param metric the metric
 * @param step the step in brackets, or null
 * @param statistic the statistic; {@code value} where none is written
 */
public record MetricKey(Metric metric, @Nullable String step, String statistic) {

  private static final Pattern QUANTILE = Pattern.compile("p[1-9][0-9]{0,4}");

  /** Reads {@code latency[orders].p95}; empty where it names no metric or no statistic of it. */
  static Optional<MetricKey> read(String key, List<Metric> metrics) {
    String step = null;
    String bare = key;
    int open = key.indexOf('[');
    int close = key.lastIndexOf(']');
    if (open > 0 && close > open) {
      step = key.substring(open + 1, close);
      bare = key.substring(0, open) + key.substring(close + 1);
    }
    MetricKey found = null;
    for (Metric metric : metrics) {
      String statistic = statistic(bare, metric.name());
      boolean longer = found == null || metric.name().length() > found.metric().name().length();
      if (statistic != null && longer && known(metric, statistic)) {
        found = new MetricKey(metric, step, statistic);
      }
    }
    return Optional.ofNullable(found);
  }

  private static @Nullable String statistic(String key, String metric) {
    if (key.equals(metric)) {
      return "value";
    }
    return key.startsWith(metric + ".") ? key.substring(metric.length() + 1) : null;
  }

  private static boolean known(Metric metric, String statistic) {
    return statistics(metric).contains(statistic)
        || metric.shape() == Metric.Shape.DISTRIBUTION && QUANTILE.matcher(statistic).matches();
  }

  /** The statistics of a metric, the bare name as {@code value}. */
  static List<String> statistics(Metric metric) {
    return switch (metric.shape()) {
      case SCALAR -> List.of("value", "last", "min", "max", "mean", "count");
      case COUNT -> List.of("value");
      case PROPORTION -> List.of("value", "hits", "total");
      case DISTRIBUTION ->
          List.of(
              "p50", "p75", "p90", "p95", "p99", "p999", "p9999", "min", "max", "mean", "count",
              "value");
    };
  }

  /** Every key that could be written, for "did you mean". */
  static List<String> all(List<Metric> metrics) {
    List<String> keys = new ArrayList<>();
    for (Metric metric : metrics) {
      for (String statistic : statistics(metric)) {
        keys.add(statistic.equals("value") ? metric.name() : metric.name() + "." + statistic);
      }
    }
    return keys;
  }

  /** The unit of the statistic. */
  public Unit unit() {
    return switch (statistic) {
      case "count", "hits", "total" -> Unit.NONE;
      default -> metric.unit();
    };
  }
}
