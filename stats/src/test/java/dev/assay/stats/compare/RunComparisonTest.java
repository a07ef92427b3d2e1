package dev.assay.stats.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.stats.compare.Comparison.Answer;
import dev.assay.stats.compare.Comparison.Part;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RunComparisonTest {

  private static final int CASES = 300;
  private static final String ORDER = "BCBCBCBCBC";
  private static final RunComparison LOWER =
      new RunComparison(Better.LOWER, RunComparison.PRACTICAL_LIMIT);

  /** How runs differ. */
  private enum Between {
    NORMAL,
    HEAVY,
    TWO_MODES,
    DRIFT
  }

  @Test
  void unchangedRunsAreRarelyCalledChangedHoweverTheyScatter() {
    for (Between between : Between.values()) {
      // one per cent of 300 are 3; more than 8 come in less than one of 100
      assertThat(changed(between, 1)).as("of %s", between).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void aTenthSlowerIsFoundWhereRunsScatterByTwoPerCent() {
    assertThat(worse(Between.NORMAL, 1.1)).isGreaterThan(290);
    assertThat(worse(Between.HEAVY, 1.1)).isGreaterThan(270);
    assertThat(worse(Between.DRIFT, 1.1)).isGreaterThan(290);
  }

  @Test
  void aChangeBelowThePracticalLimitIsNotCalledWorse() {
    double[][] baseline = quiet(1, 5, 1);
    double[][] candidate = quiet(2, 5, 1.01);
    assertThat(LOWER.compare(baseline, candidate, "").answer()).isEqualTo(Answer.NOT_WORSE);
    assertThat(
            new RunComparison(Better.LOWER, 0.002)
                .compare(quiet(1, 40, 1), quiet(2, 40, 1.01), "")
                .answer())
        .isEqualTo(Answer.WORSE);
  }

  @Test
  void oneRunOnEachSideDecidesNextToNothing() {
    Comparison slower = LOWER.compare(quiet(1, 1, 1), quiet(2, 1, 1.08), "");
    assertThat(slower.answer()).isEqualTo(Answer.INCONCLUSIVE);
    assertThat(slower.furtherPairs()).isBetween(1, 20);
    assertThat(slower.effect().estimate()).isCloseTo(0.08, within(0.01));
    assertThat(LOWER.compare(quiet(1, 1, 1), quiet(2, 1, 2), "").answer()).isEqualTo(Answer.WORSE);
  }

  @Test
  void warmUpIsLeftOut() {
    double[][] baseline = quiet(1, 5, 1);
    double[][] candidate = quiet(2, 5, 1);
    for (double[][] side : new double[][][] {baseline, candidate}) {
      for (double[] run : side) {
        for (int i = 0; i < 60; i++) {
          run[i] *= 3;
        }
      }
    }
    Comparison comparison = LOWER.compare(baseline, candidate, ORDER);
    assertThat(comparison.warmUp()).isBetween(60, 65);
    assertThat(comparison.answer()).isEqualTo(Answer.NOT_WORSE);
    assertThat(LOWER.compare(quiet(1, 5, 1), quiet(2, 5, 1), ORDER).warmUp()).isLessThan(60);
  }

  @Test
  void aSlowerTailIsFoundInTheTail() {
    double[][] baseline = quiet(1, 5, 1);
    double[][] candidate = quiet(2, 5, 1);
    for (double[] run : candidate) {
      double[] sorted = run.clone();
      Arrays.sort(sorted);
      double bound = sorted[(int) (0.95 * sorted.length)];
      Arrays.setAll(run, i -> run[i] > bound ? run[i] * 1.6 : run[i]);
    }
    Comparison comparison = LOWER.compare(baseline, candidate, ORDER);
    assertThat(comparison.answer()).isEqualTo(Answer.WORSE);
    assertThat(comparison.of()).isEqualTo(Part.TAIL);
  }

  @Test
  void theIntervalIsBeyondZeroExactlyWhereTheAnswerNeedsItToBe() {
    for (int seed = 0; seed < 100; seed++) {
      Comparison comparison =
          LOWER.compare(
              runs(seed, Between.NORMAL, 1), runs(seed + 999, Between.NORMAL, 1.06), ORDER);
      boolean beyond = !comparison.effect().contains(0);
      assertThat(beyond).isEqualTo(comparison.probability() < RunComparison.ERROR);
      if (comparison.answer() == Answer.WORSE) {
        assertThat(comparison.effect().low()).isPositive();
        assertThat(comparison.effect().estimate()).isGreaterThan(RunComparison.PRACTICAL_LIMIT);
      }
    }
  }

  @Test
  void whatIsNotAboveZeroIsComparedByDifferences() {
    double[][] baseline = mapped(quiet(1, 5, 1), value -> value - 100);
    double[][] candidate = mapped(quiet(2, 5, 1), value -> value - 100 + 30);
    assertThat(LOWER.compare(baseline, candidate, "").answer()).isEqualTo(Answer.WORSE);
    double[][] zeros = {{0, 0, 0}, {0, 0, 0}};
    Comparison none = LOWER.compare(zeros, zeros, "");
    assertThat(none.effect().estimate()).isZero();
    assertThat(none.answer()).isNotEqualTo(Answer.WORSE);
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    double[][] run = {{1, 2}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOWER.compare(new double[0][], run, ""))
        .withMessageContaining("the baseline has no runs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOWER.compare(run, new double[][] {{}}, ""))
        .withMessageContaining("no samples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOWER.compare(run, new double[][] {{Double.NaN}}, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOWER.compare(run, run, "BCB"))
        .withMessageContaining("2 B and 1 C");
    assertThatIllegalArgumentException().isThrownBy(() -> LOWER.compare(run, run, "BX"));
    assertThatIllegalArgumentException().isThrownBy(() -> new RunComparison(Better.LOWER, 0));
  }

  @Property(seed = "6", tries = 50)
  void neitherTheUnitNorTheNameOfTheSidesMatters(
      @ForAll @LongRange(min = 0, max = 1000) long seed,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double factor) {
    double[][] baseline = runs(seed, Between.HEAVY, 1);
    double[][] candidate = runs(seed + 5000, Between.HEAVY, 1.07);
    Comparison plain = LOWER.compare(baseline, candidate, ORDER);
    Comparison scaled =
        LOWER.compare(
            mapped(baseline, value -> factor * value),
            mapped(candidate, value -> factor * value),
            ORDER);
    assertThat(scaled.answer()).isEqualTo(plain.answer());
    assertThat(scaled.effect().estimate()).isCloseTo(plain.effect().estimate(), within(1e-9));
    RunComparison higher = new RunComparison(Better.HIGHER, RunComparison.PRACTICAL_LIMIT);
    Comparison inverse =
        higher.compare(
            mapped(baseline, value -> 1 / value), mapped(candidate, value -> 1 / value), ORDER);
    assertThat(inverse.answer()).isEqualTo(plain.answer());
  }

  @Property(seed = "6", tries = 30)
  void aLargerEffectIsNeverLessClear(@ForAll @LongRange(min = 0, max = 1000) long seed) {
    double[][] baseline = runs(seed, Between.NORMAL, 1);
    boolean worse = false;
    for (double factor = 1; factor < 1.5; factor += 0.05) {
      boolean now =
          LOWER.compare(baseline, runs(seed + 5000, Between.NORMAL, factor), ORDER).answer()
              == Answer.WORSE;
      assertThat(now || !worse).as("at %s", factor).isTrue();
      worse = now;
    }
    assertThat(worse).isTrue();
  }

  private static int changed(Between between, double factor) {
    int count = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Answer answer = answer(seed, between, factor);
      count += answer == Answer.WORSE || answer == Answer.BETTER ? 1 : 0;
    }
    return count;
  }

  private static int worse(Between between, double factor) {
    int count = 0;
    for (int seed = 0; seed < CASES; seed++) {
      count += answer(seed, between, factor) == Answer.WORSE ? 1 : 0;
    }
    return count;
  }

  private static Answer answer(long seed, Between between, double factor) {
    double[][] all = both(seed, between);
    double[][] baseline = new double[5][];
    double[][] candidate = new double[5][];
    for (int i = 0; i < 5; i++) {
      baseline[i] = all[2 * i];
      candidate[i] = all[2 * i + 1];
    }
    return LOWER.compare(baseline, mapped(candidate, value -> factor * value), ORDER).answer();
  }

  private static double[][] runs(long seed, Between between, double factor) {
    return mapped(Arrays.copyOf(both(seed, between), 5), value -> factor * value);
  }

  /** Ten runs of 100 samples, correlated inside. */
  private static double[][] both(long seed, Between between) {
    SplittableRandom random = new SplittableRandom(seed * 31 + between.ordinal());
    double[][] runs = new double[10][100];
    double drift = 0;
    for (double[] run : runs) {
      drift += 0.01 * random.nextGaussian();
      double off =
          switch (between) {
            case NORMAL -> 0.02 * random.nextGaussian();
            case HEAVY -> 0.012 * random.nextGaussian() / Math.sqrt(0.2 + random.nextDouble());
            case TWO_MODES -> 0.005 * random.nextGaussian() + (random.nextDouble() < 0.3 ? 0.1 : 0);
            case DRIFT -> drift + 0.005 * random.nextGaussian();
          };
      double noise = 0;
      for (int i = 0; i < run.length; i++) {
        noise = 0.6 * noise + 0.8 * random.nextGaussian();
        run[i] = 20 * Math.exp(off + 0.05 * noise);
      }
    }
    return runs;
  }

  private static double[][] quiet(long seed, int count, double factor) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] runs = new double[count][300];
    for (double[] run : runs) {
      Arrays.setAll(run, i -> 50 * factor * Math.exp(0.05 * random.nextGaussian()));
    }
    return runs;
  }

  private static double[][] mapped(double[][] runs, DoubleUnaryOperator by) {
    return Arrays.stream(runs)
        .map(run -> Arrays.stream(run).map(by).toArray())
        .toArray(double[][]::new);
  }
}
