package dev.assay.suite.select;

import dev.assay.suite.select.graph.CodeGraph;
import dev.assay.suite.select.graph.Digester;
import dev.assay.suite.select.graph.FileGraphBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A project in JavaScript, TypeScript or Python, read from what its files import. A file of which
 * something is imported by a name that is put together at run time depends on all files.
 */
final class ImportProject implements Project {

  /** Stands for all files of code. */
  private static final String ALL = "*";

  private static final Pattern CODE = Pattern.compile(".*\\.([cm]?[jt]sx?|vue|svelte|py)");
  private static final Pattern TEST =
      Pattern.compile(
          "(.*/)?([^/]+[._-](test|spec)\\.[cm]?[jt]sx?|__tests__/.+\\.[cm]?[jt]sx?"
              + "|test-?[^/]*\\.[cm]?js|test_[^/]*\\.py|[^/]*_test\\.py)"
              + "|(.*/)?test/.+\\.[cm]?js");

  private final CodeGraph graph;
  private final Map<String, Long> inputs;

  private ImportProject(CodeGraph graph, Map<String, Long> inputs) {
    this.graph = graph;
    this.inputs = inputs;
  }

  /** Reads one; empty where no file of tests is in the folder. */
  static Optional<Project> read(Path folder) throws IOException {
    Project project = new Reading(folder).read();
    return project.graph().tests().isEmpty() ? Optional.empty() : Optional.of(project);
  }

  @Override
  public CodeGraph graph() {
    return graph;
  }

  @Override
  public Map<String, Long> inputs() {
    return inputs;
  }

  @Override
  public Optional<String> stale() {
    return Optional.empty();
  }

  @Override
  public boolean changedOnDisk() {
    return false;
  }

  @Override
  public List<String> notes() {
    return List.of(
        "what a test depends on is told from imports, and with pytest, Jest and Vitest from what it"
            + " was seen to execute or load; processes that it starts are not seen");
  }

  @Override
  public Optional<BitSet> partsOf(String path) {
    int part = graph.findResource(path);
    if (part < 0) {
      return FileKind.ofAny(path) == FileKind.DOCUMENT
          ? Optional.of(new BitSet())
          : Optional.empty();
    }
    BitSet parts = new BitSet();
    parts.set(part);
    int all = graph.findResource(ALL);
    if (CODE.matcher(path).matches() && all >= 0) {
      parts.set(all);
    }
    return inputs.containsKey(path) ? Optional.empty() : Optional.of(parts);
  }

  /** Reads one project. Used by one thread. */
  private static final class Reading {
    private final Path folder;
    private final FileGraphBuilder builder = new FileGraphBuilder();
    private final Map<String, String> code = new TreeMap<>();
    private final Map<String, Long> others = new TreeMap<>();
    private final Map<String, Long> inputs = new TreeMap<>();
    private final Set<String> named = new HashSet<>();
    private final Map<String, Set<String>> byFileName = new HashMap<>();
    private final Map<String, Set<String>> uses = new HashMap<>();
    private final StringBuilder builds = new StringBuilder();
    private final StringBuilder setups = new StringBuilder();

    Reading(Path folder) {
      this.folder = folder;
    }

    ImportProject read() throws IOException {
      Set<String> documents = new HashSet<>();
      Digester all = new Digester();
      for (String path : ProjectFiles.of(folder)) {
        Path file = folder.resolve(path);
        long digest = ProjectFiles.digest(file);
        FileKind kind = FileKind.ofAny(path);
        if (kind == FileKind.BUILD || kind == FileKind.FOREIGN) {
          inputs.put(path, digest);
          String text = ProjectFiles.text(file);
          builds.append(text).append('\n');
          setups.append(setup(path, text)).append('\n');
          continue;
        }
        builder.addFile(path, digest);
        byFileName
            .computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), _ -> new HashSet<>())
            .add(path);
        if (CODE.matcher(path).matches()) {
          code.put(path, ProjectFiles.text(file));
          all.add(path).add(digest);
        } else {
          others.put(path, digest);
          if (kind == FileKind.DOCUMENT) {
            documents.add(path);
          }
        }
      }
      builder.addFile(ALL, all.value());
      Imports imports = new Imports(code.keySet(), builds.toString());
      code.forEach((path, text) -> connect(imports, path, text));
      setUp();
      others.forEach((path, digest) -> {
        if (!named.contains(path) && !documents.contains(path)) {
          inputs.put(path, digest);
        }
      });
      return new ImportProject(builder.build(), Map.copyOf(inputs));
    }

    /** What of a build file tells how tests are set up; the rest of package.json does not. */
    private static String setup(String path, String text) {
      if (path.endsWith("package.json")) {
        int found = text.indexOf("\"setupFiles");
        return found < 0 ? "" : text.substring(found);
      }
      return path.endsWith("lock") || path.endsWith("lock.json") ? "" : text;
    }

    /** Files that a configuration names are loaded for all tests, with all that they import. */
    private void setUp() {
      ArrayDeque<String> next = new ArrayDeque<>();
      String named = setups.toString();
      for (String path : code.keySet()) {
        if (named.contains(path.substring(path.lastIndexOf('/') + 1))) {
          next.add(path);
        }
      }
      Set<String> seen = new HashSet<>(next);
      while (!next.isEmpty()) {
        String path = next.remove();
        inputs.put(path, new Digester().add(code.getOrDefault(path, "")).value());
        for (String used : uses.getOrDefault(path, Set.of())) {
          if (seen.add(used)) {
            next.add(used);
          }
        }
      }
    }

    private void connect(Imports imports, String path, String text) {
      if (TEST.matcher(path).matches()) {
        builder.addTest(path);
      }
      Imports.Found found = imports.of(path, text);
      found.files().forEach(used -> builder.addUse(path, used));
      uses.put(path, found.files());
      if (found.unknown()) {
        builder.addUse(path, ALL);
      }
      for (String literal : found.texts()) {
        String file = literal.substring(literal.lastIndexOf('/') + 1);
        for (String other : byFileName.getOrDefault(file, Set.of())) {
          String clean = literal.replaceFirst("^(\\.{0,2}/)+", "");
          if (("/" + other).endsWith("/" + clean)) {
            named.add(other);
            builder.addUse(path, other);
          }
        }
      }
      String snapshots =
          path.substring(0, path.lastIndexOf('/') + 1)
              + "__snapshots__/"
              + path.substring(path.lastIndexOf('/') + 1)
              + ".snap";
      if (others.containsKey(snapshots)) {
        named.add(snapshots);
        builder.addUse(path, snapshots);
      }
    }
  }
}
