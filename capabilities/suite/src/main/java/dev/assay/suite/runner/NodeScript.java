package dev.assay.suite.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code npm test} says of a tool: the options and variables that the project gives it, so
 * that the tool can be started with them and more. A script with shell syntax says only that the
 * tool is used.
 *
 * @param environment variables set before it
 * @param options its options, without files
 */
record NodeScript(Map<String, String> environment, List<String> options) {

  static final NodeScript NONE = new NodeScript(Map.of(), List.of());

  /** Words that would keep the tool from ending, or that are said anyway. */
  private static final Set<String> DROPPED =
      Set.of("run", "test", "watch", "--run", "--watch", "--watchAll", "--test", "-w");

  /** Whether the project's script speaks of a tool. */
  static boolean names(ProjectFiles project, String tool) {
    return List.of(project.testScript().split("[\\s&|;()]+")).contains(tool);
  }

  /** What the script says of it; {@link #NONE} where that cannot be told. */
  static NodeScript of(ProjectFiles project, String tool) {
    String script = project.testScript();
    if (script.matches("(?s).*[&|;<>$`()'\"\\\\*].*")) {
      return NONE;
    }
    Map<String, String> environment = new LinkedHashMap<>();
    List<String> options = new ArrayList<>();
    boolean found = false;
    boolean afterOption = false;
    for (String word : script.strip().split("\\s+")) {
      if (!found && word.equals(tool)) {
        found = true;
      } else if (!found && word.matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
        int equals = word.indexOf('=');
        environment.put(word.substring(0, equals), word.substring(equals + 1));
      } else if (!found && !Set.of("cross-env", "npx").contains(word)) {
        return NONE;
      } else if (found && !DROPPED.contains(word) && (word.startsWith("-") || afterOption)) {
        options.add(word);
      }
      afterOption = found && word.startsWith("-") && !word.contains("=");
    }
    return found ? new NodeScript(environment, options) : NONE;
  }

  /** Words that start a program of the project. */
  static Flag program(ProjectFiles project, String name) {
    Optional<Path> own = project.nodeProgram(name);
    return own.isPresent()
        ? Flag.of("the project's own " + name, own.get().toString())
        : Flag.of(
            name + ", as npm finds it; it is not in node_modules", "npx", "--no-install", name);
  }

  /** What Istanbul and Stryker write where nothing else is configured. */
  static List<List<String>> measures() {
    return List.of(
        List.of(
            "coverage/coverage-final.json",
            "coverage/lcov.info",
            "coverage/clover.xml",
            "coverage/cobertura-coverage.xml"),
        List.of("reports/mutation/mutation.json"));
  }

  /** What a project without the program needs. */
  static String missing(ProjectFiles project, String name) {
    return project.nodeProgram(name).isPresent() ? "" : "npx";
  }

  /**
   * A regular expression of JavaScript that matches one of these names at the end of a full one.
   */
  static String pattern(List<Request.Case> cases) {
    List<String> names = new ArrayList<>();
    for (Request.Case one : cases) {
      String full = (one.suite() + " > " + one.name()).replaceFirst("^ > ", "");
      String escaped = full.replaceAll("[.*+?^${}()|\\[\\]\\\\/]", "\\\\$0");
      String joined = escaped.replace(" > ", " ");
      if (!names.contains(joined)) {
        names.add(joined);
      }
    }
    return "(" + String.join("|", names) + ")$";
  }
}
