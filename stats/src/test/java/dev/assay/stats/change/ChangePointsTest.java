package dev.assay.stats.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.stats.change.ChangePoint.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangePointsTest {

  @Test
  void aStepIsFoundAtItsFirstNewValueWithSizeAndLevels() {
    double[] values = {
      1.02, 0.95, 0.99, 1.00, 1.12, 1.00, 1.01, 0.98, 1.01, 0.96, 0.50, 0.51, 0.48, 0.48, 0.55,
      0.50, 0.49, 0.51, 0.50, 0.49
    };
    List<ChangePoint> found = ChangePoints.find(values);
    assertThat(found).hasSize(1);
    ChangePoint point = found.getFirst();
    assertThat(point.index()).isEqualTo(10);
    assertThat(point.kind()).isEqualTo(Kind.LEVEL);
    assertThat(point.earliest()).isBetween(9, 10);
    assertThat(point.latest()).isBetween(10, 11);
    assertThat(point.before()).isCloseTo(1.0, within(0.01));
    assertThat(point.after()).isCloseTo(0.5, within(0.01));
    assertThat(point.change().estimate()).isCloseTo(-0.5, within(0.02));
    assertThat(point.change().contains(-0.5)).isTrue();
    assertThat(point.size()).isNegative();
    assertThat(point.confidence()).isGreaterThan(0.999);
  }

  @Test
  void twoStepsInOppositeDirectionsAreTwoPoints() {
    double[] values = {
      100, 101, 99, 100, 102, 98, 100, 101, 99, 100, 112, 113, 111, 112, 110, 112, 113, 111, 112,
      111, 100, 99, 101, 100, 100, 102, 99, 98, 100, 101
    };
    assertThat(indexes(values)).containsExactly(10, 20);
  }

  @Test
  void singleOutliersAreNoChangePoints() {
    double[] values = wave(60, 100, 1);
    values[12] = 190;
    values[40] = 170;
    values[59] = 150;
    assertThat(indexes(values)).isEmpty();
  }

  @Test
  void missingValuesAreSkippedAndIndexesAreThoseOfTheSeries() {
    double[] values =
        DoubleStream.concat(Arrays.stream(wave(30, 100, 1)), Arrays.stream(wave(30, 120, 1)))
            .toArray();
    for (int gap : new int[] {3, 4, 5, 17, 28, 40, 51}) {
      values[gap] = Double.NaN;
    }
    values[10] = Double.POSITIVE_INFINITY;
    assertThat(indexes(values)).containsExactly(30);
  }

  @Test
  void stepsWithoutAnyNoiseAreFound() {
    assertThat(indexes(stairs(100, 0, 60, 1, 80, 3))).containsExactly(60, 80);
    assertThat(indexes(stairs(100, 5, 50, 7))).containsExactly(50);
  }

  @Test
  void whatNeverChangesOrHasFewPointsHasNone() {
    assertThat(indexes(new double[0])).isEmpty();
    assertThat(indexes(new double[] {1, 2, 3})).isEmpty();
    assertThat(indexes(stairs(50, 3))).isEmpty();
    double[] missing = new double[40];
    Arrays.fill(missing, Double.NaN);
    assertThat(indexes(missing)).isEmpty();
    assertThat(ChangePoints.find(new double[][] {stairs(50, 3), stairs(50, 4)})).isEmpty();
  }

  @Test
  void aSteadyTrendHasNoneAndWhereItBendsIsOne() {
    double[] noise = wave(80, 0, 1);
    double[] steady = IntStream.range(0, 80).mapToDouble(i -> 0.4 * i + noise[i]).toArray();
    double[] bent =
        IntStream.range(0, 80)
            .mapToDouble(i -> (i < 40 ? 0.5 * i : 20 - 0.5 * (i - 40)) + noise[i])
            .toArray();
    assertThat(indexes(steady)).isEmpty();
    List<ChangePoint> found = ChangePoints.find(bent);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().index()).isBetween(37, 43);
    assertThat(found.getFirst().kind()).isEqualTo(Kind.SLOPE);
    assertThat(found.getFirst().change().estimate()).isNaN();
  }

  @Test
  void aRampIsABendAtEachEnd() {
    double[] noise = wave(250, 50, 1);
    double[] ramp =
        IntStream.range(0, 250)
            .mapToDouble(i -> noise[i] + 20 * Math.clamp((i - 100) / 50.0, 0, 1))
            .toArray();
    List<ChangePoint> found = ChangePoints.find(ramp);
    assertThat(found).hasSize(2);
    assertThat(found.get(0).index()).isBetween(94, 110);
    assertThat(found.get(1).index()).isBetween(140, 156);
  }

  @Test
  void aSeasonIsNoChangeAndAStepUnderItIsSeen() {
    double[] noise = wave(180, 100, 2);
    double[] seasonal =
        IntStream.range(0, 180)
            .mapToDouble(i -> noise[i] + 20 * Math.sin(2 * Math.PI * i / 12))
            .toArray();
    assertThat(indexes(seasonal)).isEmpty();
    for (int i = 100; i < 180; i++) {
      seasonal[i] += 12;
    }
    List<ChangePoint> found = ChangePoints.find(seasonal);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().index()).isBetween(97, 103);
  }

  @Test
  void seriesThatChangeTogetherShowWhatEachAloneDoesNot() {
    double[][] series = new double[6][80];
    for (int k = 0; k < series.length; k++) {
      double[] noise = Simulated.normal(100 + k, 80, 3);
      for (int i = 0; i < 80; i++) {
        series[k][i] = 100 + noise[i] + (i < 40 ? 0 : 3.6);
      }
    }
    List<ChangePoint> found = ChangePoints.find(series);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().index()).isBetween(38, 42);
    long alone = Arrays.stream(series).filter(values -> !indexes(values).isEmpty()).count();
    assertThat(alone).isLessThan(6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChangePoints.find(new double[][] {new double[9], new double[8]}));
  }

  private static List<Integer> indexes(double[] values) {
    return ChangePoints.find(values).stream().map(ChangePoint::index).toList();
  }

  /** A level, then pairs of an index and the level from there on. */
  private static double[] stairs(int length, double... levels) {
    double[] values = new double[length];
    Arrays.fill(values, levels[0]);
    for (int k = 1; k < levels.length; k += 2) {
      Arrays.fill(values, (int) levels[k], length, levels[k + 1]);
    }
    return values;
  }

  private static double[] wave(int length, double level, double deviation) {
    double[] values = Simulated.normal(length, length, deviation);
    return Arrays.stream(values).map(value -> level + value).toArray();
  }
}
