package dev.assay.suite.select;

import dev.assay.suite.select.graph.ClassFactsCache;
import dev.assay.suite.select.graph.CodeGraph;
import dev.assay.suite.select.graph.CodeGraphBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A project of Maven or Gradle, of one module or many, read from its compiled classes. Classes of
 * Kotlin, Groovy and Scala are classes like all others.
 */
final class JvmProject implements Project {

  private static final List<String> BUILD_FILES =
      List.of(
          "pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts");
  private static final Set<String> LANGUAGES = Set.of("java", "kotlin", "groovy", "scala");
  private static final String CLASS = ".class";

  /** In place of the time of a source that need not be compiled yet. */
  private static final FileTime APART = FileTime.fromMillis(0);

  private final CodeGraph graph;
  private final Map<String, Long> inputs;
  private final @Nullable String stale;
  private final Map<Path, FileTime> files;

  private JvmProject(
      CodeGraph graph,
      Map<String, Long> inputs,
      @Nullable String stale,
      Map<Path, FileTime> files) {
    this.graph = graph;
    this.inputs = inputs;
    this.stale = stale;
    this.files = files;
  }

  static boolean isOne(Path folder) {
    return BUILD_FILES.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
  }

  static JvmProject read(Path folder) throws IOException {
    return read(folder, List.of(), new ClassFactsCache());
  }

  /**
   * Reads one while it is built.
   *
   * @param apart folders of modules that need not be compiled yet
   * @param facts of class files that were read before
   */
  static JvmProject read(Path folder, List<Path> apart, ClassFactsCache facts) throws IOException {
    return new Reading(folder, apart, facts).read();
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
    return Optional.ofNullable(stale);
  }

