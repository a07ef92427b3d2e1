package dev.assay.suite.bisect;

import dev.assay.suite.failure.Steps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the test is run at a commit, and where it is seen what became of it.
 *
 * @param prepare what is run before; where it fails, the commit cannot be built; null for nothing
 * @param command what runs the test
 * @param folder where both start, relative to the repository; empty for its root
 * @param reports patterns of the reports that the command writes, relative to the repository, as
 *     {@link java.nio.file.FileSystem#getPathMatcher} has them; empty where only its exit code
 *     tells
 */
public record Experiment(
    @Nullable List<String> prepare, List<String> command, String folder, List<String> reports) {

  private static final String REPORT = "assay-bisect.xml";

  /** Copies the lists. */
  public Experiment {
    prepare = prepare == null ? null : List.copyOf(prepare);
    command = List.copyOf(command);
    reports = List.copyOf(reports);
  }

  /** By the command that runs one test, with a report where its runner can write one. */
  public static Experiment of(Steps.Command step) {
    List<String> words = new ArrayList<>(step.words());
    String program = String.join(" ", words.subList(0, Math.min(3, words.size())));
    String inFolder = step.folder().isEmpty() ? REPORT : step.folder() + "/" + REPORT;
    List<String> prepare = null;
    List<String> reports = List.of();
    if (program.contains("mvn")) {
      words.addAll(1, List.of("--batch-mode", "--no-transfer-progress"));
      reports = List.of("{**/,}target/{surefire,failsafe}-reports/TEST-*.xml");
    } else if (program.contains("gradle")) {
      reports = List.of("{**/,}build/test-results/**/*.xml");
    } else if (program.contains("pytest")) {
      words.add("--junit-xml=" + REPORT);
      reports = List.of(inFolder);
    } else if (program.startsWith("node --test")) {
      words.addAll(1, List.of("--test-reporter=junit", "--test-reporter-destination=" + REPORT));
      reports = List.of(inFolder);
    } else if (program.contains("vitest")) {
      words.addAll(List.of("--reporter=junit", "--outputFile=" + REPORT));
      reports = List.of(inFolder);
    } else if (program.startsWith("cargo test")) {
      prepare = List.of("cargo", "test", "--no-run");
    } else if (program.startsWith("go test")) {
      prepare = List.of("go", "test", "-run", "^$", words.get(2));
    } else if (program.startsWith("dotnet test")) {
      prepare = List.of("dotnet", "build");
    }
    return new Experiment(prepare, words, step.folder(), reports);
  }
}
