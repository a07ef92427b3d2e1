package dev.assay.server.keep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.SetClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A clock that goes is told from one that was set. */
class ClockWatchTest {

  private final SetClock clock = new SetClock("2026-11-22T00:00:00Z", Long.MAX_VALUE - 5);
  private final ClockWatch watch = new ClockWatch(clock);

  @Test
  void aDayThatPassesIsNoChange() {
    clock.pass(Duration.ofDays(1));

    assertThat(watch.set()).isZero();
  }

  @Test
  void aYearAtOnceIsOneAndIsToldOnce() {
    clock.set(Duration.ofDays(365));
    clock.pass(Duration.ofHours(2));

    assertThat(watch.set()).isEqualTo(Duration.ofDays(365));
    assertThat(watch.set()).isZero();
  }

  @Test
  void backwardIsNegative() {
    clock.set(Duration.ofDays(-30));

    assertThat(watch.set()).isEqualTo(Duration.ofDays(-30));
  }
}
