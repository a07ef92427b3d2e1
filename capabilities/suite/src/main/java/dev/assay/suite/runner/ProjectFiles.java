package dev.assay.suite.runner;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a project, as far as tools are recognised by them. Reads when it is asked; a file
 * that cannot be read is as good as none. Thread-safe.
 *
 * @param folder absolute
 */
public record ProjectFiles(Path folder) {

  private static final int LONGEST = 1 << 20;
  private static final int FARTHEST_UP = 12;
  private static final int MOST_FILES = 200_000;
  private static final Set<String> NEVER =
      Set.of(
          ".git",
          "node_modules",
          ".assay",
          "target",
          "build",
          "dist",
          ".venv",
          "venv",
          ".tox",
          "__pycache__",
          ".gradle",
          "vendor");

  /** Makes the folder absolute. */
  public ProjectFiles {
    folder = folder.toAbsolutePath().normalize();
  }

  boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  /** The first of these files that is there. */
  Optional<String> first(String... names) {
    return Stream.of(names).filter(this::has).findFirst();
  }

  /** A file in the folder itself that matches, the first by name. */
  Optional<String> matching(String glob) {
    PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .limit(MOST_FILES)
          .map(Path::getFileName)
          .filter(matcher::matches)
          .map(Path::toString)
          .sorted()
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** The text of a file; empty where there is none, it is long, or it is no text. */
  String text(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LONGEST
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          : "";
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** {@code package.json}, where there is one that can be read. */
  Optional<Json.Obj> packageJson() {
    String text = text("package.json");
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return JsonReader.read(text) instanceof Json.Obj object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonException broken) {
      return Optional.empty();
    }
  }

  /** The command of {@code npm test}; empty where there is none. */
  String testScript() {
    return packageJson()
        .flatMap(json -> Optional.ofNullable(json.find("scripts")))
        .flatMap(scripts ->
            scripts instanceof Json.Obj object
                ? Optional.ofNullable(object.find("test"))
                : Optional.empty())
        .map(test -> test instanceof Json.Text text ? text.value() : "")
        .orElse("");
  }

  /** Whether {@code package.json} depends on something. */
  boolean dependsOn(String name) {
    return packageJson().stream()
        .flatMap(json ->
            Stream.of("devDependencies", "dependencies", "peerDependencies").map(json::find))
        .anyMatch(section -> section instanceof Json.Obj object && object.find(name) != null);
  }

  /** A program of the project's {@code node_modules}, or of a folder's around it. */
  Optional<Path> nodeProgram(String name) {
    @Nullable Path at = folder;
    for (int i = 0; i < FARTHEST_UP && at != null; i++, at = at.getParent()) {
      Path program = at.resolve("node_modules").resolve(".bin").resolve(name);
      if (Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  /** A wrapper script, as words that start it. */
  Optional<Flag> wrapper(String name) {
    Path script = folder.resolve(name);
    if (!Files.isRegularFile(script)) {
      return Optional.empty();
    }
    return Optional.of(
        Files.isExecutable(script)
            ? Flag.of("the project's own wrapper", script.toString())
            : Flag.of("the wrapper, which has lost its permission", "sh", script.toString()));
  }

  /**
   * All files below that match, as paths with {@code /}, sorted; outputs and what was downloaded
   * are passed over.
   */
  List<String> below(String start, String glob) throws IOException {
    PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
    Path from = folder.resolve(start).normalize();
    List<String> found = new ArrayList<>();
    if (Files.isRegularFile(from)) {
      return List.of(relative(from));
    }
    if (!Files.isDirectory(from)) {
      return List.of();
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            return !at.equals(from) && NEVER.contains(String.valueOf(at.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && matcher.matches(from.relativize(file))) {
              found.add(relative(file));
            }
            return found.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(found);
    return List.copyOf(found);
  }

  /** A path of the project as it is named in it; one outside stays as it is. */
  String relative(String path) {
    return relative(folder.resolve(path).normalize());
  }

  private String relative(Path path) {
    return (path.startsWith(folder) ? folder.relativize(path) : path).toString().replace('\\', '/');
  }
}
