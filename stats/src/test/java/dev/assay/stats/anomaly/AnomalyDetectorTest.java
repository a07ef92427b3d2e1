package dev.assay.stats.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AnomalyDetectorTest {

  private static final int STEP = 300;
  private static final int DAY = 86_400 / STEP;
  private static final int LENGTH = 14 * DAY;
  private static final int AT = 10 * DAY + 150;

  @Test
  void anEpisodeIsAnAlarmAtItsFirstPointAndAnotherOnlyIfItBecomesClearlyWorse() {
    assertThat(found(seed -> noise(seed, 1), values -> values[AT] += 12)).isGreaterThan(95);
    double[] values = noise(1, 1);
    Arrays.setAll(values, i -> values[i] + (i >= AT && i < AT + 20 ? 12 : 0));
    assertThat(alarmsBetween(scores(values), AT, AT + 60)).isBetween(1, 2);
    assertThat(scores(values)[AT]).isGreaterThan(AnomalyDetector.ALARM);
  }

  @Test
  void aLevelShiftIsFoundAndThenUsual() {
    assertThat(
            found(
                seed -> noise(seed, 1),
                values -> Arrays.setAll(values, i -> values[i] + (i >= AT ? 6 : 0))))
        .isGreaterThan(95);
    int later = 0;
    for (int seed = 0; seed < 20; seed++) {
      double[] values = noise(seed, 1);
      Arrays.setAll(values, i -> values[i] + (i >= AT ? 6 : 0));
      later += alarmsBetween(scores(values), AT + 300, LENGTH);
    }
    assertThat(later).isLessThanOrEqualTo(6);
  }

  @Test
  void aFlatLineIsFound() {
    assertThat(found(seed -> noise(seed, 1), values -> Arrays.fill(values, AT, AT + 60, 100)))
        .isGreaterThan(90);
  }

  @Test
  void aMissingDayIsFoundThoughItsValuesAreUsualAtNight() {
    assertThat(
            found(
                seed -> daily(seed),
                values -> {
                  for (int i = 10 * DAY + 120; i < 10 * DAY + 200; i++) {
                    values[i] -= 40;
                  }
                }))
        .isGreaterThan(95);
  }

  @Test
  void healthySeriesHaveFewAlarms() {
    int alarms = 0;
    for (int seed = 0; seed < 100; seed++) {
      double[] values = seed % 2 == 0 ? noise(seed, 1) : daily(seed);
      alarms += alarmsBetween(scores(values), 3 * DAY, LENGTH);
    }
    // eleven days of 288 points each, a hundred times: fewer than one in a week
    assertThat(alarms).isLessThan(157);
  }

  @Test
  void missingPointsAndConstantSeriesAreNoAlarms() {
    double[] values = noise(3, 1);
    for (int i = 7; i < LENGTH; i += 50) {
      values[i] = Double.NaN;
    }
    double[] scores = scores(values);
    assertThat(scores[7]).isZero();
    assertThat(alarmsBetween(scores, 3 * DAY, LENGTH)).isLessThanOrEqualTo(2);
    assertThat(scores(new double[2000])).containsOnly(0);
    AnomalyDetector detector = new AnomalyDetector();
    assertThat(detector.score(Double.NaN, 1)).isZero();
    assertThat(detector.score(0, Double.POSITIVE_INFINITY)).isZero();
  }

  @Property(seed = "7", tries = 20)
  void onlyThePastCounts(
      @ForAll @LongRange(min = 0, max = 100) long seed,
      @ForAll @IntRange(min = 100, max = LENGTH - 1) int cut) {
    double[] values = daily(seed);
    values[AT] += 100;
    double[] whole = scores(values);
    double[] part = scores(Arrays.copyOf(values, cut));
    assertThat(Arrays.copyOf(whole, cut)).isEqualTo(part);
    assertThat(Arrays.stream(whole).allMatch(score -> score >= 0 && score <= 1)).isTrue();
  }

  @Property(seed = "7", tries = 20)
  void theUnitDoesNotMatter(
      @ForAll @LongRange(min = 0, max = 100) long seed,
      @ForAll @IntRange(min = -40, max = 40) int doublings) {
    double[] values = noise(seed, 1);
    values[AT] += 20;
    double[] scaled = Arrays.stream(values).map(value -> Math.scalb(value, doublings)).toArray();
    double[] one = scores(values);
    double[] other = scores(scaled);
    for (int i = 0; i < LENGTH; i++) {
      assertThat(Math.abs(one[i] - other[i])).isLessThan(1e-6);
    }
  }

  @Test
  void aLargerSpikeIsNeverLessUnusual() {
    double last = 0;
    for (double spike = 4; spike < 40; spike *= 1.5) {
      double[] values = noise(5, 1);
      values[AT] += spike;
      double score = scores(values)[AT];
      assertThat(score).isGreaterThanOrEqualTo(last);
      last = score;
    }
    assertThat(last).isGreaterThan(0.75);
  }

  private interface Shape {
    double[] of(long seed);
  }

  private interface Change {
    void to(double[] values);
  }

  /** In how many of a hundred series something is said soon after it happens. */
  private static int found(Shape shape, Change change) {
    int found = 0;
    for (int seed = 0; seed < 100; seed++) {
      double[] values = shape.of(seed);
      change.to(values);
      found += alarmsBetween(scores(values), AT - 40, AT + 60) > 0 ? 1 : 0;
    }
    return found;
  }

  private static int alarmsBetween(double[] scores, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += scores[i] >= AnomalyDetector.ALARM ? 1 : 0;
    }
    return count;
  }

  private static double[] scores(double[] values) {
    AnomalyDetector detector = new AnomalyDetector();
    double[] scores = new double[values.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = detector.score(1.4e9 + STEP * (double) i, values[i]);
    }
    return scores;
  }

  private static double[] noise(long seed, double deviation) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[LENGTH];
    Arrays.setAll(values, i -> 100 + deviation * random.nextGaussian());
    return values;
  }

  private static double[] daily(long seed) {
    double[] values = noise(seed, 2);
    Arrays.setAll(values, i -> values[i] + (i % DAY >= 110 && i % DAY < 210 ? 40 : 0));
    return values;
  }
}
