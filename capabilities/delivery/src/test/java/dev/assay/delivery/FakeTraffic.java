package dev.assay.delivery;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.spi.LiveChecks;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Verdict;
import dev.assay.stats.HistogramEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Checks whose evidence of many seconds is there as soon as they begin. Thread-safe. */
final class FakeTraffic implements LiveChecks {

  private record Side(int requests, double failing, double millis, boolean ended) {}

  private final Map<String, Side> sides = new HashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final int seconds;

  /** Traffic of so many seconds. */
  FakeTraffic(int seconds) {
    this.seconds = seconds;
  }

  FakeTraffic side(String check, int requests, double failing, double millis) {
    sides.put(check, new Side(requests, failing, millis, false));
    return this;
  }

  FakeTraffic thatEnded(String check) {
    sides.put(check, new Side(0, 0, 1, true));
    return this;
  }

  /** How many checks are open. */
  int open() {
    return open.get();
  }

  @Override
  public LiveCheck begin(String id, Duration atMost, Consumer<Evidence> evidence) {
    Side side = sides.get(id);
    open.incrementAndGet();
    SplittableRandom random = new SplittableRandom(id.hashCode());
    Instant start = Instant.now().plusSeconds(1);
    for (int i = 0; i < seconds && side.requests > 0; i++) {
      second(side, start.plusSeconds(i), random, evidence);
    }
    return new LiveCheck() {
      @Override
      public Verdict judge(Instant from, Instant to) {
        return new Verdict(dev.assay.api.verdict.Decision.INCONCLUSIVE, List.of(), "", "");
      }

      @Override
      public Verdict judge(String key, String comparison, Instant from, Instant to) {
        return judge(from, to);
      }

      @Override
      public boolean ended() {
        return side.ended;
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }

  private static void second(
      Side side, Instant from, SplittableRandom random, Consumer<Evidence> evidence) {
    Histogram latency = new Histogram(3);
    int failed = 0;
    for (int i = 0; i < side.requests; i++) {
      if (random.nextDouble() < side.failing) {
        failed++;
      } else {
        latency.recordValue((long) (1e6 * side.millis * Math.exp(0.2 * random.nextGaussian())));
      }
    }
    measured(evidence, "errors", Unit.RATIO, from, new Measured.Proportion(failed, side.requests));
    measured(
        evidence,
        "latency",
        Unit.NANOSECONDS,
        from,
        new Measured.Distribution(latency.getTotalCount(), HistogramEncoding.encode(latency)));
  }

  private static void measured(
      Consumer<Evidence> evidence, String metric, Unit unit, Instant from, Measured value) {
    evidence.accept(
        new Measurement(
            "check", metric, unit, from, from.plusSeconds(1), Map.of("step", "GET /"), value));
  }
}
