package dev.assay.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

  @Test
  void countsExactlyRateTimesTime() {
    assertThat(Schedule.constant(500, 0, TimeUnit.SECONDS.toNanos(30)).arrivals()).isEqualTo(15000);
    assertThat(Schedule.constant(1 / 60.0, 0, TimeUnit.HOURS.toNanos(1)).arrivals()).isEqualTo(60);
    Schedule warm = Schedule.constant(1000, TimeUnit.SECONDS.toNanos(2), 1_500_000_000L);
    assertThat(warm.warmUp()).isEqualTo(2000);
    assertThat(warm.measured()).isEqualTo(1500);
  }

  @Test
  void neverDriftsInADay() {
    Schedule day = Schedule.constant(7, 0, TimeUnit.DAYS.toNanos(1));
    assertThat(day.offsetNanos(0)).isZero();
    assertThat(day.offsetNanos(7 * 86_400L)).isEqualTo(TimeUnit.DAYS.toNanos(1));
    long last = -1;
    for (long arrival = 0; arrival < day.arrivals(); arrival++) {
      long offset = day.offsetNanos(arrival);
      assertThat(offset).isGreaterThan(last);
      last = offset;
    }
  }
}
