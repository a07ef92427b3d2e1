package dev.assay.api.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class DecisionTest {

  @Test
  void aWholeWithoutPartsWasNotRun() {
    assertThat(Decision.combine(List.of())).isEqualTo(Decision.NOT_RUN);
  }

  @Test
  void theGravestPartDecides() {
    assertThat(Decision.values())
        .containsExactly(
            Decision.FAIL, Decision.INCONCLUSIVE, Decision.STALE, Decision.NOT_RUN, Decision.PASS);
    assertThat(Decision.combine(List.of(Decision.PASS, Decision.NOT_RUN)))
        .isEqualTo(Decision.NOT_RUN);
    assertThat(Decision.combine(List.of(Decision.NOT_RUN, Decision.STALE)))
        .isEqualTo(Decision.STALE);
    assertThat(Decision.combine(List.of(Decision.STALE, Decision.INCONCLUSIVE)))
        .isEqualTo(Decision.INCONCLUSIVE);
    assertThat(Decision.combine(List.of(Decision.INCONCLUSIVE, Decision.FAIL)))
        .isEqualTo(Decision.FAIL);
  }

  @Property(seed = "1")
  void aFurtherPartNeverMakesItBetter(
      @ForAll @NotEmpty List<Decision> parts, @ForAll Decision further) {
    Decision before = Decision.combine(parts);
    List<Decision> more = new ArrayList<>(parts);
    more.add(further);
    assertThat(Decision.combine(more)).isLessThanOrEqualTo(before).isLessThanOrEqualTo(further);
  }

  @Property(seed = "1")
  void onlyPassesMakeAPass(@ForAll List<Decision> parts) {
    boolean allPass =
        !parts.isEmpty() && Collections.frequency(parts, Decision.PASS) == parts.size();
    assertThat(Decision.combine(parts) == Decision.PASS).isEqualTo(allPass);
  }

  @Property(seed = "1")
  void theOrderAndTheGroupingOfPartsDoNotMatter(
      @ForAll @NotEmpty List<Decision> some, @ForAll @NotEmpty List<Decision> others) {
    List<Decision> all = new ArrayList<>(others);
    all.addAll(some);
    assertThat(Decision.combine(all))
        .isEqualTo(Decision.combine(List.of(Decision.combine(some), Decision.combine(others))));
  }

  @Test
  void aReasonNamesAtMostTwentyPiecesOfEvidenceTheFirstOnes() {
    List<String> ids = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
    Reason reason = new Reason(Decision.FAIL, "e", "s", Map.of(), ids);
    assertThat(reason.evidence()).isEqualTo(ids.subList(0, 20));
  }

  @Test
  void aReasonHoldsOnlyFiniteNumbers() {
    Map<String, Double> numbers =
        new HashMap<>(Map.of("a", 1.0, "b", Double.NaN, "c", Double.POSITIVE_INFINITY, "d", -0.0));
    Reason reason = new Reason(Decision.FAIL, "e", "s", numbers, List.of());
    numbers.clear();
    assertThat(reason.numbers()).isEqualTo(Map.of("a", 1.0, "d", 0.0));
  }
}
