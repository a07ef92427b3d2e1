package dev.assay.network.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DistributionTest {

  private static final double MS = 1e6;
  private static final int SAMPLES = 200_000;

  private static final List<Distribution> ALL =
      List.of(
          new Distribution.Constant(20_000_000),
          new Distribution.Uniform(40 * MS, 30 * MS),
          new Distribution.Uniform(10 * MS, 30 * MS),
          new Distribution.Normal(100 * MS, 20 * MS),
          new Distribution.Normal(10 * MS, 20 * MS),
          Distribution.LogNormal.of(50 * MS, 30 * MS),
          Distribution.Pareto.ofMean(50 * MS, 3.5),
          Distribution.Pareto.ofDeviation(100 * MS, 20 * MS),
          Distribution.Pareto.ofDeviation(10 * MS, 20 * MS),
          Percentiles.of(Map.of(0.0, 10_000_000L, 0.5, 20_000_000L, 0.99, 80_000_000L)));

  private static long[] samples(Distribution distribution) {
    SplittableRandom random = new SplittableRandom(4);
    DelayScores delays = new DelayScores(random);
    Delay delay = Delay.of(distribution);
    long[] samples = new long[SAMPLES];
    Arrays.setAll(samples, i -> delays.next(delay));
    return samples;
  }

  @Test
  void whatComesOutHasTheMeanThatIsStated() {
    for (Distribution distribution : ALL) {
      double mean = Arrays.stream(samples(distribution)).average().orElseThrow();
      assertThat(mean).as("%s", distribution).isCloseTo(distribution.mean(), within(0.2 * MS));
    }
  }

  @Test
  void whatComesOutHasThePercentilesOfTheDistribution() {
    double[] scores = {-1.2815515655446004, 0, 1.2815515655446004, 2.3263478740408408};
    double[] shares = {0.1, 0.5, 0.9, 0.99};
    for (Distribution distribution : ALL) {
      long[] samples = samples(distribution);
      Arrays.sort(samples);
      for (int i = 0; i < shares.length; i++) {
        double seen = samples[(int) (shares[i] * SAMPLES)];
        assertThat(seen)
            .as("%s at %s", distribution, shares[i])
            .isCloseTo(distribution.at(scores[i]), within(1.5 * MS));
      }
    }
  }

  @Test
  void aDelayIsNeverNegativeAndNeverEndless() {
    for (Distribution distribution : ALL) {
      for (double score = -40; score <= 40; score += 0.5) {
        assertThat(distribution.at(score)).isBetween(0L, Distribution.LONGEST);
      }
    }
  }

  @Test
  void theParetoOfNetemHasItsMeanAndDeviation() {
    Distribution pareto = Distribution.Pareto.ofDeviation(100 * MS, 20 * MS);
    assertThat(pareto.mean()).isCloseTo(100 * MS, within(1.0));
    assertThat(pareto.deviation()).isCloseTo(20 * MS, within(1.0));
  }

  @Test
  void theNormalDistributionIsRightFarOut() {
    assertThat(NormalScore.below(0)).isEqualTo(0.5, within(1e-15));
    assertThat(NormalScore.below(1.959963984540054)).isEqualTo(0.975, within(1e-14));
    assertThat(NormalScore.below(-5)).isEqualTo(2.8665157187919391e-7, within(1e-15));
    assertThat(NormalScore.below(-10)).isEqualTo(7.619853024160526e-24, within(1e-30));
  }

  @Test
  void correlatedDelaysKeepTheDistributionAndAreAlike() {
    Delay delay = new Delay(new Distribution.Normal(100 * MS, 10 * MS), 0.8);
    DelayScores delays = new DelayScores(new SplittableRandom(9));
    double sum = 0;
    double squares = 0;
    double products = 0;
    double before = 0;
    for (int i = 0; i < SAMPLES; i++) {
      double x = delays.next(delay) / MS - 100;
      sum += x;
      squares += x * x;
      products += x * before;
      before = x;
    }
    assertThat(sum / SAMPLES).isCloseTo(0, within(0.2));
    assertThat(Math.sqrt(squares / SAMPLES)).isCloseTo(10, within(0.2));
    assertThat(products / squares).isCloseTo(0.8, within(0.01));
  }

  @Test
  void whatIsNoDistributionIsRefused() {
    assertThatThrownBy(() -> new Distribution.Normal(-1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Distribution.Pareto(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Percentiles.of(Map.of(0.5, 2L, 0.9, 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not fall");
    assertThatThrownBy(() -> new Delay(new Distribution.Constant(1), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
