package dev.assay.stats.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.assay.stats.canary.KayentaJudge.Classification;
import dev.assay.stats.canary.KayentaScore.Graded;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KayentaScoreTest {

  private static Graded of(String group, Classification classification) {
    return new Graded(List.of(group), false, classification, false);
  }

  @Test
  void aGroupScoresTheShareOfItsMetricsThatPass() {
    KayentaScore score =
        KayentaScore.of(
            List.of(
                of("errors", Classification.PASS),
                of("errors", Classification.HIGH),
                of("system", Classification.PASS)),
            Map.of("errors", 60.0, "system", 40.0));
    assertThat(score.groups()).containsExactly(entry("errors", 50.0), entry("system", 100.0));
    assertThat(score.score()).isCloseTo(70, within(1e-9));
  }

  @Test
  void groupsWithoutAWeightShareWhatIsLeft() {
    KayentaScore score =
        KayentaScore.of(
            List.of(
                of("errors", Classification.PASS),
                of("a", Classification.LOW),
                of("b", Classification.PASS)),
            Map.of("errors", 50.0));
    assertThat(score.score()).isCloseTo(75, within(1e-9));
  }

  @Test
  void aCriticalMetricThatFailsIsAll() {
    Graded critical = new Graded(List.of("errors"), true, Classification.HIGH, false);
    assertThat(
            KayentaScore.of(List.of(critical, of("system", Classification.PASS)), Map.of()).score())
        .isZero();
  }

  @Test
  void whatHasNoValuesIsNotCountedUnlessItMust() {
    Graded must = new Graded(List.of("g"), false, Classification.NODATA, true);
    assertThat(
            KayentaScore.of(
                    List.of(of("g", Classification.NODATA), of("g", Classification.PASS)), Map.of())
                .score())
        .isEqualTo(100);
    assertThat(KayentaScore.of(List.of(must, of("g", Classification.PASS)), Map.of()).score())
        .isEqualTo(50);
    assertThat(KayentaScore.of(List.of(of("g", Classification.NODATA)), Map.of()).measured())
        .isFalse();
  }
}
