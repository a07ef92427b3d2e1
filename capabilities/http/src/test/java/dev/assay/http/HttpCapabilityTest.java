package dev.assay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Measurement;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpCapabilityTest {

  @Test
  void itIsFoundAsAPlugIn() {
    Capability found =
        ServiceLoader.load(Capability.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(capability -> capability.name().equals("http"))
            .findFirst()
            .orElseThrow();

    assertThat(found.checkTypes()).extracting(CheckType::name).containsExactly("http");
    assertThat(found.problems()).extracting(ProblemType::code).doesNotHaveDuplicates();
    assertThat(found.problems())
        .extracting(type -> type.explanation().length())
        .allMatch(length -> length > 150);
  }

  @Test
  void nothingPassesVacuously() {
    HttpConfiguration flow = FlowBuilder.of(StepBuilder.get("/")).build();

    assertThat(new HttpCheckType().implied(flow))
        .containsExactly(
            new CheckType.Implied("tests", "> 0", true),
            new CheckType.Implied("failed", "= 0", false));
  }

  @Test
  void whatAFlowSavesIsKnownBeforeItRuns() {
    HttpConfiguration flow =
        FlowBuilder.of(
                StepBuilder.get("/").save("a", "$.a"),
                StepBuilder.get("/").save("b", "$.b").save("a", "$.c"))
            .build();

    assertThat(new HttpCheckType().saves(flow)).containsExactly("a", "b");
    assertThat(new HttpCheckType().defines(flow)).containsExactly("a", "b");
  }

  @Test
  void everyMetricThatIsEmittedIsDeclared() throws Exception {
    try (ShopServer server = ShopServer.start().on("/", 200, "ok")) {
      List<Measurement> emitted =
          FlowBuilder.of(StepBuilder.get("/")).run(server.uri()).of(Measurement.class);

      assertThat(emitted).isNotEmpty();
      for (Measurement measurement : emitted) {
        Metric declared =
            new HttpCheckType()
                .metrics().stream()
                    .filter(metric -> metric.name().equals(measurement.metric()))
                    .findFirst()
                    .orElseThrow();
        assertThat(measurement.unit()).isEqualTo(declared.unit());
        assertThat(measurement.value().getClass().getSimpleName())
            .isEqualToIgnoringCase(declared.shape().name());
      }
    }
  }

  @Test
  void theUserPageNamesEveryMetricProblemAndKey() throws Exception {
    String page = Files.readString(Path.of(System.getProperty("assay.root"), "docs", "http.md"));

    new HttpCheckType().metrics().forEach(metric -> assertThat(page).contains(metric.name()));
    HttpProblems.ALL.forEach(type -> assertThat(page).contains(type.code()));
    for (String key :
        List.of(
            "follow redirects",
            "max body",
            "trust",
            "insecure",
            "cookies",
            "timeout",
            "body size",
            "retry",
            "within",
            "every",
            "save",
            "form",
            "json",
            "expires",
            "cipher",
            "subject")) {
      assertThat(page).contains("`" + key);
    }
  }

  @Test
  void nothingIsPrintedWhereThereIsNoLogging(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Quiet.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output)).isEqualTo("[2]");
  }

  /** A program that reads a JSON path and prints what it found. */
  static final class Quiet {
    private Quiet() {}

    public static void main(String[] arguments) {
      System.out.print(JsonQuery.compile("$.length()").find(List.of("a", "b")));
    }
  }
}
