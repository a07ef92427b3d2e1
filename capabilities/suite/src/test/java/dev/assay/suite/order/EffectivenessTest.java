package dev.assay.suite.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EffectivenessTest {

  private static final List<String> ORDER = List.of("a", "b", "c", "d", "e");

  @Test
  void aFailureInTheFirstOfFivePlacesGivesNineTenths() {
    // 1 - 1 / 5 + 1 / 10
    assertThat(Effectiveness.apfd(ORDER, Set.of("a"))).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void failuresInTheFirstAndTheLastPlaceGiveOneHalf() {
    assertThat(Effectiveness.apfd(ORDER, Set.of("a", "e"))).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void withoutAFailureThereIsNothingToMeasure() {
    assertThat(Effectiveness.apfd(ORDER, Set.of())).isNaN();
    assertThat(Effectiveness.apfdc(ORDER, new double[5], Set.of())).isNaN();
  }

  @Test
  void testsOfTheSameTimeCountAsPlacesDo() {
    double[] same = {2, 2, 2, 2, 2};
    Set<String> failing = Set.of("b", "d");

    assertThat(Effectiveness.apfdc(ORDER, same, failing))
        .isCloseTo(Effectiveness.apfd(ORDER, failing), within(1e-12));
  }

  @Test
  void aLongTestBeforeTheFailureCosts() {
    // 1 of 10 seconds, half of it until the failure is seen, after 8
    assertThat(Effectiveness.apfdc(List.of("a", "b", "c"), new double[] {8, 1, 1}, Set.of("b")))
        .isCloseTo(0.15, within(1e-12));
  }

  @Test
  void aFaultThatIsLeftOutCountsAgainstTheOrder() {
    // one of two found, in the first of five places: 1/2 - 1/10 + 1/20
    assertThat(Effectiveness.napfd(ORDER, Set.of("a", "x"), 2)).isCloseTo(0.45, within(1e-12));
  }
}
