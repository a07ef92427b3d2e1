package dev.assay.suite.select;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How it is seen which files each file of tests executes (pytest) or loads (Jest, Vitest): by a
 * small program that the tool takes in beside its own, so that nobody's configuration is changed.
 *
 * @param tool its id
 * @param project the folder that names of files are below
 * @param folder where the programs lie
 */
record FileTracing(String tool, Path project, Path folder) {

  private static final Map<String, String> PROGRAMS =
      Map.of("pytest", "assay_trace.py", "jest", "assay-trace.cjs", "vitest", "assay-trace.mjs");

  /** The first of Vitest whose notes on imports can be asked for by an option. */
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

  /** Whether this can be seen of a tool. */
  static boolean sees(String tool) {
    return PROGRAMS.containsKey(tool);
  }

  /** Lays the program of the tool out, where there is one. */
  void prepare() throws IOException {
    String program = PROGRAMS.get(tool);
    if (program == null) {
      return;
    }
    try (InputStream in = FileTracing.class.getResourceAsStream(program)) {
      if (in == null) {
        throw new IOException("the product has no " + program);
      }
      Files.copy(in, folder.resolve(program));
    }
  }

  /** Variables that bring the program in, each added to what it is already. */
  Map<String, String> environment(Map<String, String> before) {
    Map<String, String> variables = new HashMap<>();
    String here = folder.toAbsolutePath().toString();
    switch (tool) {
      case "pytest" -> {
        variables.put("PYTHONPATH", joined(here, java.io.File.pathSeparator, before, "PYTHONPATH"));
        variables.put("PYTEST_PLUGINS", joined("assay_trace", ",", before, "PYTEST_PLUGINS"));
      }
      case "jest" ->
          variables.put(
              "NODE_OPTIONS",
              joined("--require \"" + here + "/assay-trace.cjs\"", " ", before, "NODE_OPTIONS"));
      default -> {
        // told by words, or not seen
      }
    }
    if (sees(tool)) {
      variables.put("ASSAY_TRACE_FOLDER", folder.resolve("traces").toAbsolutePath().toString());
      variables.put("ASSAY_TRACE_ROOT", project.toAbsolutePath().toString());
    }
    return variables;
  }

  private static String joined(
      String first, String between, Map<String, String> before, String name) {
    String known = before.getOrDefault(name, "");
    return known.isEmpty() ? first : first + between + known;
  }

  /** Words for the tool that bring the program in; none where variables do. */
  List<String> words() {
    return tool.equals("vitest") && notesImports()
        ? List.of(
            "--experimental.importDurations.limit=100000",
            "--reporter=" + folder.resolve("assay-trace.mjs").toAbsolutePath())
        : List.of();
  }

  private boolean notesImports() {
    Path file = project.resolve("node_modules/vitest/package.json");
    try {
      Json version = JsonReader.read(Files.readString(file)).asObject().members().get("version");
      Matcher matcher = VERSION.matcher(version == null ? "" : version.asText());
      if (!matcher.matches()) {
        return false;
      }
      int major = Integer.parseInt(matcher.group(1));
      return major > 4 || major == 4 && Integer.parseInt(matcher.group(2)) >= 1;
    } catch (IOException | JsonException | NumberFormatException unknown) {
      return false;
    }
  }
}
