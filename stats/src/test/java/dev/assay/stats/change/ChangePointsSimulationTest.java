package dev.assay.stats.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ChangePointsSimulationTest {

  private static final int SERIES = 400;
  private static final int LENGTH = 120;
  private static final int STEP = 80;

  /** Two per cent of 400 are 8; more than 14 come in one of forty tests where that is true. */
  private static final int FALSE_ALARMS = 14;

  @Test
  void independentNoiseShowsNoChange() {
    assertThat(withChange(seed -> Simulated.normal(seed, LENGTH, 2))).isLessThan(FALSE_ALARMS);
  }

  @Test
  void correlatedNoiseShowsNoChange() {
    assertThat(withChange(seed -> Simulated.autoregressive(seed, LENGTH, 0.5, 3)))
        .isLessThan(FALSE_ALARMS);
    assertThat(withChange(seed -> Simulated.autoregressive(seed, LENGTH, 0.8, 3)))
        .isLessThan(FALSE_ALARMS);
  }

  @Test
  void heavyTailsShowNoChange() {
    assertThat(withChange(seed -> Simulated.heavy(seed, LENGTH, 2))).isLessThan(FALSE_ALARMS);
  }

  @Test
  void twoModesShowNoChange() {
    assertThat(
            withChange(seed -> {
              double[] mode = Simulated.normal(seed + 77_777, LENGTH, 1);
              double[] values = Simulated.normal(seed, LENGTH, 1.5);
              for (int i = 0; i < LENGTH; i++) {
                values[i] += mode[i] > 0.5 ? 8 : 0;
              }
              return values;
            }))
        .isLessThan(FALSE_ALARMS);
  }

  @Test
  void aSeasonShowsNoChange() {
    assertThat(
            withChange(seed -> {
              double[] values = Simulated.normal(seed, LENGTH, 2);
              for (int i = 0; i < LENGTH; i++) {
                values[i] += 6 * Math.sin(2 * Math.PI * i / 7);
              }
              return values;
            }))
        .isLessThan(FALSE_ALARMS);
  }

  @Test
  void stepsAreFoundWhereTheyAre() {
    assertThat(found(seed -> Simulated.normal(seed, LENGTH, 5), 10)).isGreaterThan(0.93);
    assertThat(found(seed -> Simulated.normal(seed, LENGTH, 2), -10)).isGreaterThan(0.99);
    assertThat(found(seed -> Simulated.heavy(seed, LENGTH, 2), 10)).isGreaterThan(0.98);
    assertThat(found(seed -> Simulated.autoregressive(seed, LENGTH, 0.7, 3), 10))
        .isGreaterThan(0.85);
  }

  @Test
  void theRangeOfAPointHoldsTheTruth() {
    int held = 0;
    int points = 0;
    for (int seed = 0; seed < SERIES; seed++) {
      List<ChangePoint> found = ChangePoints.find(stepped(Simulated.normal(seed, LENGTH, 4), 10));
      if (found.size() == 1) {
        points++;
        held += found.getFirst().earliest() <= STEP && STEP <= found.getFirst().latest() ? 1 : 0;
      }
    }
    assertThat(points).isGreaterThan(350);
    assertThat(held / (double) points).isGreaterThan(0.93);
  }

  @Test
  void theIntervalOfTheSizeHoldsTheTruth() {
    int held = 0;
    int points = 0;
    for (int seed = 0; seed < SERIES; seed++) {
      double[] noise = Simulated.autoregressive(seed, LENGTH, 0.4, 2);
      List<ChangePoint> found = ChangePoints.find(stepped(noise, 10));
      if (found.size() == 1) {
        points++;
        held += found.getFirst().change().contains(0.1) ? 1 : 0;
      }
    }
    assertThat(held / (double) points).isBetween(0.9, 1.0);
  }

  @Property(seed = "5", tries = 60)
  void neitherShiftNorScaleMovesAPoint(
      @ForAll @LongRange(min = 0, max = 1000) long seed,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double factor,
      @ForAll @DoubleRange(min = -1000, max = 1000) double shift) {
    double[] values = stepped(Simulated.autoregressive(seed, LENGTH, 0.3, 3), 12);
    double[] other = Arrays.stream(values).map(value -> factor * value + shift).toArray();
    double[] mirrored = Arrays.stream(values).map(value -> -value).toArray();
    assertThat(indexes(other)).isEqualTo(indexes(values));
    assertThat(indexes(mirrored)).isEqualTo(indexes(values));
  }

  @Property(seed = "5", tries = 60)
  void aClearStepIsAlsoFoundBackwards(@ForAll @LongRange(min = 0, max = 1000) long seed) {
    double[] values = stepped(Simulated.normal(seed, LENGTH, 1), 12);
    double[] backwards = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      backwards[i] = values[LENGTH - 1 - i];
    }
    assertThat(indexes(values)).contains(STEP);
    assertThat(indexes(backwards)).contains(LENGTH - STEP);
  }

  private static long withChange(LongFunction<double[]> noise) {
    long count = 0;
    for (long seed = 0; seed < SERIES; seed++) {
      double[] values = stepped(noise.apply(seed), 0);
      count += ChangePoints.find(values).isEmpty() ? 0 : 1;
    }
    return count;
  }

  private static double found(LongFunction<double[]> noise, double step) {
    double hits = 0;
    for (long seed = 0; seed < SERIES; seed++) {
      double[] values = stepped(noise.apply(seed), step);
      hits +=
          ChangePoints.find(values).stream().anyMatch(point -> Math.abs(point.index() - STEP) <= 5)
              ? 1
              : 0;
    }
    return hits / SERIES;
  }

  private static double[] stepped(double[] noise, double step) {
    double[] values = noise.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += 100 + (i >= STEP ? step : 0);
    }
    return values;
  }

  private static List<Integer> indexes(double[] values) {
    return ChangePoints.find(values).stream().map(ChangePoint::index).toList();
  }
}
