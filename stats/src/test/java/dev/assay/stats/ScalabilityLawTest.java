package dev.assay.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.stats.ScalabilityLaw.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScalabilityLawTest {

  private static final double[] LOADS = {1, 2, 4, 8, 16, 32, 48, 64};

  private static List<Point> points(
      double lambda, double sigma, double kappa, double noise, SplittableRandom random) {
    List<Point> points = new ArrayList<>();
    for (double n : LOADS) {
      double exact = lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
      points.add(new Point(n, exact * Math.exp(noise * random.nextGaussian())));
    }
    return points;
  }

  private static ScalabilityLaw law(List<Point> points) {
    return (ScalabilityLaw) ScalabilityLaw.fit(points, 1);
  }

  private static List<Point> points(double[] loads, double[] throughputs) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < loads.length; i++) {
      points.add(new Point(loads[i], throughputs[i]));
    }
    return points;
  }

  @Test
  void exactPointsGiveTheirLawBack() {
    ScalabilityLaw law = law(points(1000, 0.03, 0.0005, 0, new SplittableRandom(1)));
    assertThat(law.lambda().estimate()).isCloseTo(1000, within(1e-6));
    assertThat(law.sigma().estimate()).isCloseTo(0.03, within(1e-9));
    assertThat(law.kappa().estimate()).isCloseTo(0.0005, within(1e-9));
    assertThat(law.rSquared()).isCloseTo(1, within(1e-9));
    var peak = Objects.requireNonNull(law.peak());
    assertThat(peak.load().estimate()).isCloseTo(Math.sqrt(0.97 / 0.0005), within(1e-3));
    assertThat(law.throughput(peak.load().estimate()))
        .isCloseTo(peak.throughput().estimate(), within(1e-6));
  }

  /** SPEC SDM91, for which Gunther and the R package usl (nls) give a peak at 96.5 users. */
  @Test
  void thePeakOfAPublishedBenchmarkIsWithinTheInterval() {
    ScalabilityLaw law =
        law(
            points(
                new double[] {1, 18, 36, 72, 108, 144, 216},
                new double[] {64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2}));
    var peak = Objects.requireNonNull(law.peak());
    assertThat(peak.load().contains(96.5)).isTrue();
    assertThat(law.kappa().contains(0.0001044)).isTrue();
    assertThat(law.rSquared()).isGreaterThan(0.95);
  }

  /** Gunther's ray tracer, which still climbs at the end of what was measured. */
  @Test
  void aPeakThatWasNotReachedIsNotMadeUp() {
    ScalabilityLaw law =
        law(
            points(
                new double[] {1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64},
                new double[] {20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310}));
    assertThat(law.peak()).isNull();
    assertThat(law.noPeak()).startsWith("not identifiable: ");
    assertThat(law.sigma().contains(0.05)).isTrue();
  }

  @Test
  void aPeakBeyondTheRangeIsRefused() {
    ScalabilityLaw law = law(points(1000, 0.02, 0.0001, 0, new SplittableRandom(1)));
    assertThat(law.peak()).isNull();
    assertThat(law.noPeak()).isEqualTo("not identifiable: the peak lies beyond the measured range");
  }

  @Test
  void throughputThatGrowsInProportionShowsNoPeak() {
    ScalabilityLaw law = law(points(1000, 0, 0, 0.005, new SplittableRandom(1)));
    assertThat(law.peak()).isNull();
    assertThat(law.noPeak()).startsWith("not identifiable: ");
    assertThat(law.lambda().contains(1000)).isTrue();
  }

  @Test
  void tooFewLoadsAreRefused() {
    List<Point> few =
        points(new double[] {1, 2, 4, 8, 8, 8}, new double[] {10, 19, 35, 60, 61, 59});
    assertThat(ScalabilityLaw.fit(few, 1))
        .isEqualTo(
            new Scalability.Unknown(
                "not identifiable: 4 different loads are too few for three parameters; at least 5"
                    + " are needed"));
    List<Point> close =
        points(new double[] {10, 11, 12, 13, 14}, new double[] {10, 11, 12, 12.5, 13});
    assertThat(ScalabilityLaw.fit(close, 1)).isInstanceOf(Scalability.Unknown.class);
  }

  @Test
  void onePointThatIsFarOffDoesNotBendTheCurve() {
    List<Point> points = points(1000, 0.03, 0.0005, 0.005, new SplittableRandom(4));
    points.set(3, new Point(8, points.get(3).throughput() / 3));
    ScalabilityLaw law = law(points);
    assertThat(law.lambda().estimate()).isCloseTo(1000, within(80.0));
    assertThat(law.throughput(44)).isCloseTo(13_597, within(700.0));
  }

  @Test
  void intervalsHoldTheTruthAtTheirLevel() {
    SplittableRandom random = new SplittableRandom(3);
    int fits = 300;
    int lambda = 0;
    int sigma = 0;
    int kappa = 0;
    int load = 0;
    int throughput = 0;
    double truth = Math.sqrt(0.97 / 0.0005);
    for (int i = 0; i < fits; i++) {
      ScalabilityLaw law =
          (ScalabilityLaw) ScalabilityLaw.fit(points(1000, 0.03, 0.0005, 0.02, random), i);
      lambda += law.lambda().contains(1000) ? 1 : 0;
      sigma += law.sigma().contains(0.03) ? 1 : 0;
      kappa += law.kappa().contains(0.0005) ? 1 : 0;
      var peak = law.peak();
      load += peak != null && peak.load().contains(truth) ? 1 : 0;
      throughput += peak != null && peak.throughput().contains(13_597) ? 1 : 0;
    }
    assertThat(List.of(lambda, sigma, kappa, load, throughput))
        .allSatisfy(held -> assertThat(held / (double) fits).isBetween(0.91, 0.99));
  }

  @Test
  void theSameSeedGivesTheSameAnswer() {
    List<Point> points = points(1000, 0.03, 0.0005, 0.02, new SplittableRandom(9));
    assertThat(ScalabilityLaw.fit(points, 5)).isEqualTo(ScalabilityLaw.fit(points, 5));
  }

  @Test
  void nothingIsNoPoint() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Point(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Point(1, Double.NaN));
  }
}
