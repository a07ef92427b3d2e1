package dev.assay.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import dev.assay.core.parse.PlanProblems;
import dev.assay.core.run.RunProblems;
import dev.assay.store.StoreProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What holds over all capabilities together. */
class CapabilitiesTest {

  private final List<Capability> capabilities =
      ServiceLoader.load(Capability.class).stream().map(ServiceLoader.Provider::get).toList();

  @Test
  void capabilitiesAreFoundAndHaveNamesOfTheirOwn() {
    assertThat(capabilities)
        .extracting(Capability::name)
        .contains("http", "suite")
        .doesNotHaveDuplicates();
  }

  @Test
  void checkTypesHaveNamesOfTheirOwnThatNoOtherKeyOfACheckHas() {
    List<String> names =
        capabilities.stream()
            .flatMap(capability -> capability.checkTypes().stream())
            .map(CheckType::name)
            .toList();

    assertThat(names).doesNotHaveDuplicates().doesNotContain("expect", "needs", "timeout");
  }

  /** The JSON Schema names a definition by its record's simple name. */
  @Test
  void configurationRecordsHaveNamesOfTheirOwn() {
    List<String> names =
        capabilities.stream()
            .flatMap(capability -> capability.checkTypes().stream())
            .map(type -> type.configuration().getSimpleName())
            .toList();

    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void problemCodesAreUniqueOverAllRoomsAndNameTheirRoom() {
    List<ProblemType> problems = new ArrayList<>(PlanProblems.all());
    problems.addAll(RunProblems.all());
    problems.addAll(StoreProblems.all());
    for (Capability capability : capabilities) {
      assertThat(capability.problems())
          .as("problems of %s", capability.name())
          .allSatisfy(type ->
              assertThat(type.code())
                  .startsWith("ASSAY-" + capability.name().toUpperCase(Locale.ROOT) + "-"));
      problems.addAll(capability.problems());
    }

    assertThat(problems).extracting(ProblemType::code).doesNotHaveDuplicates();
    assertThat(problems)
        .allSatisfy(type -> {
          assertThat(type.title()).matches("[A-Z].{8,79}[^.]");
          assertThat(type.explanation()).matches("(?s).{40,}[.]");
        });
  }
}
