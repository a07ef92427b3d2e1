package dev.assay.suite.select;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which files of a project a file of JavaScript, TypeScript or Python imports. Reads by
 * patterns, not by a grammar: an import inside a comment counts as one, which only selects more.
 * Immutable.
 */
final class Imports {

  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?:\\bfrom|\\bimport|\\bexport\\s[^;]*?\\bfrom)\\s*['\"]([^'\"\\n]+)['\"]"
              + "|\\b(?:require|import|mock|unmock|doMock|requireActual|importActual|resolve)"
              + "\\s*\\(\\s*['\"`]([^'\"`\\n$]+)['\"`]");
  private static final Pattern SCRIPT_UNKNOWN =
      Pattern.compile(
          "\\b(?:require|import)\\s*\\(\\s*(?!['\"])[^)\\s]|\\b(?:require|import)\\s*\\(\\s*`[^`]*\\$"
              + "|import\\.meta\\.glob|require\\.context");
  private static final Pattern PYTHON =
      Pattern.compile(
          "(?m)^\\s*(?:from\\s+(\\.*[\\w.]*)\\s+import\\s+(\\([^)]*\\)|[^#\\n]+)|import\\s+([\\w.,"
              + " \\t]+))");
  private static final Pattern PYTHON_UNKNOWN =
      Pattern.compile("\\b(?:import_module|__import__|run_module|run_path)\\s*\\(");
  private static final Pattern TEXT = Pattern.compile("['\"`]([^'\"`\\n\\\\]{2,200})['\"`]");
  private static final List<String> ENDINGS =
      List.of(
          "",
          ".js",
          ".ts",
          ".tsx",
          ".jsx",
          ".mjs",
          ".cjs",
          ".mts",
          ".cts",
          ".vue",
          ".svelte",
          "/index.js",
          "/index.ts",
          "/index.tsx",
          "/index.jsx",
          "/index.mjs",
          "/index.cjs");

  /**
   * What a file uses.
   *
   * @param files other files of the project
   * @param unknown whether it imports something by a name that is not written in it
   * @param texts its texts, which may name files
   */
  record Found(Set<String> files, boolean unknown, Set<String> texts) {}

  private final Set<String> code;
  private final String builds;
  private final Map<String, List<String>> modules = new HashMap<>();

  /**
   * Knows a project.
   *
   * @param code all its files of code
   * @param builds the text of all its build files
   */
  Imports(Set<String> code, String builds) {
    this.code = code;
    this.builds = builds;
    for (String path : code) {
      if (path.endsWith(".py")) {
        String module = path.replaceFirst("(/__init__)?\\.py$", "");
        modules
            .computeIfAbsent(module.substring(module.lastIndexOf('/') + 1), _ -> new ArrayList<>())
            .add(path);
      }
    }
  }

  /** What a file uses. */
  Found of(String path, String text) {
    Set<String> texts = new HashSet<>();
    Matcher literals = TEXT.matcher(text);
    while (literals.find()) {
      texts.add(literals.group(1));
    }
    return path.endsWith(".py") ? python(path, text, texts) : script(path, text, texts);
  }

  // ---- JavaScript and TypeScript

  private Found script(String path, String text, Set<String> texts) {
    Set<String> files = new HashSet<>();
    boolean unknown = SCRIPT_UNKNOWN.matcher(text).find();
    Matcher imports = SCRIPT.matcher(text);
    while (imports.find()) {
      String name = imports.group(1) == null ? imports.group(2) : imports.group(1);
      if (name.startsWith(".")) {
        Set<String> found = relative(path, name);
        files.addAll(found);
        unknown |=
            found.isEmpty() && !name.matches(".*\\.(json|css|scss|less|svg|png|txt|md|snap)");
      } else if (!external(name)) {
        // an alias or a package of the project's own
        unknown = true;
      }
    }
    return new Found(files, unknown, texts);
  }

  private boolean external(String name) {
    if (name.startsWith("node:")) {
      return true;
    }
    String[] parts = name.split("/");
    String owner = name.startsWith("@") && parts.length > 1 ? parts[0] + "/" + parts[1] : parts[0];
    // what package.json depends on, with a version that is not a folder; else a part of Node
    Pattern dependency =
        Pattern.compile(
            "\"" + Pattern.quote(owner) + "\"\\s*:\\s*\"(?!file:|link:|workspace:|\\.)");
    boolean named =
        Pattern.compile("\"name\"\\s*:\\s*\"" + Pattern.quote(owner) + "\"").matcher(builds).find();
    return !named
        && (dependency.matcher(builds).find() || owner.matches("[a-z_]+") && !owner.equals("src"));
  }

  private Set<String> relative(String from, String name) {
    String base = resolved(from.substring(0, from.lastIndexOf('/') + 1), name);
    Set<String> found = new HashSet<>();
    for (String ending : ENDINGS) {
      add(base + ending, found);
    }
    // TypeScript names what it will be compiled to
    if (base.matches(".*\\.[cm]?jsx?")) {
      add(base.replaceFirst("js(x?)$", "ts$1"), found);
    }
    return found;
  }

  private void add(String path, Set<String> found) {
    String clean = path.startsWith("/") ? path.substring(1) : path;
    if (code.contains(clean)) {
      found.add(clean);
    }
  }

  private static String resolved(String folder, String name) {
    List<String> parts = new ArrayList<>();
    for (String part : (folder + name).split("/")) {
      if (part.equals("..") && !parts.isEmpty()) {
        parts.removeLast();
      } else if (!part.equals(".") && !part.isEmpty() && !part.equals("..")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  // ---- Python

  private Found python(String path, String text, Set<String> texts) {
    Set<String> files = new HashSet<>();
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    Matcher imports = PYTHON.matcher(text);
    while (imports.find()) {
      if (imports.group(3) != null) {
        for (String name : imports.group(3).split(",")) {
          module(name.strip().split("\\s+")[0], files);
        }
      } else {
        String from = imports.group(1);
        String base = from.startsWith(".") ? above(folder, from) : from;
        module(base, files);
        for (String name : imports.group(2).replaceAll("[()]", "").split(",")) {
          module(base + "." + name.strip().split("\\s+")[0], files);
        }
      }
    }
    for (String each : texts) {
      if (each.matches("[A-Za-z_][\\w]*(\\.[A-Za-z_]\\w*)+")) {
        // such as the target of a patch, which is a module and what is in it
        for (String at = each; at.contains("."); at = at.substring(0, at.lastIndexOf('.'))) {
          module(at, files);
        }
      }
    }
    // what pytest and Python load by themselves
    for (String at = folder; ; at = at.substring(0, at.lastIndexOf('/', at.length() - 2) + 1)) {
      add(at + "conftest.py", files);
      add(at + "__init__.py", files);
      if (at.isEmpty()) {
        break;
      }
    }
    files.remove(path);
    return new Found(files, PYTHON_UNKNOWN.matcher(text).find(), texts);
  }

  private static String above(String folder, String from) {
    int dots = 0;
    while (dots < from.length() && from.charAt(dots) == '.') {
      dots++;
    }
    String at = folder;
    for (int up = 1; up < dots && !at.isEmpty(); up++) {
      at = at.substring(0, at.lastIndexOf('/', at.length() - 2) + 1);
    }
    return (at.replace('/', '.') + from.substring(dots)).replaceFirst("\\.$", "");
  }

  /** Every file that could be the module, whatever the folder is that Python looks in. */
  private void module(String name, Set<String> files) {
    String path = name.replace('.', '/');
    for (String file : modules.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of())) {
      String module = "/" + file.replaceFirst("(/__init__)?\\.py$", "");
      if (module.endsWith("/" + path)) {
        files.add(file);
      }
    }
    // a package on the way is loaded too
    int parent = name.lastIndexOf('.');
    if (parent > 0) {
      module(name.substring(0, parent), files);
    }
  }
}
