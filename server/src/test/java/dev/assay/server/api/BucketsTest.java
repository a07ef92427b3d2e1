package dev.assay.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.server.api.Buckets.Left;
import dev.assay.server.api.Buckets.Rate;
import dev.assay.testkit.SetClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A bucket gives what it holds, and fills again. */
class BucketsTest {

  private final SetClock clock = new SetClock("2026-01-01T00:00:00Z");

  @Test
  void whatWasTakenComesAgainWithTimeAndNoMoreThanThereWas() {
    Buckets buckets = new Buckets(clock);
    Rate rate = new Rate(10, 2);
    for (int i = 9; i >= 0; i--) {
      assertThat(buckets.take("one", rate).left()).isEqualTo(i);
    }
    Left none = buckets.take("one", rate);
    assertThat(none.none()).isTrue();
    assertThat(none.told("key")).isEqualTo("\"key\";r=0;t=5");
    assertThat(none.policy("key")).isEqualTo("\"key\";q=10;w=5");
    assertThat(buckets.take("another", rate).none()).isFalse();

    clock.pass(Duration.ofMillis(500));
    assertThat(buckets.take("one", rate).left()).isZero();
    assertThat(buckets.take("one", rate).none()).isTrue();
    clock.pass(Duration.ofHours(1));
    assertThat(buckets.take("one", rate).left()).isEqualTo(9);
  }
}
