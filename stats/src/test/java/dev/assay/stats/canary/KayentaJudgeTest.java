package dev.assay.stats.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.stats.canary.KayentaJudge.Classification;
import dev.assay.stats.canary.KayentaJudge.Direction;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KayentaJudgeTest {

  @Test
  void aMetricThatRoseIsHighWhereRisingIsAFailure() {
    double[] control = noise(1, 10, 60);
    double[] risen = noise(2, 20, 60);
    assertThat(KayentaJudge.classify(control, risen, Direction.INCREASE))
        .isEqualTo(Classification.HIGH);
    assertThat(KayentaJudge.classify(control, risen, Direction.EITHER))
        .isEqualTo(Classification.HIGH);
    assertThat(KayentaJudge.classify(control, risen, Direction.DECREASE))
        .isEqualTo(Classification.PASS);
    assertThat(KayentaJudge.classify(risen, control, Direction.DECREASE))
        .isEqualTo(Classification.LOW);
  }

  @Test
  void equalAndConstantMetricsPassAndNoneIsNoData() {
    double[] control = noise(1, 10, 60);
    assertThat(KayentaJudge.classify(control, control, Direction.EITHER))
        .isEqualTo(Classification.PASS);
    assertThat(KayentaJudge.classify(new double[] {3, 3}, new double[] {3}, Direction.EITHER))
        .isEqualTo(Classification.PASS);
    assertThat(KayentaJudge.classify(new double[] {Double.NaN}, control, Direction.EITHER))
        .isEqualTo(Classification.NODATA);
  }

  @Test
  void aHealthyMetricIsRarelyClassifiedAtOneLook() {
    int wrong = 0;
    for (int seed = 0; seed < 500; seed++) {
      Classification found =
          KayentaJudge.classify(noise(seed, 10, 60), noise(seed + 1000, 10, 60), Direction.EITHER);
      wrong += found == Classification.PASS ? 0 : 1;
    }
    // two per cent of 500 are 10; more than 19 come in less than one of 100
    assertThat(wrong).isLessThan(20);
  }

  private static double[] noise(long seed, double level, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n];
    Arrays.setAll(values, i -> level + random.nextGaussian());
    return values;
  }
}
