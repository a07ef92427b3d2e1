package dev.assay.load.capacity;

import dev.assay.api.value.Unit;
import dev.assay.stats.Interval;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many targets like the measured one a rate takes, and what they cost: as many as the rate is
 * times the capacity of one, rounded up. That they do not share what gets scarce is assumed.
 *
 * @param rate what is planned for, in arrivals a second
 * @param fewest what it takes if the capacity of one is at the high end of its interval
 * @param likely what it takes at the estimate
 * @param most what it takes at the low end
 * @param hourly what one costs an hour, or null
 */
public record CapacityPlan(
    double rate, long fewest, long likely, long most, @Nullable Double hourly) {

  /**
   * For a capacity of one target.
   *
   * @param capacity of one, above 0
   */
  public static CapacityPlan of(double rate, Interval capacity, @Nullable Double hourly) {
    return new CapacityPlan(
        rate,
        many(rate, capacity.high()),
        many(rate, capacity.estimate()),
        many(rate, capacity.low()),
        hourly);
  }

  private static long many(double rate, double capacity) {
    return Math.max(1, (long) Math.ceil(rate / capacity));
  }

  /** For a person, in one sentence. */
  public String sentence() {
    boolean sure = likely == most;
    StringBuilder said = new StringBuilder();
    said.append(Unit.PER_SECOND.format(rate)).append(" takes ").append(targets(most));
    if (hourly != null) {
      said.append(" at ").append(money(most * hourly)).append(" an hour");
    }
    if (!sure) {
      said.append(" to be on the safe side, and ").append(likely).append(" as things look");
      if (hourly != null) {
        said.append(" (").append(money(likely * hourly)).append(')');
      }
    }
    return said.append(", as long as they share nothing that gets scarce").toString();
  }

  private static String targets(long many) {
    return many == 1 ? "1 target like this one" : many + " targets like this one";
  }

  private static String money(double amount) {
    return String.format(Locale.ROOT, "%.2f", amount);
  }
}
