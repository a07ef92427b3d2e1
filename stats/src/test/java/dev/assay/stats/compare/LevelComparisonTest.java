package dev.assay.stats.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.stats.compare.Comparison.Answer;
import dev.assay.stats.compare.LevelComparison.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LevelComparisonTest {

  private static final LevelComparison COMPARISON = new LevelComparison(LevelComparison.ERROR);
  private static final double LIMIT = Math.log(1.05);

  private static double[] runs(SplittableRandom random, int count, double level, double scatter) {
    double[] runs = new double[count];
    for (int i = 0; i < count; i++) {
      runs[i] = level + scatter * random.nextGaussian();
    }
    return runs;
  }

  private static Levels levels(double[] baseline, double[] candidate, String order) {
    return new Levels(Better.LOWER, baseline, candidate, 0.0001, order, Scatter.USUAL, LIMIT);
  }

  private static Levels levels(long seed, int count, double difference) {
    SplittableRandom random = new SplittableRandom(seed);
    return levels(
        runs(random, count, 0, 0.02), runs(random, count, difference, 0.02), "BC".repeat(count));
  }

  private static Result one(Levels levels) {
    return COMPARISON.compare(List.of(levels)).getFirst();
  }

  @Test
  void amongTwentyUnchangedMetricsOneIsRarelyCalledChanged() {
    int alarms = 0;
    for (int seed = 0; seed < 300; seed++) {
      List<Levels> metrics = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        metrics.add(levels(seed * 1000L + i, 5, 0));
      }
      boolean alarm =
          COMPARISON.compare(metrics).stream()
              .anyMatch(r -> r.answer() == Answer.WORSE || r.answer() == Answer.BETTER);
      alarms += alarm ? 1 : 0;
    }
    // one per cent of 300 are 3; more than 8 come in less than one of 100
    assertThat(alarms).isLessThanOrEqualTo(8);
  }

  @Test
  void aTenthMoreIsFoundAmongTwentyMetrics() {
    int found = 0;
    for (int seed = 0; seed < 100; seed++) {
      List<Levels> metrics = new ArrayList<>();
      metrics.add(levels(seed, 8, Math.log(1.1)));
      for (int i = 1; i < 20; i++) {
        metrics.add(levels(seed * 1000L + i, 8, 0));
      }
      found += COMPARISON.compare(metrics).getFirst().answer() == Answer.WORSE ? 1 : 0;
    }
    assertThat(found).isGreaterThan(90);
  }

  @Test
  void theIntervalClearsZeroExactlyWhereTheDifferenceIsSignificantAmongAll() {
    for (int seed = 0; seed < 200; seed++) {
      List<Levels> metrics = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        metrics.add(levels(seed * 10L + i, 5, i * 0.03));
      }
      for (Result result : COMPARISON.compare(metrics)) {
        boolean clears = result.low() > 0 || result.high() < 0;
        assertThat(clears).isEqualTo(result.probability() < LevelComparison.ERROR);
      }
    }
  }

  @Test
  void oneRunOnEachSideDecidesOnlyWhatTheHistoryAllows() {
    double[] one = {0};
    Result unknown = one(levels(one, new double[] {Math.log(1.15)}, ""));
    assertThat(unknown.answer()).isEqualTo(Answer.INCONCLUSIVE);
    assertThat(unknown.further()).isBetween(1, 20);
    double[] calm = runs(new SplittableRandom(3), 30, 0, 0.005);
    Levels known =
        new Levels(
            Better.LOWER,
            one,
            new double[] {Math.log(1.15)},
            0,
            "",
            Scatter.USUAL.learn(calm, 0),
            LIMIT);
    assertThat(one(known).answer()).isEqualTo(Answer.WORSE);
  }

  @Test
  void aRestlessHistoryAsksForMore() {
    double[] restless = runs(new SplittableRandom(3), 30, 0, 0.2);
    Scatter learnt = Scatter.USUAL.learn(restless, 0);
    assertThat(learnt.deviation()).isCloseTo(0.2, within(0.06));
    assertThat(learnt.freedom()).isGreaterThan(Scatter.USUAL.freedom());
    double[] twoModes = new double[30];
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < twoModes.length; i++) {
      twoModes[i] = random.nextBoolean() ? 0.1 : 0;
    }
    assertThat(Scatter.USUAL.learn(twoModes, 0).deviation()).isGreaterThan(0.05);
  }

  @Test
  void threeEarlierRunsAndTheNoiseInsideThemSayNothing() {
    assertThat(Scatter.USUAL.learn(new double[] {1, 2, 3}, 0)).isEqualTo(Scatter.USUAL);
    double[] history = runs(new SplittableRandom(5), 20, 0, 0.02);
    assertThat(Scatter.USUAL.learn(history, 1).deviation()).isLessThan(0.02);
  }

  @Test
  void pairsTakeOutTheWeatherOfTheirTime() {
    SplittableRandom random = new SplittableRandom(8);
    double[] before = new double[8];
    double[] after = new double[8];
    for (int i = 0; i < 8; i++) {
      double weather = 0.3 * random.nextGaussian();
      before[i] = weather + 0.01 * random.nextGaussian();
      after[i] = weather + Math.log(1.12) + 0.01 * random.nextGaussian();
    }
    assertThat(one(levels(before, after, "BC".repeat(8))).answer()).isEqualTo(Answer.WORSE);
    assertThat(one(levels(before, after, "")).answer()).isEqualTo(Answer.INCONCLUSIVE);
  }

  @Test
  void whatIsHigherMayBeBetter() {
    double[] low = runs(new SplittableRandom(1), 8, 0, 0.01);
    double[] high = runs(new SplittableRandom(2), 8, 0.2, 0.01);
    Levels higher = new Levels(Better.HIGHER, low, high, 0, "", Scatter.USUAL, LIMIT);
    assertThat(one(higher).answer()).isEqualTo(Answer.BETTER);
    Levels lower = new Levels(Better.HIGHER, high, low, 0, "", Scatter.USUAL, LIMIT);
    assertThat(one(lower).answer()).isEqualTo(Answer.WORSE);
  }

  @Test
  void holmKeepsTheOrderAndNeverExceedsOne() {
    assertThat(LevelComparison.holm(new double[] {0.04, 0.001, 0.5}))
        .containsExactly(0.08, 0.003, 0.5);
    assertThat(LevelComparison.holm(new double[] {0.9, 0.9})).containsExactly(1, 1);
    assertThat(LevelComparison.holm(new double[] {})).isEmpty();
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> levels(new double[0], new double[1], ""))
        .withMessageContaining("each side");
    assertThatIllegalArgumentException().isThrownBy(() -> new LevelComparison(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Scatter(-1, 3));
  }

  @Property(seed = "6", tries = 50)
  void theNameOfTheSidesDoesNotMatter(@ForAll @LongRange(min = 0, max = 1000) long seed) {
    Levels levels = levels(seed, 5, 0.04);
    Result plain = one(levels);
    Result turned =
        one(
            new Levels(
                Better.HIGHER,
                levels.candidate(),
                levels.baseline(),
                levels.within(),
                "CB".repeat(5),
                Scatter.USUAL,
                LIMIT));
    assertThat(turned.answer()).isEqualTo(plain.answer());
    assertThat(turned.difference()).isCloseTo(-plain.difference(), within(1e-12));
  }

  @Property(seed = "6", tries = 30)
  void aLargerEffectIsNeverLessClear(@ForAll @LongRange(min = 0, max = 1000) long seed) {
    boolean worse = false;
    for (double effect = 0; effect < 0.5; effect += 0.05) {
      boolean now = one(levels(seed, 5, effect)).answer() == Answer.WORSE;
      assertThat(now || !worse).isTrue();
      worse = now;
    }
    assertThat(worse).isTrue();
  }
}
