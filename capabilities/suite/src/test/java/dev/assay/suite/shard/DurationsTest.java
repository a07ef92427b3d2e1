package dev.assay.suite.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DurationsTest {

  @Test
  void theLatestRunsCountMost() {
    assertThat(Durations.decayedMean(List.of(1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0)))
        .isBetween(1.75, 2.0);
  }

  @Test
  void oneStalledMachineMovesLittle() {
    assertThat(Durations.decayedMean(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 500.0))).isLessThan(2.1);
  }

  @Test
  void aTestWithoutAPastTakesTheMedianOfItsNearestRelatives() {
    Map<String, Double> known =
        Map.of("a.b.C#x", 1.0, "a.b.C#y", 3.0, "a.b.C#z", 100.0, "a.d.E#x", 50.0);

    Map<String, Double> guessed =
        Durations.guess(known, List.of("a.b.C#x", "a.b.C#new", "a.d.F#new", "other"));

    assertThat(guessed)
        .containsEntry("a.b.C#x", 1.0)
        .containsEntry("a.b.C#new", 3.0)
        .containsEntry("a.d.F#new", 50.0);
    assertThat(guessed.get("other")).isCloseTo((3.0 + 50.0) / 2, within(1e-12));
  }

  @Test
  void whereNothingIsKnownAllTakeTheSame() {
    assertThat(Durations.guess(Map.of(), List.of("a", "b")))
        .containsEntry("a", Durations.UNKNOWN)
        .containsEntry("b", Durations.UNKNOWN);
  }

  @Test
  void noPastHasNoMean() {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.decayedMean(List.of()));
  }
}
