package dev.assay.network.proxy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Share;
import dev.assay.api.value.Unit;
import dev.assay.network.Conditions;
import dev.assay.network.NetworkProblems;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Counting;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Loss;
import dev.assay.network.profile.Bandwidth;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition as it is given on a command line: a profile with changes, or whole. Texts are as
 * people write them; a number alone is of milliseconds or bits per second. Immutable.
 *
 * @param profile what it begins with; nothing stands in the way without one
 * @param rtt the delay of the whole round trip, half of it each way
 * @param delay the delay each way; not with rtt
 * @param jitter the standard deviation of the round trip's delay, normally distributed
 * @param spread the most that the delay of each way is above or below, all equally likely; not with
 *     jitter
 * @param rate of each way
 * @param down rate to the client
 * @param up rate from the client
 * @param loss the share that is lost, each way
 * @param counting what rates count: ip or payload
 */
public record AdHocCondition(
    @Nullable String profile,
    @Nullable String rtt,
    @Nullable String delay,
    @Nullable String jitter,
    @Nullable String spread,
    @Nullable String rate,
    @Nullable String down,
    @Nullable String up,
    @Nullable String loss,
    @Nullable String counting) {

  private static final Pattern SHORT_RATE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgt]?)(?:bit|bits|bps)?");

  /**
   * The condition.
   *
   * @param names the networks that can be named
   * @throws ProblemException if an option cannot be read, or two exclude each other
   */
  public Condition condition(Conditions names) {
    exclude("--rtt", rtt, "--delay", delay);
    exclude("--jitter", jitter, "--spread", spread);
    Condition base =
        profile == null ? Condition.NONE : names.named(profile, Where.named("--profile"));
    return new Condition(
        direction(base.up(), "--up", up == null ? rate : up),
        direction(base.down(), "--down", down == null ? rate : down));
  }

  private DirectionCondition direction(
      DirectionCondition base, String option, @Nullable String limit) {
    DirectionCondition direction = base;
    if (rtt != null || delay != null || jitter != null || spread != null) {
      direction = direction.withDelay(delay(base.delay()));
    }
    if (limit != null) {
      direction = direction.withRate(read(option, limit, AdHocCondition::bitsPerSecond));
    }
    if (loss != null) {
      direction =
          direction.withLoss(
              read("--loss", loss, text -> new Loss.Independent(Share.parse(text).ratio())));
    }
    if (counting != null) {
      direction = direction.withCounting(read("--counting", counting, AdHocCondition::counting));
    }
    return direction;
  }

  private Delay delay(Delay base) {
    double middle = base.distribution().mean();
    if (rtt != null) {
      middle = read("--rtt", rtt, AdHocCondition::nanos) / 2;
    } else if (delay != null) {
      middle = read("--delay", delay, AdHocCondition::nanos);
    }
    double deviation =
        jitter == null ? 0 : read("--jitter", jitter, AdHocCondition::nanos) / Math.sqrt(2);
    double width = spread == null ? 0 : read("--spread", spread, AdHocCondition::nanos);
    double center = middle;
    String option = spread == null ? "--jitter" : "--spread";
    Distribution distribution =
        read(
            option,
            "",
            text -> {
              if (width > 0) {
                return new Distribution.Uniform(center, width);
              }
              return deviation > 0
                  ? new Distribution.Normal(center, deviation)
                  : new Distribution.Constant(Math.round(center));
            });
    return new Delay(distribution, base.correlation());
  }

  private static double nanos(String text) {
    Quantity quantity = Quantity.parse(text);
    double nanos =
        quantity.unit() == Unit.NONE ? quantity.value() * 1e6 : quantity.duration().toNanos();
    if (nanos < 0 || nanos > 60e9) {
      throw new IllegalArgumentException("a delay is 0 s to 60 s");
    }
    return nanos;
  }

  private static double bitsPerSecond(String text) {
    Matcher matcher = SHORT_RATE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches() || matcher.group(1).length() > 15) {
      return Bandwidth.parse(text).bitsPerSecond();
    }
    double factor =
        switch (matcher.group(2)) {
          case "k" -> 1e3;
          case "m" -> 1e6;
          case "g" -> 1e9;
          case "t" -> 1e12;
          default -> 1;
        };
    return new Bandwidth(Double.parseDouble(matcher.group(1)) * factor).bitsPerSecond();
  }

  private static Counting counting(String text) {
    return switch (text) {
      case "ip" -> Counting.IP;
      case "payload" -> Counting.PAYLOAD;
      default -> throw new IllegalArgumentException("'" + text + "' is neither ip nor payload");
    };
  }

  private static <T> T read(String option, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      throw NetworkProblems.OPTION.failure(
          Where.named(option),
          String.valueOf(wrong.getMessage()),
          "write times like 100ms, rates like 1.6mbit or 750kbit, shares like 1%");
    }
  }

  private static void exclude(
      String one, @Nullable String first, String other, @Nullable String second) {
    if (first != null && second != null) {
      throw NetworkProblems.OPTION.failure(
          Where.named(one), one + " and " + other + " say the same", "give one of them");
    }
  }
}
