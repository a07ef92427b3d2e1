package dev.assay.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThresholdPosteriorTest {

  private final ThresholdPosterior posterior = new ThresholdPosterior(100, 10_000, 0.002);

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(posterior.quantile(0.5)).isCloseTo(1000, within(1.0));
    assertThat(posterior.below(100)).isCloseTo(Math.log(2) / Math.log(400), within(0.001));
    assertThat(posterior.below(1)).isZero();
    assertThat(posterior.below(1e6)).isEqualTo(1);
  }

  @Test
  void aYesMovesItUpAndANoDown() {
    posterior.add(1000, 1);
    assertThat(posterior.below(1000)).isLessThan(0.15);
    posterior.add(4000, 0);
    posterior.add(4000, 0);
    assertThat(posterior.below(4000)).isGreaterThan(0.9);
    assertThat(posterior.quantile(0.5)).isBetween(1000.0, 4000.0);
  }

  @Test
  void aFalseAnswerIsOutvoted() {
    posterior.add(200, 0);
    for (int i = 0; i < 4; i++) {
      posterior.add(800, 1);
    }
    assertThat(posterior.below(200)).isLessThan(0.05);
  }

  @Test
  void anAnswerHalfAndHalfLiesOnTheThreshold() {
    for (int i = 0; i < 10; i++) {
      posterior.add(1000, 0.5);
    }
    assertThat(posterior.quantile(0.5)).isCloseTo(1000, within(20.0));
  }

  @Test
  void quantilesAndProbabilitiesAreEachOthersInverse() {
    posterior.add(700, 1);
    posterior.add(900, 0);
    for (double p = 0.02; p < 1; p += 0.07) {
      assertThat(posterior.below(posterior.quantile(p))).isCloseTo(p, within(1e-9));
    }
  }

  @Test
  void theIntervalHoldsTheTruthAtItsLevelWhereverAnswersWereAsked() {
    SplittableRandom random = new SplittableRandom(2);
    int held = 0;
    for (int i = 0; i < 300; i++) {
      ThresholdPosterior one = new ThresholdPosterior(100, 10_000, 0.002);
      double truth = 150 * Math.pow(40, random.nextDouble());
      for (int k = 0; k < 20; k++) {
        double at = one.quantile(0.1 + 0.8 * random.nextDouble());
        one.add(at, random.nextDouble() < 1 / (1 + Math.pow(at / truth, 25)) ? 1 : 0);
      }
      held += one.interval().contains(truth) ? 1 : 0;
    }
    assertThat(held / 300.0).isGreaterThanOrEqualTo(0.92);
  }

  @Test
  void thereIsNoRangeWithoutLength() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ThresholdPosterior(5, 5, 0.01));
    assertThatIllegalArgumentException().isThrownBy(() -> posterior.add(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> posterior.add(10, 1.1));
  }
}
