package dev.assay.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantilesTest {

  private static Histogram upTo(int n) {
    Histogram histogram = new Histogram(5);
    for (int i = 1; i <= n; i++) {
      histogram.recordValue(i);
    }
    return histogram;
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 10, 5",
    "0.5, 11, 6",
    "0.95, 100, 95",
    "0.99, 100, 99",
    "0.999, 100, 100",
    "0.07, 100, 7",
    "0.01, 10, 1",
    "0.999, 100000, 99900",
    "0.5, 1, 1"
  })
  void aQuantileIsTheSampleOfItsRank(double q, int n, double value) {
    assertThat(Quantiles.of(upTo(n), q)).isEqualTo(value);
  }

  /** By hand from binomial tails, as R's qbinom gives them. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 10, 2, 9", "0.5, 100, 40, 61", "0.5, 20, 6, 15", "0.95, 73, 65, 73",
    "0.5, 5, 0, Infinity", "0.95, 71, 63, Infinity", "0.99, 100, 97, Infinity", "0.05, 73, 1, 9"
  })
  void itsIntervalAreTheSamplesOfBinomialRanks(double q, int n, double low, double high) {
    Interval interval = Quantiles.interval(upTo(n), q);
    assertThat(interval.low()).isEqualTo(low);
    assertThat(interval.high()).isEqualTo(high);
  }

  @Test
  void theExactAndTheNormalRanksAgreeWhereTheyMeet() {
    // variance 999,999 and 1,000,001: on either side of the limit
    for (double tail : List.of(0.025, 0.975)) {
      long exact = Binomial.quantile(tail, 3_999_996, 0.5);
      long normal = Binomial.quantile(tail, 4_000_004, 0.5);
      assertThat(normal - exact).isBetween(3L, 5L);
    }
  }

  @Test
  void itsIntervalHoldsTheTrueQuantileAtItsLevel() {
    SplittableRandom random = new SplittableRandom(1);
    int held = 0;
    double truth = 10e6 * -Math.log(0.05);
    for (int i = 0; i < 2000; i++) {
      Histogram sample = Samples.blocks(1, 300, random, Samples::exponential).getFirst();
      held += Quantiles.interval(sample, 0.95).contains(truth) ? 1 : 0;
    }
    assertThat(held / 2000.0).isBetween(0.94, 0.985);
  }

  @Test
  void ofNothingThereIsNoQuantile() {
    Histogram empty = new Histogram(3);
    assertThat(Quantiles.of(empty, 0.5)).isNaN();
    assertThat(Quantiles.interval(empty, 0.5))
        .isEqualTo(new Interval(0, Double.NaN, Double.POSITIVE_INFINITY));
    assertThat(Quantiles.merge(List.of()).getTotalCount()).isZero();
  }

  @Test
  void mergedHistogramsHoldAllSamplesOfAnyRange() {
    Histogram far = new Histogram(3);
    far.recordValue(3_600_000_000_000L);
    Histogram merged = Quantiles.merge(List.of(upTo(10), far));
    assertThat(merged.getTotalCount()).isEqualTo(11);
    assertThat(Quantiles.of(merged, 0.999)).isCloseTo(3.6e12, within(3.6e9));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 10",
    "0.75, 20",
    "0.9, 50",
    "0.95, 100",
    "0.99, 500",
    "0.999, 5000",
    "0.9999, 50000",
    "0.05, 100",
    "0.01, 500",
    "0.97, 167"
  })
  void aQuantileNeedsFiveSamplesBeyondIt(double q, long samples) {
    assertThat(Quantiles.leastSamples(q)).isEqualTo(samples);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
  void thereIsNoQuantileOutsideOfZeroAndOne(double q) {
    assertThatIllegalArgumentException().isThrownBy(() -> Quantiles.of(upTo(3), q));
    assertThatIllegalArgumentException().isThrownBy(() -> Quantiles.leastSamples(q));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RatioOfQuantiles.interval(List.of(), List.of(), q, 1));
  }
}
