package dev.assay.suite.select;

import dev.assay.suite.select.graph.Digester;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What around a project decides how its tests behave: the Java that runs them, the words of the
 * runner, and variables of an allow-list. All other variables are taken not to matter.
 */
public final class Surroundings {

  private static final Set<String> VARIABLES =
      Set.of(
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "MAVEN_OPTS",
          "MAVEN_ARGS",
          "GRADLE_OPTS",
          "JAVA_OPTS",
          "NODE_OPTIONS",
          "NODE_ENV",
          "PYTHONPATH",
          "PYTHONHASHSEED",
          "TZ",
          "LANG",
          "LANGUAGE",
          "LC_ALL");

  private Surroundings() {}

  /**
   * Digests by name.
   *
   * @param environment of the runner
   * @param flags the words that it is started with
   * @param variables names that count beside the usual ones
   */
  public static Map<String, Long> read(
      Map<String, String> environment, List<String> flags, Set<String> variables) {
    Map<String, Long> inputs = new TreeMap<>();
    Digester digester = new Digester();
    flags.forEach(digester::add);
    inputs.put("the words of the runner", digester.value());
    Set<String> names = new TreeSet<>(VARIABLES);
    names.addAll(variables);
    for (String name : names) {
      String value = environment.get(name);
      if (value != null) {
        inputs.put("the variable " + name, digester.add(value).value());
      }
    }
    inputs.put("the Java of the runner", digester.add(java(environment)).value());
    return inputs;
  }

  /** Whether an input is one of these, by its name. */
  static boolean isOne(String name) {
    return name.startsWith("the ");
  }

  /** What the Java that a build tool would take says of itself. */
  private static String java(Map<String, String> environment) {
    String home = environment.get("JAVA_HOME");
    try {
      if (home != null && Files.isRegularFile(Path.of(home, "release"))) {
        return Files.readString(Path.of(home, "release"));
      }
      for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
        Path java = Path.of(folder.isEmpty() ? "." : folder, "java");
        if (Files.isExecutable(java)) {
          Path bin = java.toRealPath().getParent();
          Path release = bin == null ? null : bin.resolveSibling("release");
          return release != null && Files.isRegularFile(release)
              ? Files.readString(release)
              : String.valueOf(bin);
        }
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      return "unreadable: " + home;
    }
    return "none";
  }
}