  @Override
  public boolean changedOnDisk() {
    for (Map.Entry<Path, FileTime> file : files.entrySet()) {
      try {
        if (!Files.getLastModifiedTime(file.getKey()).equals(file.getValue())) {
          return true;
        }
      } catch (IOException gone) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public Optional<BitSet> partsOf(String path) {
    String below = FileKind.below(path);
    return switch (FileKind.ofJvm(path)) {
      case BUILD, FOREIGN -> Optional.empty();
      case SOURCE -> {
        Set<String> classes = new HashSet<>(graph.classesOf(below));
        // one that is gone may still be named by others
        classes.add(below.substring(0, below.lastIndexOf('.')));
        yield Optional.of(graph.partsOf(classes));
      }
      case RESOURCE, OTHER -> resource(below);
      case DOCUMENT -> Optional.of(resource(path).orElseGet(BitSet::new));
    };
  }

  private Optional<BitSet> resource(String path) {
    int part = graph.findResource(path);
    if (part < 0 || graph.unnamedResources().containsKey(path)) {
      return Optional.empty();
    }
    BitSet parts = new BitSet();
    parts.set(part);
    return Optional.of(parts);
  }

  /** Reads one project. Used by one thread. */
  private static final class Reading {
    private final Path folder;
    private final List<Path> apart;
    private final CodeGraphBuilder builder;
    private final Map<String, FileTime> compiled = new HashMap<>();
    private final Map<String, Long> inputs = new TreeMap<>();
    private final Set<String> documents = new HashSet<>();
    private final Map<String, FileTime> sources = new TreeMap<>();
    private final Map<Path, FileTime> files = new HashMap<>();
    private final List<Path> generated = new ArrayList<>();
    private final List<String> made = new ArrayList<>();
    private final Map<Path, Boolean> foldersApart = new HashMap<>();
    private final Set<String> classesApart = new HashSet<>();

    Reading(Path folder, List<Path> apart, ClassFactsCache facts) {
      this.folder = folder;
      this.apart = apart;
      this.builder = new CodeGraphBuilder(facts);
    }

    /** Whether a folder belongs to a module that need not be compiled yet. */
    private boolean apart(@Nullable Path at) {
      if (at == null || apart.isEmpty() || !at.startsWith(folder)) {
        return false;
      }
      Boolean known = foldersApart.get(at);
      if (known == null) {
        // the nearest module around it, which may lie in the folder of another
        known = apart.contains(at) || !isOne(at) && apart(at.getParent());
        foldersApart.put(at, known);
      }
      return known;
    }

    JvmProject read() throws IOException {
      for (String path : ProjectFiles.of(folder)) {
        file(path);
      }
      List<Path> outputs = new ArrayList<>();
      modules(folder, 0, outputs);
      for (Path output : generated) {
        if (Files.isDirectory(output)) {
          ProjectFiles.walk(
              output, Set.of(), file -> made.add("/" + ProjectFiles.relative(output, file)));
        }
      }
      for (Path output : outputs) {
        boolean test =
            !String.valueOf(output.getFileName()).equals("main")
                && !output.endsWith("target/classes");
        classes(output, test);
      }
      CodeGraph graph = builder.build();
      graph
          .unnamedResources()
          .forEach((path, digest) -> {
            if (!documents.contains(path)) {
              inputs.put(path, digest);
            }
          });
      return new JvmProject(graph, Map.copyOf(inputs), stale(graph), Map.copyOf(files));
    }

    private void file(String path) throws IOException {
      Path file = folder.resolve(path);
      switch (FileKind.ofJvm(path)) {
        case BUILD, FOREIGN -> inputs.put(path, ProjectFiles.digest(file));
        case SOURCE -> {
          builder.addSource(FileKind.below(path), ProjectFiles.text(file));
          sources.merge(
              FileKind.below(path),
              apart(file.getParent()) ? APART : Files.getLastModifiedTime(file),
              (first, second) -> first.compareTo(second) > 0 ? first : second);
        }
        case RESOURCE -> {
          // its copy among the classes is what tests read
        }
        case DOCUMENT -> {
          documents.add(path);
          builder.addResource(path, ProjectFiles.digest(file), "");
        }
        case OTHER -> builder.addResource(path, ProjectFiles.digest(file), ProjectFiles.text(file));
      }
    }

    /** Folders with a build file, and where their classes are. */
    private void modules(Path at, int depth, List<Path> outputs) throws IOException {
      if (depth > 8) {
        return;
      }
      if (isOne(at)) {
        outputs.add(at.resolve("target/classes"));
        outputs.add(at.resolve("target/test-classes"));
        generated.add(at.resolve("target/generated-sources"));
        generated.add(at.resolve("target/generated-test-sources"));
        generated.add(at.resolve("build/generated"));
        for (String language : LANGUAGES) {
          children(at.resolve("build/classes").resolve(language), outputs);
        }
        children(at.resolve("build/resources"), outputs);
      }
      List<Path> below = new ArrayList<>();
      children(at, below);
      for (Path child : below) {
        String name = String.valueOf(child.getFileName());
        boolean skipped =
            name.startsWith(".") || Set.of("target", "build", "src", "node_modules").contains(name);
        if (!skipped) {
          modules(child, depth + 1, outputs);
        }
      }
    }

    private static void children(Path at, List<Path> found) throws IOException {
      if (Files.isDirectory(at)) {
        try (var list = Files.list(at)) {
          list.filter(Files::isDirectory).sorted().forEach(found::add);
        }
      }
    }

    private void classes(Path output, boolean test) throws IOException {
      if (!Files.isDirectory(output)) {
        return;
      }
      boolean apart = apart(output.getParent());
      List<Path> found = new ArrayList<>();
      ProjectFiles.walk(output, Set.of(), found::add);
      for (Path file : found) {
        files.put(file, Files.getLastModifiedTime(file));
        String path = ProjectFiles.relative(output, file);
        if (!path.endsWith(CLASS)) {
          builder.addResource(path, ProjectFiles.digest(file), ProjectFiles.text(file));
          continue;
        }
        try {
          builder.addClass(Files.readAllBytes(file), test);
          String name = path.substring(0, path.length() - CLASS.length());
          if (apart) {
            classesApart.add(name);
          }
          compiled.merge(
              name,
              Files.getLastModifiedTime(file),
              (first, second) -> first.compareTo(second) < 0 ? first : second);
        } catch (IllegalArgumentException unreadable) {
          // what cannot be read cannot be followed
          inputs.put("class " + path, ProjectFiles.digest(file));
        }
      }
    }

    private @Nullable String stale(CodeGraph graph) {
      if (compiled.isEmpty()) {
        return "nothing is compiled";
      }
      for (Map.Entry<String, FileTime> source : sources.entrySet()) {
        String path = source.getKey();
        if (path.endsWith("package-info.java") || source.getValue().equals(APART)) {
          continue;
        }
        List<String> classes = graph.classesOf(path);
        if (classes.isEmpty() && path.endsWith(".java")) {
          return path + " is not compiled";
        }
        for (String name : classes) {
          FileTime time = compiled.get(name);
          if (time != null && time.compareTo(source.getValue()) < 0) {
            return path + " is newer than its classes";
          }
        }
      }
      for (String path : graph.sources()) {
        boolean known =
            sources.containsKey(path)
                || path.endsWith("null")
                || classesApart.containsAll(graph.classesOf(path))
                || made.stream().anyMatch(each -> each.endsWith("/" + path));
        if (!known) {
          return path + " is gone, and its classes are still there";
        }
      }
      return null;
    }
  }
}
