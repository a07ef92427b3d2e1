package dev.assay.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000;
  private static final long STEP = 1_000_000;

  /** Plays a centre that takes so many a second and throttles the rest; gives what it took. */
  private static int taken(Pace pace, int mostPerSecond, int seconds) {
    int taken = 0;
    int inThisSecond = 0;
    for (long now = 0; now < seconds * SECOND; now += STEP) {
      if (now % SECOND == 0) {
        inThisSecond = 0;
      }
      pace.learn(now);
      // as fast as a window of 50 with answers after 5 ms lets it
      for (int i = 0; i < 10 && pace.take(now); i++) {
        if (inThisSecond < mostPerSecond) {
          inThisSecond++;
          taken++;
          pace.good();
        } else {
          pace.throttled();
        }
      }
    }
    return taken;
  }

  @Test
  void aCentreThatTakesFiveHundredASecondIsGivenNearlyThat() {
    assertThat(taken(new Pace(0, 0), 500, 30)).isGreaterThan(30 * 475);
  }

  @Test
  void withoutThrottlingThereIsNoLimit() {
    Pace pace = new Pace(0, 0);

    assertThat(taken(pace, Integer.MAX_VALUE, 3)).isEqualTo(30_000);
    assertThat(pace.rate()).isZero();
  }

  @Test
  void aConfiguredLimitIsKept() {
    assertThat(taken(new Pace(200, 0), Integer.MAX_VALUE, 10)).isBetween(1_990, 2_010);
  }

  @Test
  void whatIsFasterAgainIsGivenMoreAgain() {
    Pace pace = new Pace(0, 0);
    for (int i = 0; i < 100; i++) {
      pace.throttled();
    }
    pace.learn(SECOND);
    assertThat(pace.rate()).isPositive();
    for (long now = SECOND; now < 120 * SECOND; now += SECOND / 10) {
      pace.good();
      pace.learn(now);
    }

    assertThat(pace.rate()).isZero();
  }
}
