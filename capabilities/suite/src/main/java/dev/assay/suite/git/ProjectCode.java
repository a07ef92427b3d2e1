package dev.assay.suite.git;

import dev.assay.suite.trace.Frame;
import dev.assay.suite.trace.Language;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files are a project's own, and so which frames of a stack. Of at most 200,000 files.
 * Immutable.
 */
public final class ProjectCode {

  private static final int MOST = 200_000;
  private static final Set<String> SOURCES =
      Set.of(
          "java", "kt", "kts", "scala", "groovy", "clj", "js", "jsx", "mjs", "cjs", "ts", "tsx",
          "mts", "cts", "vue", "svelte", "py", "pyx", "go", "rs", "cs", "fs", "vb", "rb", "php");

  private static final Set<String> FOREIGN =
      Set.of(
          ".git",
          "node_modules",
          "target",
          "build",
          "dist",
          "out",
          "bin",
          "obj",
          ".gradle",
          ".venv",
          "venv",
          ".tox",
          "__pycache__",
          "vendor",
          ".assay",
          "site-packages");

  private static final Pattern TEST =
      Pattern.compile(
          "(?:.*/)?(?:tests?|spec|specs|__tests__|testing|e2e|it|integration-tests?)/.*"
              + "|.*[A-Za-z](?:Tests?|IT|Spec|TestCase)\\.\\w+"
              + "|(?:.*/)?test_[^/]*\\.py|.*_test\\.(?:py|go|rs)|.*\\.(?:test|spec|cy)\\.\\w+");

  private final Map<String, List<String>> byName = new HashMap<>();
  private final Set<String> kinds;

  private ProjectCode(Collection<String> paths) {
    java.util.HashSet<String> known = new java.util.HashSet<>();
    for (String path : paths) {
      String kind = kind(path);
      if (SOURCES.contains(kind)) {
        known.add(kind);
      }
      byName
          .computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), key -> new ArrayList<>(1))
          .add(path);
    }
    this.kinds = Set.copyOf(known);
  }

  /** Of files named relative to the project's folder, with slashes. */
  public static ProjectCode of(Collection<String> paths) {
    return new ProjectCode(paths);
  }

  /** Of the repository that a folder is in; without one, of the folder. */
  public static ProjectCode in(Path folder, Optional<Git> git) {
    return new ProjectCode(
        git.map(repository -> repository.files(MOST)).orElseGet(() -> walk(folder)));
  }

  private static List<String> walk(Path folder) {
    List<String> paths = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          Set.of(),
          40,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
              Path name = at.getFileName();
              return name != null && !at.equals(folder) && FOREIGN.contains(name.toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              paths.add(folder.relativize(file).toString().replace('\\', '/'));
              return paths.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      return paths;
    }
    return paths;
  }

  private static String kind(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Whether a path is that of a test, by the customs of the languages. */
  public static boolean test(String path) {
    return TEST.matcher(path).matches();
  }

  /** Whether a frame is of the project. */
  public boolean owns(Language language, Frame frame) {
    if (find(language, frame).isPresent()) {
      return true;
    }
    // without sources at hand, everything that is not known to be foreign is taken for its own
    return kinds.isEmpty() && !language.foreign(frame) && !frame.file().isEmpty();
  }

  /** The project's file that a frame is in, relative to the project's folder. */
  public Optional<String> find(Language language, Frame frame) {
    String file = frame.file().replace('\\', '/');
    List<String> candidates = byName.getOrDefault(frame.fileName(), List.of());
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    if (language == Language.JAVA) {
      return ofPackage(candidates, frame);
    }
    boolean foreign = language.foreign(frame);
    // Python installs a project and Go builds it where foreign code is, too
    boolean maybe = language == Language.PYTHON || language == Language.GO;
    return foreign && !maybe ? Optional.empty() : longestEnd(candidates, file, foreign);
  }

  /** A Java frame says its package and its file's name; Kotlin need not keep to the folders. */
  private static Optional<String> ofPackage(List<String> candidates, Frame frame) {
    int end = frame.scope().lastIndexOf('.');
    String folder = end < 0 ? "" : frame.scope().substring(0, end).replace('.', '/') + "/";
    String wanted = folder + frame.fileName();
    for (String candidate : candidates) {
      if (candidate.equals(wanted) || candidate.endsWith("/" + wanted)) {
        return Optional.of(candidate);
      }
    }
    boolean kotlin = kind(frame.fileName()).startsWith("kt");
    return kotlin && candidates.size() == 1 && !Language.JAVA.foreign(frame)
        ? Optional.of(candidates.getFirst())
        : Optional.empty();
  }

  /** The candidate that shares the most folders with a path, which may be of another machine. */
  private static Optional<String> longestEnd(
      List<String> candidates, String file, boolean looksForeign) {
    String best = null;
    int most = 0;
    boolean tie = false;
    for (String candidate : candidates) {
      int same = sameEnd(candidate.split("/"), file.split("/"));
      boolean whole = same == candidate.split("/").length;
      if (looksForeign && !whole) {
        continue;
      }
      if (same > most) {
        most = same;
        best = candidate;
        tie = false;
      } else if (same == most) {
        tie = true;
      }
    }
    // a bare name, or one that many files have, is not enough to tell by
    boolean enough =
        best != null && !tie && (most > 1 || file.indexOf('/') < 0 || !best.contains("/"));
    return enough ? Optional.ofNullable(best) : Optional.empty();
  }

  private static int sameEnd(String[] left, String[] right) {
    int same = 0;
    while (same < left.length
        && same < right.length
        && left[left.length - 1 - same].equals(right[right.length - 1 - same])) {
      same++;
    }
    return same;
  }

  /** The files of a name. */
  public List<String> named(String fileName) {
    return List.copyOf(byName.getOrDefault(fileName, List.of()));
  }
}
