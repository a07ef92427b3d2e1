package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantineFileTest {

  @TempDir Path folder;

  private QuarantineFile read(String text) throws IOException {
    return QuarantineFile.read(Files.writeString(folder.resolve("q.yaml"), text), "q.yaml");
  }

  private List<String> problems(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("q.yaml"), text);
    try {
      QuarantineFile.read(file, "q.yaml");
      return List.of();
    } catch (ProblemException wrong) {
      return wrong.problems().stream()
          .map(problem -> problem.where().text() + " " + problem.what())
          .toList();
    }
  }

  @Test
  void patternsNameTestsSuitesAndParts() throws IOException {
    QuarantineFile file =
        read(
            """
            - test: shop.OrderTest#creates*
              owner: orders
              reason: slow mail
              expires: 2027-01-31
            - { test: "shop.*Slow", owner: me, reason: clock, expires: 2027-01-31 }
            """);
    assertThat(file.of("shop.OrderTest", "createsOne")).isPresent();
    assertThat(file.of("shop.OrderTest", "deletes")).isEmpty();
    assertThat(file.of("shop.VerySlow", "anything")).isPresent();
    assertThat(file.of("shop.VerySlower", "anything")).isEmpty();
    assertThat(file.expired(LocalDate.parse("2027-01-31"))).isEmpty();
    assertThat(file.expired(LocalDate.parse("2027-02-01"))).hasSize(2);
  }

  @Test
  void anEmptyFileQuarantinesNothing() throws IOException {
    assertThat(read("").entries()).isEmpty();
    assertThat(read("quarantine:\n").entries()).isEmpty();
    assertThat(read("# nothing\n[]\n").entries()).isEmpty();
  }

  @Test
  void everyMistakeIsToldWithItsPlace() throws IOException {
    assertThat(
            problems(
                """
                - test: a
                  owner: ''
                  reason: why
                  expires: soon
                - { tst: a, owner: me, reason: why, expires: 2027-01-31 }
                - just a text
                - { test: b, owner: me, reason: why, expires: 2027-01-31 }
                - { test: b, owner: me, reason: why, expires: 2027-01-31 }
                """))
        .containsExactly(
            "q.yaml:2:10 'owner' says nothing",
            "q.yaml:4:12 'soon' is no day",
            "q.yaml:5:5 unknown key 'tst'",
            "q.yaml:5:3 the entry has no 'test'",
            "q.yaml:6:3 an entry must be a map",
            "q.yaml:8:3 'b' is in quarantine twice, also at line 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a: [", "- [\t", "just", "a: &a [*a]", "- ? [x] : y", "\u0000", "--- 1\n--- 2"})
  void whatIsNoQuarantineIsAProblemAndNothingElse(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("q.yaml"), text);
    assertThatThrownBy(() -> QuarantineFile.read(file, "q.yaml"))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void aMissingFileIsAProblem() {
    assertThatThrownBy(() -> QuarantineFile.read(folder.resolve("none.yaml"), "none.yaml"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("none.yaml");
  }
}
