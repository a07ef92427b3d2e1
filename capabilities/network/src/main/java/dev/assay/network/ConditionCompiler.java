package dev.assay.network;

import dev.assay.api.problem.Place;
import dev.assay.api.value.Share;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Counting;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.network.link.Distribution;
import dev.assay.network.link.Loss;
import dev.assay.network.link.Percentiles;
import dev.assay.network.link.Queue;
import dev.assay.network.link.Reordering;
import dev.assay.network.link.Trace;
import dev.assay.network.profile.Bandwidth;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a condition of what is written on top of another one. Immutable. */
final class ConditionCompiler {

  private final BiFunction<String, Place, Trace> traces;

  /**
   * A compiler.
   *
   * @param traces reads the file of a trace
   */
  ConditionCompiler(BiFunction<String, Place, Trace> traces) {
    this.traces = traces;
  }

  /**
   * The condition.
   *
   * @param base what it is like
   * @throws dev.assay.api.problem.ProblemException if a value cannot be used
   */
  Condition compile(ConditionConfiguration written, Condition base) {
    Place place = written.place();
    return new Condition(
        direction(written, written.up(), base.up(), place),
        direction(written, written.down(), base.down(), place));
  }

  private DirectionCondition direction(
      ConditionConfiguration both,
      @Nullable DirectionConfiguration own,
      DirectionCondition base,
      Place place) {
    DirectionCondition direction = base;
    Duration rtt = both.rtt();
    Duration jitter = both.jitter();
    if (rtt != null || jitter != null) {
      direction = direction.withDelay(valid(place, () -> roundTrip(base.delay(), rtt, jitter)));
    }
    Share loss = both.loss();
    if (loss != null) {
      direction = direction.withLoss(valid(place, () -> new Loss.Independent(loss.ratio())));
    }
    if (both.offline() != null) {
      direction = direction.withOffline(both.offline());
    }
    return own == null ? direction : direction(own, direction);
  }

  /** Half of a round trip; its jitter adds up as variances do. */
  private static Delay roundTrip(Delay base, @Nullable Duration rtt, @Nullable Duration jitter) {
    double middle = rtt == null ? middle(base.distribution()) : rtt.toNanos() / 2.0;
    double deviation =
        jitter == null ? base.distribution().deviation() : jitter.toNanos() / Math.sqrt(2);
    Distribution distribution =
        deviation == 0
            ? new Distribution.Constant(Math.round(middle))
            : new Distribution.Normal(middle, deviation);
    return new Delay(distribution, base.correlation());
  }

  private static double middle(Distribution distribution) {
    return distribution instanceof Distribution.Normal normal
        ? normal.middle()
        : distribution.mean();
  }

  private DirectionCondition direction(DirectionConfiguration written, DirectionCondition base) {
    Place place = written.place();
    DirectionCondition direction = base;
    String rate = written.rate();
    String trace = written.trace();
    if (rate != null && trace != null) {
      throw NetworkProblems.CONDITION_VALUE.failure(
          place, "there are both 'rate' and 'trace'", "keep one of them");
    }
    if (rate != null) {
      DirectionCondition before = direction;
      direction = valid(place, () -> before.withRate(Bandwidth.parse(rate).bitsPerSecond()));
    }
    if (trace != null) {
      direction = direction.withTrace(traces.apply(trace, place));
    }
    if (written.counting() != null) {
      boolean payload = written.counting() == DirectionConfiguration.Counted.PAYLOAD;
      direction = direction.withCounting(payload ? Counting.PAYLOAD : Counting.IP);
    }
    if (written.delay() != null) {
      direction = direction.withDelay(delay(written.delay()));
    }
    if (written.loss() != null) {
      direction = direction.withLoss(loss(written.loss()));
    }
    if (written.queue() != null) {
      direction = direction.withQueue(queue(written.queue(), direction.queue()));
    }
    return rest(written, direction);
  }

  private static DirectionCondition rest(DirectionConfiguration written, DirectionCondition base) {
    Place place = written.place();
    DirectionCondition direction = base;
    Share duplicate = written.duplicate();
    if (duplicate != null) {
      DirectionCondition before = direction;
      direction = valid(place, () -> before.withDuplicate(duplicate.ratio()));
    }
    if (written.reorder() != null) {
      direction = direction.withReordering(reordering(written.reorder(), base.reordering()));
    }
    if (written.window() != null) {
      DirectionCondition before = direction;
      long window = written.window().bytes();
      direction = valid(place, () -> before.withWindow(window));
    }
    if (written.slowStart() != null) {
      direction = direction.withSlowStart(written.slowStart());
    }
    return written.offline() == null ? direction : direction.withOffline(written.offline());
  }

