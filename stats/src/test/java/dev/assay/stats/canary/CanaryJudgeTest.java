package dev.assay.stats.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.stats.canary.Judgement.Answer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanaryJudgeTest {

  private static final CanaryJudge LOWER = new CanaryJudge(true, CanaryJudge.PRACTICAL_LIMIT);
  private static final int CASES = 200;

  /** Five per cent of 200 are 10; more than 16 come in one of forty. */
  private static final int ALARMS = 16;

  /** What is measured. */
  private enum Kind {
    ERRORS,
    LATENCY,
    CORRELATED,
    COUNTS
  }

  @Test
  void aHealthyCanaryIsRarelyAlarmedAboutOverTenLooks() {
    for (Kind kind : Kind.values()) {
      assertThat(alarms(kind, 1)).as("of %s", kind).isLessThanOrEqualTo(ALARMS);
    }
  }

  @Test
  void aDoublingIsFoundWithinTenLooksOfFiveHundred() {
    for (Kind kind : Kind.values()) {
      assertThat(alarms(kind, 2)).as("of %s", kind).isGreaterThan(190);
    }
  }

  @Test
  void theExplanationCountsWhatFellOnTheCanary() {
    double[] control = new double[900];
    double[] canary = new double[100];
    Arrays.fill(control, 100, 103, 1);
    for (int i = 0; i < 18; i++) {
      canary[5 * i] = 1;
    }
    Judgement judgement = LOWER.judge(control, canary);
    assertThat(judgement.answer()).isEqualTo(Answer.WORSE);
    assertThat(judgement.events()).isEqualTo(18);
    assertThat(judgement.total()).isEqualTo(21);
    assertThat(judgement.share()).isCloseTo(0.1, within(1e-12));
    assertThat(judgement.effect().estimate()).isCloseTo(53, within(1e-9));
    assertThat(judgement.effect().low()).isPositive();
  }

  @Test
  void directionAndUnitAreTheCallers() {
    double[] control = samples(new SplittableRandom(1), Kind.LATENCY, 2000, 1);
    double[] canary = samples(new SplittableRandom(2), Kind.LATENCY, 2000, 1.5);
    assertThat(LOWER.judge(control, canary).answer()).isEqualTo(Answer.WORSE);
    assertThat(LOWER.judge(canary, control).answer()).isEqualTo(Answer.BETTER);
    CanaryJudge higher = new CanaryJudge(false, 0.1);
    assertThat(higher.judge(control, canary).answer()).isEqualTo(Answer.BETTER);
    assertThat(higher.judge(canary, control).answer()).isEqualTo(Answer.WORSE);
    double[] micros = Arrays.stream(control).map(value -> 1000 * value).toArray();
    double[] other = Arrays.stream(canary).map(value -> 1000 * value).toArray();
    assertThat(LOWER.judge(micros, other).evidence())
        .isEqualTo(LOWER.judge(control, canary).evidence());
  }

  @Test
  void manyEqualSamplesShowThatACanaryIsNotWorse() {
    double[] control = samples(new SplittableRandom(1), Kind.LATENCY, 20_000, 1);
    double[] canary = samples(new SplittableRandom(2), Kind.LATENCY, 20_000, 1);
    assertThat(LOWER.judge(control, canary).answer()).isEqualTo(Answer.NOT_WORSE);
  }

  @Test
  void withoutSamplesNothingIsSaid() {
    assertThat(LOWER.judge(new double[0], new double[] {1}).answer())
        .isEqualTo(Answer.INCONCLUSIVE);
    assertThat(LOWER.judge(new double[] {Double.NaN}, new double[] {1}).evidence()).isEqualTo(1);
    assertThat(LOWER.judge(new double[] {2}, new double[] {1}).answer())
        .isEqualTo(Answer.INCONCLUSIVE);
    assertThatIllegalArgumentException().isThrownBy(() -> new CanaryJudge(true, 0));
  }

  private static int alarms(Kind kind, double factor) {
    int alarms = 0;
    for (int seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] control = samples(random, kind, 5000, 1);
      double[] canary = samples(random, kind, 5000, factor);
      boolean alarm = false;
      for (int look = 1; look <= 10 && !alarm; look++) {
        alarm =
            LOWER
                    .judge(Arrays.copyOf(control, 500 * look), Arrays.copyOf(canary, 500 * look))
                    .answer()
                == Answer.WORSE;
      }
      alarms += alarm ? 1 : 0;
    }
    return alarms;
  }

  private static double[] samples(SplittableRandom random, Kind kind, int n, double factor) {
    double[] samples = new double[n];
    double noise = random.nextGaussian();
    for (int i = 0; i < n; i++) {
      noise = 0.8 * noise + 0.6 * random.nextGaussian();
      samples[i] =
          switch (kind) {
            case ERRORS -> random.nextDouble() < 0.02 * factor ? 1 : 0;
            case LATENCY -> factor * Math.exp(0.6 * random.nextGaussian());
            case CORRELATED -> factor * Math.exp(0.3 * noise);
            case COUNTS -> Math.floor(factor * 3 * random.nextDouble() + random.nextDouble());
          };
    }
    return samples;
  }
}
