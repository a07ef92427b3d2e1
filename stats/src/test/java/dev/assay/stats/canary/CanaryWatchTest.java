package dev.assay.stats.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.stats.canary.CanaryWatch.Failures;
import dev.assay.stats.canary.CanaryWatch.Look;
import dev.assay.stats.canary.CanaryWatch.PartVerdict;
import dev.assay.stats.canary.CanaryWatch.Slower;
import dev.assay.stats.canary.Judgement.Answer;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CanaryWatchTest {

  private static final int CASES = 300;

  /**
   * A server of which all requests of a second are slow together now and then.
   *
   * @param requests of a look
   */
  private record Server(int requests, double failing, double slower) {

    Look look(SplittableRandom random) {
      Histogram latency = new Histogram(3);
      double second = Math.exp(0.1 * random.nextGaussian()) * (random.nextInt(20) == 0 ? 4 : 1);
      long failed = 0;
      for (int i = 0; i < requests; i++) {
        if (random.nextDouble() < failing) {
          failed++;
        } else {
          double value = 1e6 * slower * second * Math.exp(0.5 * random.nextGaussian());
          latency.recordValue((long) value);
        }
      }
      return new Look(failed, requests, latency);
    }
  }

  private static CanaryWatch watch() {
    return new CanaryWatch(true, true, 0.1, 0.01, 0.05, 1);
  }

  private static CanaryWatch watched(Server control, Server canary, int looks, long seed) {
    CanaryWatch watch = watch();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < looks && !watch.alarm(); i++) {
      watch.look(control.look(random), canary.look(random));
    }
    return watch;
  }

  private static int alarms(Server control, Server canary, int looks) {
    int alarms = 0;
    for (int seed = 0; seed < CASES; seed++) {
      alarms += watched(control, canary, looks, seed).alarm() ? 1 : 0;
    }
    return alarms;
  }

  /** Exactly as slow as is accepted, which is the worst case of "healthy". */
  @Test
  void aHealthyCanaryWithATenthOfTheTrafficIsRarelyAlarmedAbout() {
    assertThat(alarms(new Server(180, 0.02, 1), new Server(20, 0.02, 1.1), 120))
        .isLessThanOrEqualTo(CASES / 20);
  }

  @Test
  void aDoublingOfTheErrorsIsFoundWithinTenLooksOfFiveHundred() {
    assertThat(alarms(new Server(500, 0.03, 1), new Server(500, 0.06, 1), 10))
        .isGreaterThanOrEqualTo(CASES * 95 / 100);
  }

  @Test
  void aDoublingOfTheLatencyIsFoundWithinTwentyLooksAlthoughSecondsAreSlowTogether() {
    assertThat(alarms(new Server(500, 0.01, 1), new Server(500, 0.01, 2), 20))
        .isGreaterThanOrEqualTo(CASES * 95 / 100);
  }

  @Test
  void whatIsAsGoodIsShownToBeNoWorseInTime() {
    CanaryWatch watch = watched(new Server(900, 0.001, 1), new Server(300, 0.001, 1), 120, 5);
    assertThat(watch.verdicts())
        .extracting(PartVerdict::part)
        .containsExactly("errors", "latency.p50", "latency.p95");
    assertThat(watch.verdicts()).extracting(PartVerdict::answer).containsOnly(Answer.NOT_WORSE);
  }

  @Test
  void ofLittleTrafficNothingIsSaid() {
    CanaryWatch watch = watched(new Server(9, 0.001, 1), new Server(1, 0.001, 1), 4, 5);
    assertThat(watch.verdicts()).extracting(PartVerdict::answer).containsOnly(Answer.INCONCLUSIVE);
  }

  @Test
  void theNumbersExplainTheAlarm() {
    CanaryWatch watch = watch();
    Histogram none = new Histogram(3);
    watch.look(new Look(3, 900, none), new Look(18, 100, none));
    assertThat(watch.alarm()).isTrue();
    PartVerdict errors = watch.verdicts().getFirst();
    assertThat(errors.answer()).isEqualTo(Answer.WORSE);
    Failures shown = (Failures) errors.shown();
    assertThat(shown.canaryFailed()).isEqualTo(18);
    assertThat(shown.failed()).isEqualTo(21);
    assertThat(shown.share()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void theUnitDoesNotMatter() {
    SplittableRandom random = new SplittableRandom(3);
    CanaryWatch nanos = watch();
    CanaryWatch thousandfold = watch();
    for (int i = 0; i < 6; i++) {
      double[] left = random.doubles(50, 1e5, 2e5).toArray();
      double[] right = random.doubles(50, 2e5, 4e5).toArray();
      nanos.look(latencies(left, 1), latencies(right, 1));
      thousandfold.look(latencies(left, 1024), latencies(right, 1024));
    }
    assertThat(thousandfold.evidence()).isEqualTo(nanos.evidence());
    Slower shown = (Slower) nanos.verdicts().get(1).shown();
    assertThat(shown.slower()).isEqualTo(6);
    assertThat(shown.looks()).isEqualTo(6);
  }

  @Test
  void aSideWithoutRequestsSaysNothing() {
    CanaryWatch watch = watch();
    watch.look(
        new Server(100, 0.5, 1).look(new SplittableRandom(1)), new Look(0, 0, new Histogram(3)));
    assertThat(watch.evidence()).isEqualTo(1);
    assertThat(watch.verdicts())
        .extracting(PartVerdict::answer)
        .isEqualTo(List.of(Answer.INCONCLUSIVE, Answer.INCONCLUSIVE, Answer.INCONCLUSIVE));
  }

  private static Look latencies(double[] values, double times) {
    Histogram histogram = new Histogram(3);
    for (double value : values) {
      histogram.recordValue((long) value * (long) times);
    }
    return new Look(0, values.length, histogram);
  }
}