  private static Delay delay(DelayConfiguration written) {
    Place place = written.place();
    long kinds =
        Stream.of(
                written.constant(),
                written.uniform(),
                written.normal(),
                written.logNormal(),
                written.pareto(),
                written.percentiles().isEmpty() ? null : written.percentiles())
            .filter(Objects::nonNull)
            .count();
    if (kinds != 1) {
      throw NetworkProblems.CONDITION_VALUE.failure(
          place,
          "a delay has one of 'constant', 'uniform', 'normal', 'log normal', 'pareto' and"
              + " 'percentiles', not "
              + kinds,
          "keep one of them");
    }
    return valid(
        place,
        () -> {
          Share correlation = written.correlation();
          return new Delay(distribution(written), correlation == null ? 0 : correlation.ratio());
        });
  }

  private static Distribution distribution(DelayConfiguration written) {
    Duration uniform = written.uniform();
    Duration normal = written.normal();
    Duration logNormal = written.logNormal();
    Duration pareto = written.pareto();
    Duration constant = written.constant();
    if (constant != null) {
      return new Distribution.Constant(constant.toNanos());
    }
    if (uniform != null) {
      return new Distribution.Uniform(uniform.toNanos(), nanos(written.spread(), "spread"));
    }
    if (normal != null) {
      return new Distribution.Normal(normal.toNanos(), nanos(written.deviation(), "deviation"));
    }
    if (logNormal != null) {
      return Distribution.LogNormal.of(
          logNormal.toNanos(), nanos(written.deviation(), "deviation"));
    }
    if (pareto != null) {
      Double shape = written.shape();
      return shape != null
          ? Distribution.Pareto.ofMean(pareto.toNanos(), shape)
          : Distribution.Pareto.ofDeviation(
              pareto.toNanos(), nanos(written.deviation(), "deviation' or 'shape"));
    }
    return percentiles(written.percentiles());
  }

  private static double nanos(@Nullable Duration value, String key) {
    if (value == null) {
      throw new IllegalArgumentException("the key '" + key + "' is missing");
    }
    return value.toNanos();
  }

  private static Distribution percentiles(Map<String, Duration> written) {
    SortedMap<Double, Long> table = new TreeMap<>();
    written.forEach((percentile, delay) -> {
      String number = percentile.replaceFirst("^p", "").replaceFirst("\\s*%$", "");
      if (!number.matches("\\d{1,3}(\\.\\d{1,9})?")) {
        throw new IllegalArgumentException("'" + percentile + "' is no percentile such as 99.9");
      }
      table.put(Double.parseDouble(number) / 100, delay.toNanos());
    });
    return new Percentiles(table);
  }

  private static Loss loss(LossConfiguration written) {
    Share share = written.share();
    boolean channel =
        Stream.of(
                written.badAfter(),
                written.goodAfter(),
                written.lostWhenBad(),
                written.lostWhenGood())
            .anyMatch(Objects::nonNull);
    Share badAfter = written.badAfter();
    Share goodAfter = written.goodAfter();
    if (share != null ? channel : badAfter == null || goodAfter == null) {
      throw NetworkProblems.CONDITION_VALUE.failure(
          written.place(),
          "losses are either a share, or have both 'bad after' and 'good after'",
          "write 1 %, or { bad after: 1 %, good after: 20 %, lost when bad: 50 % }");
    }
    return valid(
        written.place(),
        () ->
            share != null
                ? new Loss.Independent(share.ratio())
                : new Loss.GilbertElliott(
                    ratio(badAfter, 0),
                    ratio(goodAfter, 0),
                    ratio(written.lostWhenBad(), 1),
                    ratio(written.lostWhenGood(), 0)));
  }

  private static double ratio(@Nullable Share share, double otherwise) {
    return share == null ? otherwise : share.ratio();
  }

  private static Queue queue(QueueConfiguration written, Queue base) {
    long limit = written.limit() == null ? base.limit() : written.limit().bytes();
    long target = written.codel() == null ? base.target() : written.codel().toNanos();
    long interval =
        written.interval() == null
            ? Math.max(base.interval(), target)
            : written.interval().toNanos();
    return valid(written.place(), () -> new Queue(limit, target, interval));
  }

  private static Reordering reordering(ReorderConfiguration written, Reordering base) {
    double share = written.share() == null ? base.share() : written.share().ratio();
    int gap = written.gap() == null ? base.gap() : written.gap();
    boolean byJitter = written.byJitter() == null ? base.byJitter() : written.byJitter();
    return valid(written.place(), () -> new Reordering(share, gap, byJitter));
  }

  private static <T> T valid(Place place, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException | ArithmeticException refused) {
      throw NetworkProblems.CONDITION_VALUE.failure(
          place, String.valueOf(refused.getMessage()), "correct the values here");
    }
  }
}
