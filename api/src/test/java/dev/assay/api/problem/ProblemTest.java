package dev.assay.api.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

  private static final ProblemType TYPE =
      new ProblemType("ASSAY-PLAN-007", ProblemKind.USER, "Unknown key", "Why and how.");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PLAN-007",
        "ASSAY-PLAN-7",
        "ASSAY-PLAN-0007",
        "ASSAY-plan-007",
        "assay-PLAN-007",
        "ASSAY--007",
        "ASSAY-PLAN007",
        " ASSAY-PLAN-007",
        "ASSAY-PLAN-007\n",
        "ASSAY-PLAN-٠٠٧"
      })
  void aCodeHasItsShape(String code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProblemType(code, ProblemKind.USER, "t", "e"));
  }

  @Test
  void saysCodePlaceWhatAndMend() {
    Problem problem = TYPE.at(new Place("assay.yaml", 3, 5, "x: 1"), "'x' is unknown", "remove it");
    assertThat(problem).hasToString("ASSAY-PLAN-007 assay.yaml:3:5: 'x' is unknown (remove it)");
    assertThat(problem.code()).isEqualTo("ASSAY-PLAN-007");
    assertThat(problem.kind()).isEqualTo(ProblemKind.USER);
  }

  @Test
  void anExceptionCarriesAllProblemsAndTheFirstCause() {
    Exception cause = new Exception("why");
    Problem first = TYPE.at(Where.named("check a"), "one", "mend one").causedBy(cause);
    Problem second = TYPE.at(Where.named("check b"), "two", "mend two");
    ProblemException thrown = new ProblemException(List.of(first, second));
    assertThat(thrown.problems()).containsExactly(first, second);
    assertThat(thrown).hasCause(cause).hasMessage(first + "\n" + second);
  }

  @ParameterizedTest
  @CsvSource({
    "latnecy, latency",
    "Latency, latency",
    "errrors, errors",
    "lat, ''",
    "xyz, ''",
    "'', ''",
    "completely-different, ''"
  })
  void findsTheNameThatWasMeant(String name, String meant) {
    assertThat(Nearest.to(name, List.of("latency", "errors", "tests")).orElse("")).isEqualTo(meant);
  }

  @Test
  void ofEquallyNearNamesTheFirstIsTaken() {
    assertThat(Nearest.to("cat", List.of("bat", "hat"))).contains("bat");
    assertThat(Nearest.to("cat", List.of("bat", "cat"))).contains("cat");
  }

  @Test
  void aMendNamesTheNearestOrAllOrNothing() {
    assertThat(Nearest.mend("errrs", List.of("errors", "tests")))
        .isEqualTo("did you mean 'errors'?");
    assertThat(Nearest.mend("zzzz", List.of("errors", "tests")))
        .isEqualTo("use one of: errors, tests");
    assertThat(Nearest.mend("zzzz", List.of())).isEqualTo("remove it; nothing can stand here");
  }

  @Property(seed = "1", tries = 200)
  void aNameIsNearestToItself(@ForAll String name, @ForAll List<String> others) {
    if (name.length() <= 200) {
      List<String> candidates = new ArrayList<>(List.of(name));
      candidates.addAll(others);
      assertThat(Nearest.to(name, candidates)).contains(name);
    }
  }

  @Test
  void anEndlessNameIsNearNothing() {
    assertThat(Nearest.to("x".repeat(100_000), List.of("x".repeat(99_999)))).isEmpty();
  }
}
