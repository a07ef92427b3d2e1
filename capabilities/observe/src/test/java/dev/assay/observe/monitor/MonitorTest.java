package dev.assay.observe.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.Place;
import dev.assay.api.verdict.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When monitors are due, and when their results make an alert. */
class MonitorTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static MonitorSchedule schedule(
      @Nullable Duration every, @Nullable String cron, String zone, Duration jitter) {
    return MonitorSchedule.of(
        "m", new MonitorConfiguration("c", every, cron, zone, "here", jitter, null, Place.NONE));
  }

  private static MonitorSchedule every(int seconds) {
    return schedule(Duration.ofSeconds(seconds), null, "UTC", Duration.ZERO);
  }

  @Test
  void itIsDueAtWholeMultiplesWhateverWhenItBegan() {
    assertThat(every(60).next(NOON.plusSeconds(17))).isEqualTo(NOON.plusSeconds(60));
    assertThat(every(60).next(NOON)).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void aCronMomentOfTheHourThatIsLeftOutIsDueWhenTheClocksHaveMoved() {
    MonitorSchedule daily = schedule(null, "30 2 * * *", "Europe/Berlin", Duration.ZERO);

    assertThat(daily.next(Instant.parse("2026-03-28T12:00:00Z"))).isEqualTo("2026-03-29T01:00:00Z");
    assertThat(daily.next(Instant.parse("2026-10-24T12:00:00Z"))).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(daily.next(Instant.parse("2026-10-25T00:30:00Z"))).isEqualTo("2026-10-26T01:30:00Z");
  }

  @Test
  void jitterIsTheSameForEverybodyAndShorterThanItsBound() {
    MonitorSchedule one = schedule(Duration.ofMinutes(1), null, "UTC", Duration.ofSeconds(30));
    for (int i = 0; i < 1_000; i++) {
      Instant moment = NOON.plusSeconds(60L * i);
      assertThat(one.jittered(moment))
          .isEqualTo(one.jittered(moment))
          .isBetween(moment, moment.plusSeconds(30));
    }
  }

  @Test
  void whatSaysNoTimeOrTwoIsRefused() {
    assertThatThrownBy(() -> schedule(null, null, "UTC", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> schedule(Duration.ofMinutes(1), "* * * * *", "UTC", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> schedule(null, "61 * * * *", "UTC", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatWasMissedIsCarriedOutOnceAndTheRestCounted() {
    Clockwork clockwork = new Clockwork();
    clockwork.add("m", every(60), NOON, NOON.plusSeconds(600));

    List<Clockwork.Due> due = clockwork.due(NOON.plusSeconds(600));

    assertThat(due).containsExactly(new Clockwork.Due("m", NOON.plusSeconds(60), 9));
    assertThat(clockwork.counts("m").misfires()).isEqualTo(9);
    assertThat(clockwork.next()).isEqualTo(NOON.plusSeconds(660));
  }

  @Test
  void whatIsDueWhileItStillRunsIsLeftOutAndCounted() {
    Clockwork clockwork = new Clockwork();
    clockwork.add("m", every(60), null, NOON);
    assertThat(clockwork.due(NOON.plusSeconds(60))).hasSize(1);

    assertThat(clockwork.due(NOON.plusSeconds(120))).isEmpty();
    assertThat(clockwork.due(NOON.plusSeconds(180))).isEmpty();
    clockwork.ended("m");

    assertThat(clockwork.counts("m")).isEqualTo(new Clockwork.Counts(0, 2));
    assertThat(clockwork.due(NOON.plusSeconds(240))).hasSize(1);
  }

  @Test
  void anAlertOpensAfterSoManyFailuresAndClosesAfterSoManyPassesInARow() {
    AlertWatch watch = new AlertWatch(new FlapRule(2, 3, 2));
    List<AlertWatch.Change> changes = new ArrayList<>();
    for (Decision decision :
        List.of(
            Decision.PASS,
            Decision.FAIL,
            Decision.PASS,
            Decision.FAIL,
            Decision.PASS,
            Decision.FAIL,
            Decision.PASS,
            Decision.PASS)) {
      changes.add(watch.take(decision));
    }

    assertThat(changes)
        .containsExactly(
            AlertWatch.Change.NONE,
            AlertWatch.Change.NONE,
            AlertWatch.Change.NONE,
            AlertWatch.Change.OPENED,
            AlertWatch.Change.NONE,
            AlertWatch.Change.NONE,
            AlertWatch.Change.NONE,
            AlertWatch.Change.CLOSED);
  }

  @Test
  void whatCouldNotBeCarriedOutIsNoPass() {
    AlertWatch watch = new AlertWatch(new FlapRule(1, 1, 1));

    assertThat(watch.take(Decision.NOT_RUN)).isEqualTo(AlertWatch.Change.OPENED);
    assertThat(watch.take(Decision.INCONCLUSIVE)).isEqualTo(AlertWatch.Change.NONE);
    assertThat(watch.open()).isTrue();
  }
}
