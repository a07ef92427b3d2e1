package dev.assay.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.Place;
import dev.assay.chaos.Schedule.Planned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static Schedule schedule(ChaosConfiguration configuration, long seed) {
    FakeSystem system = new FakeSystem();
    return Schedule.of(
        configuration,
        one -> system.fault("kill " + Objects.requireNonNull(one.kill()).service()),
        seed);
  }

  private static ChaosConfiguration random(int count) {
    return Written.experiment(
        Map.of(),
        new ChaosConfiguration.RandomFaults(
            count,
            Duration.ofSeconds(120),
            List.of(Written.kill("a", 0, 5000), Written.kill("b", 0, 5000)),
            Place.NONE),
        null,
        Duration.ofSeconds(60));
  }

  @Test
  void aRepeatedFaultHappensThatOften() {
    Schedule schedule =
        schedule(
            Written.experiment(
                Written.fault(
                    "a",
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Map.of(),
                    Duration.ofSeconds(30),
                    3,
                    null)),
            1);

    assertThat(schedule.timed())
        .extracting(one -> one.begin().toSeconds())
        .containsExactly(10L, 40L, 70L);
    assertThat(schedule.timed())
        .extracting(Planned::name)
        .containsExactly("kill a", "kill a (2)", "kill a (3)");
    assertThat(schedule.length()).isEqualTo(Duration.ofSeconds(75));
  }

  @Test
  void theSameSeedDrawsTheSameAndAnotherAnother() {
    assertThat(times(schedule(random(20), 7))).isEqualTo(times(schedule(random(20), 7)));
    assertThat(times(schedule(random(20), 7))).isNotEqualTo(times(schedule(random(20), 8)));
  }

  private static List<String> times(Schedule schedule) {
    return schedule.timed().stream().map(one -> one.begin() + " " + one.name()).toList();
  }

  @Test
  void aTargetIsNotBrokenWhileItIsBroken() {
    for (long seed = 0; seed < 200; seed++) {
      Duration free = Duration.ZERO;
      for (Planned one : schedule(random(30), seed).timed()) {
        if (one.fault().what().equals("kill a")) {
          assertThat(one.begin()).as("seed " + seed).isGreaterThanOrEqualTo(free);
          free = one.end();
        }
      }
    }
  }

  @Test
  void drawnFaultsFallIntoTheirTimeAndOnAllThatIsListed() {
    List<Planned> drawn = schedule(random(4), 42).timed();

    assertThat(drawn).hasSize(4);
    assertThat(
            java.util.stream.LongStream.range(0, 50)
                .mapToObj(seed -> schedule(random(4), seed))
                .flatMap(one -> one.timed().stream())
                .map(one -> one.fault().what())
                .distinct())
        .containsExactlyInAnyOrder("kill a", "kill b");
  }

  @Test
  void aRiseOfIntensityIsReadAsItIsWritten() {
    assertThat(Intensity.parse("0..100 % in 5 steps").steps())
        .containsExactly(0.2, 0.4, 0.6, 0.8, 1.0);
    assertThat(Intensity.parse("50 %..100 % in 2 steps").steps()).containsExactly(0.5, 1.0);
    assertThat(Intensity.parse("80..80 % in 1 step").steps()).containsExactly(0.8);
    assertThatThrownBy(() -> Intensity.parse("0..0 % in 5 steps"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Intensity.parse("0..200 % in 5 steps"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Intensity.parse("slowly"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
