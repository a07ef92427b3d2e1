package dev.assay.suite.select;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.ToolProvider;

/** A Maven project that is written and compiled by a test, with the compiler of this JVM. */
final class SmallProject {

  private static final String TEST = "src/test/java/";

  private final Path folder;
  private final Path kept;
  private int run;

  SmallProject(Path folder) throws IOException {
    this.folder = folder.resolve("project");
    this.kept = folder.resolve("kept");
    write("pom.xml", "<project/>");
  }

  Path folder() {
    return folder;
  }

  Path kept() {
    return kept;
  }

  SmallProject write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  SmallProject main(String name, String text) throws IOException {
    return write("src/main/java/acme/" + name + ".java", "package acme;\n" + text);
  }

  /** A test class with one test method. */
  SmallProject test(String name, String body) throws IOException {
    return write(
        TEST + "acme/" + name + ".java",
        "package acme;\npublic class "
            + name
            + " {\n  @org.junit.jupiter.api.Test void test() throws Exception { "
            + body
            + " }\n}");
  }

  void delete(String path) throws IOException {
    Files.delete(folder.resolve(path));
  }

  /** Compiles all sources from nothing, and copies resources. */
  SmallProject compile() throws IOException {
    Path target = folder.resolve("target");
    if (Files.isDirectory(target)) {
      List<Path> old = new ArrayList<>();
      ProjectFiles.walk(target, Set.of(), old::add);
      for (Path each : old) {
        Files.delete(each);
      }
    }
    compile("src/main", target.resolve("classes"));
    compile("src/test", target.resolve("test-classes"));
    return this;
  }

  private void compile(String from, Path to) throws IOException {
    Files.createDirectories(to);
    Path sources = folder.resolve(from);
    if (!Files.isDirectory(sources)) {
      return;
    }
    List<String> words =
        new ArrayList<>(
            List.of(
                "-g",
                "-proc:none",
                "-d",
                to.toString(),
                "-cp",
                System.getProperty("java.class.path") + ":" + folder.resolve("target/classes")));
    List<Path> files = new ArrayList<>();
    ProjectFiles.walk(sources, Set.of(), files::add);
    for (Path file : files) {
      if (file.toString().endsWith(".java")) {
        words.add(file.toString());
      } else {
        Path copy = to.resolve(sources.resolve("resources").relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    int code =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("the sources of the test do not compile");
    }
  }

  Selection select() throws IOException {
    return select(0);
  }

  Selection select(double share) throws IOException {
    return selected(share).selection();
  }

  SelectedRun selected(double share) throws IOException {
    return SelectedRun.select(folder, kept, Map.of(), share, 7).orElseThrow();
  }

  /** Selects, and remembers all that runs as passed but for some. */
  Selection pass(String... failing) throws IOException {
    SelectedRun selected = selected(0);
    Map<String, Boolean> results = new TreeMap<>();
    selected.selection().run().forEach(each -> results.put(each.test(), true));
    for (String each : failing) {
      results.put(each, false);
    }
    remember(selected, results, Map.of());
    return selected.selection();
  }

  void remember(
      SelectedRun selected, Map<String, Boolean> results, Map<String, Set<String>> executed) {
    try {
      selected.remember(
          results,
          new Tracing.Traces(executed, 1, Set.of()),
          "run-" + ++run,
          Instant.EPOCH.plusSeconds(run));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The simple names of the tests that a selection runs. */
  static List<String> names(Selection selection) {
    return selection.run().stream().map(each -> each.test().replace("acme.", "")).toList();
  }
}
