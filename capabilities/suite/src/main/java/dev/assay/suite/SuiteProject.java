package dev.assay.suite;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Template;
import dev.assay.suite.runner.ProjectFiles;
import dev.assay.suite.runner.Runners;
import dev.assay.suite.runner.TestRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A project, and the tool that runs its tests. Immutable.
 *
 * @param runner the tool
 * @param files the project
 * @param path what of the project, relative to it; empty for all
 */
record SuiteProject(TestRunner runner, ProjectFiles files, String path) {

  /**
   * The project of a suite that is no command.
   *
   * @throws ProblemException if it is not there, or its tool cannot be told
   */
  static SuiteProject of(SuiteConfiguration suite, CheckContext context) {
    Map.Entry<String, Template> written = suite.runners().entrySet().iterator().next();
    return find(
        Where.named("check " + context.check()),
        written.getKey(),
        context.folder(),
        context.fill(written.getValue()));
  }

  /** Finds it; a problem where it is not there. */
  static SuiteProject find(Where where, String key, Path workspace, String written) {
    Path named = existing(where, key, workspace, written);
    if (key.equals("pytest")) {
      return pytest(workspace, named);
    }
    if (!Files.isDirectory(named)) {
      throw SuiteProblems.FOLDER.failure(
          where, shown(key, written) + ": " + named + " is no folder", "name a folder");
    }
    ProjectFiles files = new ProjectFiles(named);
    if (key.equals("path")) {
      return new SuiteProject(only(where, written, files), files, "");
    }
    TestRunner runner = Runners.named(key).orElseThrow();
    if (runner.sign(files).isEmpty()) {
      signMissing(where, key, written, files)
          .ifPresent(problem -> {
            throw new ProblemException(problem);
          });
    }
    return new SuiteProject(runner, files, "");
  }

  private static Optional<Problem> signMissing(
      Where where, String key, String written, ProjectFiles files) {
    String needed =
        switch (key) {
          case "maven" -> "pom.xml";
          case "gradle" -> "build.gradle or settings.gradle";
          case "go" -> "go.mod";
          case "cargo" -> "Cargo.toml";
          case "dotnet" -> "solution or project file";
          case "playwright" -> "playwright.config";
          case "cypress" -> "cypress.config";
          default -> ""; // Jest, Vitest and Node run without a sign that could be looked for
        };
    return needed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            SuiteProblems.FOLDER.at(
                where,
                shown(key, written) + ": there is no " + needed + " in " + files.folder(),
                "name the folder of the project that holds its " + needed));
  }

  /** The project around tests is the nearest folder that configures pytest. */
  private static SuiteProject pytest(Path workspace, Path named) {
    TestRunner runner = Runners.named("pytest").orElseThrow();
    Path top = workspace.toAbsolutePath().normalize();
    Path start =
        Files.isDirectory(named) ? named : java.util.Objects.requireNonNull(named.getParent());
    for (Path at = start; at != null && at.startsWith(top); at = at.getParent()) {
      ProjectFiles files = new ProjectFiles(at);
      boolean configured =
          Stream.of("pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini", "setup.py")
              .anyMatch(name -> Files.isRegularFile(files.folder().resolve(name)));
      if (configured || at.equals(top)) {
        return new SuiteProject(runner, files, files.folder().relativize(named).toString());
      }
    }
    return new SuiteProject(runner, new ProjectFiles(start), start.relativize(named).toString());
  }

  private static TestRunner only(Where where, String written, ProjectFiles files) {
    Map<TestRunner, String> found = Runners.of(files);
    if (found.size() == 1) {
      return found.keySet().iterator().next();
    }
    if (found.isEmpty()) {
      throw SuiteProblems.UNRECOGNISED.failure(
          where,
          "nothing in " + files.folder() + " says which tool runs its tests",
          "name the tool, as in `suite: { pytest: " + written + " }`, or a `command`");
    }
    String choices =
        found.entrySet().stream()
            .map(one -> "`" + one.getKey().id() + "` (" + one.getValue() + ")")
            .collect(Collectors.joining(", "));
    throw SuiteProblems.UNRECOGNISED.failure(
        where,
        "several tools run tests in " + files.folder() + ": " + choices,
        "name one, as in `suite: { "
            + found.keySet().iterator().next().id()
            + ": "
            + written
            + " }`, and give each of the others a check of its own");
  }

  private static String shown(String key, String written) {
    return "`" + key + ": " + written + "`";
  }

  /** The file or folder that is named. */
  static Path existing(Where where, String key, Path workspace, String written) {
    Path path;
    try {
      path = workspace.resolve(written).toAbsolutePath().normalize();
    } catch (InvalidPathException impossible) {
      throw SuiteProblems.FOLDER.failure(
          where, shown(key, written) + " is no path", "write the name of a folder");
    }
    if (!Files.exists(path)) {
      throw SuiteProblems.FOLDER.failure(
          where,
          shown(key, written) + ": there is no folder " + path,
          neighbour(path).orElse("name an existing folder, relative to assay.yaml"));
    }
    return path;
  }

  private static Optional<String> neighbour(Path path) {
    Path parent = path.getParent();
    Path name = path.getFileName();
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
}
