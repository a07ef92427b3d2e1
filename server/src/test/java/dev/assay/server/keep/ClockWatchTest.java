package dev.assay.server.keep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A clock that goes is told from one that was set. */
class ClockWatchTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T00:00:00Z"));
  private final AtomicLong steady = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
  private final ClockWatch watch =
      new ClockWatch(
          new Clock() {
            @Override
            public Instant now() {
              return now.get();
            }

            @Override
            public long nanos() {
              return steady.get();
            }
          });

  @Test
  void aDayThatPassesIsNoChange() {
    now.set(now.get().plus(Duration.ofDays(1)));
    steady.addAndGet(Duration.ofDays(1).toNanos());

    assertThat(watch.set()).isZero();
  }

  @Test
  void aYearAtOnceIsOneAndIsToldOnce() {
    now.set(now.get().plus(Duration.ofDays(365)));
    steady.addAndGet(Duration.ofHours(2).toNanos());

    assertThat(watch.set()).isEqualTo(Duration.ofDays(365).minusHours(2));
    assertThat(watch.set()).isZero();
  }

  @Test
  void backwardIsNegative() {
    now.set(now.get().minus(Duration.ofDays(30)));

    assertThat(watch.set()).isEqualTo(Duration.ofDays(-30));
  }
}
