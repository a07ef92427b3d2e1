package dev.assay.core.report;

import dev.assay.api.value.Comparison;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reason that compares a number with a bound, as read back from its expectation and numbers.
 * Immutable.
 *
 * @param metric the metric it speaks of
 * @param step the step, or null for all
 * @param statistic such as {@code p95}; {@code value} where the expectation names none
 * @param comparison the operator and the bound
 * @param limit the bound, in the unit of the evidence
 * @param observed what was observed, in the same unit
 * @param unit of both
 */
public record Bound(
    String metric,
    @Nullable String step,
    String statistic,
    Comparison comparison,
    double limit,
    double observed,
    Unit unit) {

  private static final Pattern EXPECTATION =
      Pattern.compile("([^\\s\\[<>=!~]+)(?:\\[(.*)])?(?:\\.(\\S+))?\\s+((?:<=?|>=?|==?|!=)\\s*.+)");
  private static final Pattern STATISTIC =
      Pattern.compile("p\\d+|min|max|mean|count|hits|total|last");
  private static final List<String> OBSERVED = List.of("observed", "value", "actual");

  /** The bound of a reason, if it has one and the number that was observed. */
  public static Optional<Bound> of(Reason reason) {
    Matcher matcher = EXPECTATION.matcher(reason.expectation());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Comparison comparison;
    try {
      comparison = Comparison.parse(matcher.group(4));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
    var quantity = comparison.quantity();
    String metric = matcher.group(1);
    String statistic = matcher.group(3);
    int dot = metric.lastIndexOf('.');
    if (statistic == null && dot > 0 && STATISTIC.matcher(metric.substring(dot + 1)).matches()) {
      statistic = metric.substring(dot + 1);
      metric = metric.substring(0, dot);
    }
    statistic = statistic == null ? "value" : statistic;
    Double observed = observed(reason.numbers(), statistic, metric);
    if (quantity == null || observed == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Bound(
            metric,
            matcher.group(2),
            statistic,
            comparison,
            quantity.value(),
            observed,
            quantity.unit()));
  }

  private static @Nullable Double observed(
      Map<String, Double> numbers, String statistic, String metric) {
    for (String name : OBSERVED) {
      if (numbers.containsKey(name)) {
        return numbers.get(name);
      }
    }
    Double byStatistic = numbers.get(statistic);
    return byStatistic == null ? numbers.get(metric) : byStatistic;
  }

  /** A number of the reason, for people: sizes of samples are plain, the rest is in the unit. */
  public static String format(Reason reason, String name, double value) {
    if (name.startsWith("change") || name.startsWith("worse") || name.equals("allowed")) {
      return Unit.RATIO.format(value);
    }
    Unit unit = of(reason).map(Bound::unit).orElse(Unit.NONE);
    boolean plain =
        name.endsWith("samples")
            || name.equals("least")
            || name.equals("count")
            || name.equals("hits")
            || name.equals("total")
            || name.equals("tests");
    if (plain && value == Math.rint(value)) {
      return Words.grouped((long) value);
    }
    return plain ? Unit.NONE.format(value) : unit.format(value);
  }
}
