package dev.assay.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom. */
class ArrowsTest {

  @SuppressWarnings("unused") // read by the parameterised test
  private static final List<String> ROOMS = Product.ROOMS;

  private static String[] of(String... rooms) {
    return Arrays.stream(rooms).map(room -> "dev.assay." + room + "..").toArray(String[]::new);
  }

  /** Which capability may know which other one. */
  private static final Map<String, List<String>> ARROWS =
      Map.of(
          "load", List.of("network", "smpp"),
          "chaos", List.of("network"),
          "virtual", List.of("smpp"),
          "gateway", List.of("smpp"),
          "observe", List.of("gateway"));

  @Test
  void theApiKnowsNobody() {
    classes()
        .that()
        .resideInAPackage("dev.assay.api..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.assay.api..", "java..", "org.jspecify..")
        .check(Product.CLASSES);
  }

  @Test
  void statisticsKnowNobody() {
    classes()
        .that()
        .resideInAPackage("dev.assay.stats..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.assay.stats..", "java..", "org.jspecify..", "org.HdrHistogram..")
        .check(Product.CLASSES);
  }

  @Test
  void theCoreKnowsTheApiAndStatistics() {
    noClasses()
        .that()
        .resideInAPackage("dev.assay.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            of(
                "store",
                "http",
                "suite",
                "load",
                "profile",
                "network",
                "chaos",
                "delivery",
                "smpp",
                "virtual",
                "gateway",
                "observe",
                "cli"))
        .check(Product.CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store",
        "http",
        "suite",
        "load",
        "profile",
        "network",
        "chaos",
        "delivery",
        "smpp",
        "virtual",
        "gateway",
        "observe"
      })
  void aRoomKnowsTheApiAndStatisticsOnly(String room) {
    List<String> others = new ArrayList<>(Product.ROOMS);
    others.removeAll(List.of("api", "stats", room));
    others.removeAll(ARROWS.getOrDefault(room, List.of()));
    noClasses()
        .that()
        .resideInAPackage("dev.assay." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(of(others.toArray(String[]::new)))
        .allowEmptyShould(true)
        .check(Product.CLASSES);
  }

  @Test
  void nobodyKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.assay.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.assay.cli..")
        .check(Product.CLASSES);
  }

  @Test
  void nobodyKnowsTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.assay.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.assay.server..")
        .check(Product.CLASSES);
  }

  @Test
  void onlyTheServerKnowsSpring() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.assay.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(Product.CLASSES);
  }

  @Test
  void theJudgeKnowsNoTimeNoChanceAndNoFile() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.assay.core.judge..", "dev.assay.stats..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.sql..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.assay.api.spi.Clock")
        .check(Product.CLASSES);
  }

  @ParameterizedTest
  @FieldSource("ROOMS")
  void thePackagesOfARoomKnowEachOtherInOneDirection(String room) {
    slices()
        .matching("dev.assay." + room + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(Product.CLASSES);
  }

  @Test
  void everyRoomIsListedHere() {
    List<String> rooms =
        Product.CLASSES.stream()
            .map(type -> type.getPackageName().split("\\."))
            .filter(words -> words.length > 2)
            .map(words -> words[2])
            .distinct()
            .sorted()
            .toList();

    assertThat(Product.ROOMS).as("rooms in Product.ROOMS").containsAll(rooms);
  }
}
