package dev.assay.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatiosTest {

  private static final Interval UNKNOWN = new Interval(0, Double.NaN, Double.POSITIVE_INFINITY);

  private static double coverage(
      int blocks, int size, double q, ToDoubleFunction<SplittableRandom> draw) {
    SplittableRandom random = new SplittableRandom(7);
    int held = 0;
    for (int i = 0; i < 300; i++) {
      List<Histogram> baseline = Samples.blocks(blocks, size, random, draw);
      List<Histogram> candidate = Samples.blocks(blocks, size, random, draw);
      held += RatioOfQuantiles.interval(baseline, candidate, q, i).contains(1) ? 1 : 0;
    }
    return held / 300.0;
  }

  @Test
  void theSameExponentialLatencyIsCalledTheSame() {
    assertThat(coverage(30, 50, 0.95, Samples::exponential)).isBetween(0.90, 0.99);
  }

  @Test
  void theSameLognormalLatencyIsCalledTheSame() {
    assertThat(coverage(20, 50, 0.5, Samples::lognormal)).isBetween(0.90, 0.99);
  }

  @Test
  void theSameLatencyIsCalledTheSameOfTheFewestSecondsForABootstrap() {
    assertThat(coverage(5, 100, 0.95, Samples::lognormal)).isBetween(0.90, 1.0);
    assertThat(coverage(8, 100, 0.5, Samples::exponential)).isBetween(0.90, 1.0);
  }

  @Test
  void theSameLatencyIsCalledTheSameOfTooFewSecondsForABootstrap() {
    assertThat(coverage(3, 100, 0.9, Samples::lognormal)).isBetween(0.92, 1.0);
  }

  @Test
  void secondsThatAreSlowTogetherDoNotMakeAChange() {
    SplittableRandom random = new SplittableRandom(11);
    int held = 0;
    for (int i = 0; i < 200; i++) {
      held += RatioOfQuantiles.interval(waves(random), waves(random), 0.5, i).contains(1) ? 1 : 0;
    }
    // samples taken as independent would hold 1 in about half the cases
    assertThat(held / 200.0).isGreaterThan(0.85);
  }

  /** Seconds whose level follows that of the second before. */
  private static List<Histogram> waves(SplittableRandom random) {
    double[] level = {0};
    return IntStream.range(0, 60)
        .mapToObj(second -> {
          level[0] = 0.4 * level[0] + 0.2 * random.nextGaussian();
          double factor = Math.exp(level[0]);
          return Samples.blocks(1, 50, random, r -> factor * Samples.exponential(r)).getFirst();
        })
        .toList();
  }

  @Test
  void aSlowerCandidateIsSeenAndSoIsAFasterOne() {
    List<Histogram> baseline = Samples.blocks(30, 200, new SplittableRandom(1), Samples::lognormal);
    List<Histogram> candidate =
        Samples.blocks(30, 200, new SplittableRandom(2), Samples::lognormal);
    Interval slower = RatioOfQuantiles.interval(baseline, Samples.scaled(candidate, 1.5), 0.95, 1);
    assertThat(slower.low()).isGreaterThan(1.2);
    assertThat(slower.contains(1.5)).isTrue();
    Interval faster = RatioOfQuantiles.interval(baseline, Samples.scaled(candidate, 0.5), 0.95, 1);
    assertThat(faster.high()).isLessThan(0.7);
  }

  @Property(seed = "1", tries = 20)
  void theRatioGrowsAsTheCandidateDoesAndIsTheSameInAnyUnit(
      @ForAll @IntRange(min = 1, max = 12) int blocks, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Histogram> baseline = Samples.blocks(blocks, 40, random, Samples::exponential);
    List<Histogram> candidate = Samples.blocks(blocks, 40, random, Samples::exponential);
    Interval plain = RatioOfQuantiles.interval(baseline, candidate, 0.75, seed);
    Interval doubled =
        RatioOfQuantiles.interval(baseline, Samples.scaled(candidate, 2), 0.75, seed);
    Interval millis =
        RatioOfQuantiles.interval(
            Samples.scaled(baseline, 64), Samples.scaled(candidate, 64), 0.75, seed);
    assertClose(doubled, plain, 2);
    assertClose(millis, plain, 1);
  }

  private static void assertClose(Interval found, Interval wanted, double factor) {
    Percentage precision = Percentage.withPercentage(0.5);
    assertThat(found.low()).isCloseTo(factor * wanted.low(), precision);
    assertThat(found.estimate()).isCloseTo(factor * wanted.estimate(), precision);
    if (Double.isInfinite(wanted.high())) {
      assertThat(found.high()).isInfinite();
    } else {
      assertThat(found.high()).isCloseTo(factor * wanted.high(), precision);
    }
  }

  @Test
  void theSameSeedGivesTheSameAnswerAndAnotherADifferentOne() {
    List<Histogram> baseline = Samples.blocks(10, 50, new SplittableRandom(1), Samples::lognormal);
    List<Histogram> candidate = Samples.blocks(12, 50, new SplittableRandom(2), Samples::lognormal);
    Interval first = RatioOfQuantiles.interval(baseline, candidate, 0.5, 42);
    assertThat(RatioOfQuantiles.interval(baseline, candidate, 0.5, 42)).isEqualTo(first);
    assertThat(RatioOfQuantiles.interval(baseline, candidate, 0.5, 43)).isNotEqualTo(first);
  }

  @Test
  void aSeriesThatNeverChangesHasNoDoubt() {
    List<Histogram> constant = Samples.blocks(8, 10, new SplittableRandom(1), random -> 1000);
    assertThat(RatioOfQuantiles.interval(constant, constant, 0.95, 1))
        .isEqualTo(new Interval(1, 1, 1));
  }

  @Test
  void withoutSamplesNothingIsKnown() {
    List<Histogram> some = Samples.blocks(6, 10, new SplittableRandom(1), Samples::lognormal);
    List<Histogram> empty = List.of(new Histogram(3), new Histogram(3));
    assertThat(RatioOfQuantiles.interval(List.of(), some, 0.5, 1)).isEqualTo(UNKNOWN);
    assertThat(RatioOfQuantiles.interval(some, empty, 0.5, 1)).isEqualTo(UNKNOWN);
  }

  @Test
  void tooFewSamplesBoundNothing() {
    List<Histogram> few = Samples.blocks(2, 4, new SplittableRandom(1), Samples::lognormal);
    Interval interval = RatioOfQuantiles.interval(few, few, 0.95, 1);
    assertThat(interval.low()).isZero();
    assertThat(interval.estimate()).isEqualTo(1);
    assertThat(interval.high()).isInfinite();
  }

  /** R: qt(0.975, df). */
  @ParameterizedTest
  @CsvSource({
    "1, 12.7062",
    "2, 4.3027",
    "3, 3.1824",
    "4, 2.7764",
    "10, 2.2281",
    "30, 2.0423",
    "120, 1.9799",
    "900, 1.9626",
    "5000, 1.9600"
  })
  void studentsQuantileIsThatOfTheTables(double freedom, double quantile) {
    assertThat(StudentT.twoSided(freedom)).isCloseTo(quantile, within(0.0006));
  }

  /**
   * By hand: the logs of 1, e and of e^2, e^3 differ by 2, scatter 1/2 each, 2 degrees, t 4.3027.
   */
  @Test
  void fewValuesHaveWelchsIntervalOfTheirLogarithms() {
    double e = Math.E;
    Interval interval =
        RatioOfMeans.interval(new double[] {1, e}, new double[] {e * e, e * e * e}, 1);
    assertThat(Math.log(interval.low())).isCloseTo(2 - 4.3027 * Math.sqrt(0.5), within(1e-3));
    assertThat(Math.log(interval.estimate())).isCloseTo(2, within(1e-9));
    assertThat(Math.log(interval.high())).isCloseTo(2 + 4.3027 * Math.sqrt(0.5), within(1e-3));
  }

  @Test
  void theSameMeanIsCalledTheSame() {
    SplittableRandom random = new SplittableRandom(5);
    int many = 0;
    int few = 0;
    for (int i = 0; i < 500; i++) {
      many += RatioOfMeans.interval(values(30, random), values(30, random), i).contains(1) ? 1 : 0;
      few += RatioOfMeans.interval(values(3, random), values(4, random), i).contains(1) ? 1 : 0;
    }
    assertThat(many / 500.0).isBetween(0.90, 0.98);
    assertThat(few / 500.0).isBetween(0.92, 0.99);
  }

  private static double[] values(int count, SplittableRandom random) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> Samples.lognormal(random));
    return values;
  }

  @Test
  void meansThatNothingBoundsSaySo() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(RatioOfMeans.interval(new double[0], new double[] {1}, 1)).isEqualTo(UNKNOWN);
    assertThat(RatioOfMeans.interval(new double[] {2}, new double[] {1, 1, 1, 1, 1, 1}, 1))
        .isEqualTo(new Interval(0, 0.5, infinity));
    assertThat(RatioOfMeans.interval(new double[] {2, 0}, new double[] {1, 1}, 1))
        .isEqualTo(new Interval(0, 1, infinity));
    assertThat(RatioOfMeans.interval(new double[5], new double[5], 1))
        .isEqualTo(new Interval(1, 1, 1));
    assertThat(RatioOfMeans.interval(new double[] {3, 3}, new double[] {3, 3}, 1))
        .isEqualTo(new Interval(1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RatioOfMeans.interval(new double[] {-1}, new double[] {1}, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RatioOfMeans.interval(new double[] {Double.NaN}, new double[] {1}, 1));
  }

  /** By hand: 10 of 15 has Wilson's interval 0.4171 to 0.8482, the odds of which are the ratio. */
  @Test
  void ratesCompareAsAShareOfTheirEvents() {
    Interval interval = RatioOfRates.interval(5, 30, 10, 60);
    assertThat(interval.estimate()).isCloseTo(1, within(1e-12));
    assertThat(interval.low()).isCloseTo(0.5 * 0.7157, within(0.001));
    assertThat(interval.high()).isCloseTo(0.5 * 5.589, within(0.005));
  }

  @Test
  void ratesOfNothingAreUnbounded() {
    assertThat(RatioOfRates.interval(0, 1, 0, 1)).isEqualTo(UNKNOWN);
    assertThat(RatioOfRates.interval(0, 1, 9, 1).high()).isInfinite();
    assertThat(RatioOfRates.interval(9, 1, 0, 1).low()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> RatioOfRates.interval(1, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> RatioOfRates.interval(-1, 1, 1, 1));
  }

  @Test
  void anIntervalHoldsItsEstimate() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(2, 1, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(3, 3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(Double.NaN, 1, 2));
    assertThat(Interval.around(2, 1, 3)).isEqualTo(new Interval(1, 1, 3));
  }
}
