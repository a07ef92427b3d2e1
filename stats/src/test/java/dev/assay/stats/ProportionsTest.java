package dev.assay.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionsTest {

  private static final Offset<Double> PRINTED = within(0.00005001);

  /** Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void aProportionHasWilsonsInterval(long hits, long total, double low, double high) {
    Interval interval = Proportions.interval(hits, total);
    assertThat(interval.low()).isCloseTo(low, PRINTED);
    assertThat(interval.high()).isCloseTo(high, PRINTED);
    assertThat(interval.estimate()).isEqualTo((double) hits / total);
  }

  /** Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339", "9, 10, 3, 10, 0.1705, 0.8090", "6, 7, 2, 7, 0.0582, 0.8062",
    "5, 56, 0, 29, -0.0381, 0.1926", "0, 10, 0, 20, -0.1611, 0.2775", "10, 10, 0, 20, 0.6791, 1"
  })
  void aDifferenceHasNewcombesInterval(
      long hits, long total, long baselineHits, long baselineTotal, double low, double high) {
    Interval interval = Proportions.difference(baselineHits, baselineTotal, hits, total);
    assertThat(interval.low()).isCloseTo(low, PRINTED);
    assertThat(interval.high()).isCloseTo(high, PRINTED);
  }

  @Property(seed = "1")
  void turningHitsIntoMissesMirrorsTheInterval(
      @ForAll @IntRange(max = 1000) int hits, @ForAll @IntRange(max = 1000) int misses) {
    Interval one = Proportions.interval(hits, hits + misses);
    Interval other = Proportions.interval(misses, hits + misses);
    assertThat(one.low()).isCloseTo(1 - other.high(), within(1e-9));
    assertThat(one.high()).isCloseTo(1 - other.low(), within(1e-9));
  }

  @Property(seed = "1")
  void moreHitsRaiseTheDifferenceAndMoreMarginLowersTheExcess(
      @ForAll @IntRange(max = 100) int before, @ForAll @IntRange(max = 99) int after) {
    Interval less = Proportions.difference(before, 100, after, 100);
    Interval more = Proportions.difference(before, 100, after + 1, 100);
    assertThat(more.low()).isGreaterThan(less.low());
    assertThat(more.high()).isGreaterThan(less.high());
    assertThat(Proportions.excess(before, 100, after, 100, 0.1).estimate())
        .isLessThanOrEqualTo(less.estimate());
  }

  @Test
  void theLevelOfTheDifferenceHoldsUnderTheNull() {
    SplittableRandom random = new SplittableRandom(3);
    int held = 0;
    for (int i = 0; i < 2000; i++) {
      held +=
          Proportions.difference(hits(random, 2000), 2000, hits(random, 1000), 1000).contains(0)
              ? 1
              : 0;
    }
    assertThat(held / 2000.0).isBetween(0.935, 0.975);
  }

  private static long hits(SplittableRandom random, int total) {
    return random.doubles(total).filter(value -> value < 0.02).count();
  }

  @Test
  void ofNothingNothingIsKnown() {
    assertThat(Proportions.interval(0, 0)).isEqualTo(new Interval(0, Double.NaN, 1));
    assertThat(Proportions.difference(0, 0, 1, 2)).isEqualTo(new Interval(-1, Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Proportions.interval(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Proportions.interval(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Proportions.excess(1, 2, 1, 2, -1));
  }
}
