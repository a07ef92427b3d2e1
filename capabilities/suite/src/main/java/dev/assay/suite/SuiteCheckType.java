package dev.assay.suite;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Metric.Better;
import dev.assay.api.spi.Metric.Shape;
import dev.assay.api.value.Template;
import dev.assay.api.value.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** {@code suite:} runs tests that exist already. Immutable. */
public final class SuiteCheckType implements CheckType<SuiteConfiguration> {

  static final String DURATION = "duration";
  static final String TEST_TIME = "test.time";
  private static final int MOST_RETRIES = 10;

  @Override
  public String name() {
    return "suite";
  }

  @Override
  public String summary() {
    return "Runs a test suite with its own runner and reads what became of each test.";
  }

  @Override
  public Class<SuiteConfiguration> configuration() {
    return SuiteConfiguration.class;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        new Metric(
            DURATION,
            Unit.NANOSECONDS,
            Shape.SCALAR,
            Better.LOWER,
            "How long the runner took, from its start to its end."),
        new Metric(
            TEST_TIME,
            Unit.NANOSECONDS,
            Shape.DISTRIBUTION,
            Better.LOWER,
            "How long each test case took, of those whose report says it."));
  }

  @Override
  public List<Implied> implied(SuiteConfiguration configuration) {
    return List.of(new Implied("tests", "> 0", true), new Implied("failed", "= 0", false));
  }

  @Override
  public void validate(SuiteConfiguration suite, Consumer<Problem> problems) {
    Place place = suite.place();
    if (suite.maven() == null && suite.command() == null) {
      problems.accept(
          SuiteProblems.RUNNER.at(
              place, "the suite has no runner", "add `maven: FOLDER` or `command: …`"));
    } else if (suite.maven() != null && suite.command() != null) {
      problems.accept(
          SuiteProblems.RUNNER.at(
              place, "the suite has both `maven` and `command`", "keep one of them"));
    } else if (suite.command() != null) {
      command(suite, problems);
    } else {
      maven(suite, problems);
    }
    if (suite.retries() < 0 || suite.retries() > MOST_RETRIES) {
      problems.accept(
          SuiteProblems.RUNNER.at(
              place,
              "`retries` is " + suite.retries(),
              "write a number from 0 to " + MOST_RETRIES));
    }
  }

  private static void command(SuiteConfiguration suite, Consumer<Problem> problems) {
    if (suite.goals() != null || suite.tests() != null || suite.retries() != 0) {
      problems.accept(
          SuiteProblems.RUNNER.at(
              suite.place(),
              "`goals`, `tests` and `retries` are for Maven, and the suite has a `command`",
              "put such options into the command"));
    }
    if (suite.reports().isEmpty()) {
      problems.accept(
          SuiteProblems.REPORTS.at(
              suite.place(),
              "the suite has a `command` but no `reports`",
              "add `reports: [ \"reports/*.xml\" ]` with the place where the runner writes JUnit XML"));
    }
    Template folder = suite.folder();
    if (folder != null) {
      folder(suite.place(), "folder", folder, false, problems);
    }
  }

  private static void maven(SuiteConfiguration suite, Consumer<Problem> problems) {
    if (suite.folder() != null) {
      problems.accept(
          SuiteProblems.RUNNER.at(
              suite.place(),
              "`folder` is for a `command`, and the suite has `maven`",
              "write the folder as `maven: " + suite.folder() + "`"));
    }
    Template maven = suite.maven();
    if (maven != null) {
      folder(suite.place(), "maven", maven, true, problems);
    }
  }

  private static void folder(
      Place place, String key, Template written, boolean maven, Consumer<Problem> problems) {
    if (!written.names().isEmpty()) {
      return;
    }
    workspace(place)
        .flatMap(workspace -> wrongFolder(place, key, workspace, written.fill(name -> ""), maven))
        .ifPresent(problems);
  }

  /** The folder of the workspace file, where the place is of a file that can be found. */
  private static Optional<Path> workspace(Place place) {
    try {
      Path file = Path.of(place.file()).toAbsolutePath().normalize();
      return Files.isRegularFile(file) ? Optional.ofNullable(file.getParent()) : Optional.empty();
    } catch (InvalidPathException notFromDisk) {
      return Optional.empty();
    }
  }

  /** What is wrong with a folder of the workspace, if something is. */
  static Optional<Problem> wrongFolder(
      Where where, String key, Path workspace, String written, boolean maven) {
    Path folder;
    try {
      folder = workspace.resolve(written).normalize();
    } catch (InvalidPathException impossible) {
      return Optional.of(
          SuiteProblems.FOLDER.at(
              where, "`" + key + ": " + written + "` is no path", "write the name of a folder"));
    }
    if (!Files.isDirectory(folder)) {
      return Optional.of(
          SuiteProblems.FOLDER.at(
              where,
              "`" + key + ": " + written + "`: there is no folder " + folder,
              neighbour(folder).orElse("name an existing folder, relative to assay.yaml")));
    }
    if (maven && !Files.isRegularFile(folder.resolve("pom.xml"))) {
      return Optional.of(
          SuiteProblems.FOLDER.at(
              where,
              "`" + key + ": " + written + "`: there is no pom.xml in " + folder,
              "name the folder of the Maven project that holds its pom.xml"));
    }
    return Optional.empty();
  }

  private static Optional<String> neighbour(Path folder) {
    Path parent = folder.getParent();
    Path name = folder.getFileName();
    if (parent == null || name == null || !Files.isDirectory(parent)) {
      return Optional.empty();
    }
    try (Stream<Path> siblings = Files.list(parent)) {
      List<String> names =
          siblings
              .filter(Files::isDirectory)
              .limit(1000)
              .map(sibling -> String.valueOf(sibling.getFileName()))
              .toList();
      return Nearest.to(name.toString(), names).map(near -> "did you mean '" + near + "'?");
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public Check prepare(SuiteConfiguration configuration) {
    return new SuiteCheck(configuration);
  }
}
