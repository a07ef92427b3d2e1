package dev.assay.suite.runner;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tool that runs tests. Stateless and thread-safe. */
public sealed interface TestRunner
    permits CargoRunner,
        CypressRunner,
        DotnetRunner,
        GoRunner,
        GradleRunner,
        JestRunner,
        MavenRunner,
        NodeRunner,
        PlaywrightRunner,
        PytestRunner,
        VitestRunner {

  /** Its key in a workspace: {@code maven}, {@code pytest}. */
  String id();

  /** Its name, for people. */
  String title();

  /** What of a project's files says that its tests are run by this; empty where nothing does. */
  Optional<String> sign(ProjectFiles project);

  /**
   * The program that must be on the machine, and how to get it; empty where the project brings it.
   */
  String program(ProjectFiles project);

  /** What it runs alone. */
  Unit unit();

  /** Whether it runs units in the order in which they are given. */
  default boolean keepsOrder(ProjectFiles project) {
    return false;
  }

  /**
   * Whether several of it may run at once in one project, on different units, after {@link
   * #preparation}.
   */
  default boolean besideItself() {
    return true;
  }

  /** Whether it tries a failed test again by itself, in the same process. */
  default boolean retriesByItself() {
    return false;
  }

  /**
   * The units of a project, sorted, as far as its files tell; empty where they do not.
   *
   * @throws IOException if files cannot be read
   */
  default List<String> units(Request request) throws IOException {
    return List.of();
  }

  /**
   * A start of the tool that lists its units, one a line of its output, where it can; {@link
   * #units} is asked else.
   */
  default Optional<Invocation> listing(Request request) {
    return Optional.empty();
  }

  /** The units that lines of a listing name. */
  default List<String> listed(ProjectFiles project, List<String> lines) {
    return lines;
  }

  /** What builds all that tests need, before several are run at once. */
  default Optional<Invocation> preparation(Request request) throws IOException {
    return Optional.empty();
  }

  /**
   * What is started.
   *
   * @throws IOException if a file that tells the tool something cannot be written
   */
  Invocation invocation(Request request) throws IOException;

  /**
   * Patterns of the reports of coverage and of mutants that this tool's users mostly have it write.
   * Of each list the first that matches anything counts, as the others say the same.
   */
  default List<List<String>> measures() {
    return List.of();
  }

  /**
   * The unit that a case of its reports belongs to.
   *
   * @param suite as the report says
   * @param labels as the report says
   */
  String unit(ProjectFiles project, String suite, Map<String, String> labels);

  /** What a tool can be told to run alone. */
  enum Unit {
    /** A test class, by its full name. */
    CLASS,
    /** A file, by its path below the project. */
    FILE,
    /** A package, by its import path. */
    PACKAGE,
    /** Nothing that could be named before it ran. */
    NONE
  }
}
