package dev.assay.suite.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a tool is asked to run.
 *
 * @param project the project
 * @param path a file or folder of the project that all tests are in, relative to it; empty for all
 * @param reports an empty folder that exists, for reports and for what the tool is told by a file
 * @param options words of the user
 * @param what which tests
 * @param retries how often the tool itself is to try a failed test again
 * @param built whether everything was built before, by {@link TestRunner#preparation}
 */
public record Request(
    ProjectFiles project,
    String path,
    Path reports,
    List<String> options,
    Tests what,
    int retries,
    boolean built) {

  /** Copies the words. */
  public Request {
    options = List.copyOf(options);
  }

  /** The same for other tests, reported elsewhere. */
  public Request of(Tests tests, Path folder) {
    return new Request(project, path, folder, options, tests, retries, built);
  }

  /** The same once the preparation was made. */
  public Request afterBuild() {
    return new Request(project, path, reports, options, what, retries, true);
  }

  /** The same, with as many retries by the tool itself. */
  public Request retrying(int times) {
    return new Request(project, path, reports, options, what, times, built);
  }

  /** Which tests are run. */
  public sealed interface Tests {}

  /** All that the tool finds by itself. */
  public record All() implements Tests {}

  /**
   * Those that match a pattern of the tool's own.
   *
   * @param pattern as the user wrote it
   */
  public record Matching(String pattern) implements Tests {}

  /**
   * Whole units: classes, files or packages, by what the tool runs alone.
   *
   * @param units at least one, in the order in which they are to run where the tool keeps one
   */
  public record Units(List<String> units) implements Tests {
    /** Copies the list. */
    public Units {
      units = List.copyOf(units);
    }
  }

  /**
   * Single test cases.
   *
   * @param cases at least one
   */
  public record Cases(List<Case> cases) implements Tests {
    /** Copies the list. */
    public Cases {
      cases = List.copyOf(cases);
    }

    List<String> units() {
      return cases.stream().map(Case::unit).distinct().toList();
    }
  }

  /**
   * A test case as a report of the same tool named it.
   *
   * @param unit the unit it is in, as {@link TestRunner#unit} gives it
   * @param suite its suite
   * @param name its own name
   * @param labels what else the report said of it
   */
  public record Case(String unit, String suite, String name, Map<String, String> labels) {
    /** Copies the labels. */
    public Case {
      labels = Map.copyOf(labels);
    }
  }
}
