package dev.assay.suite.select;

import dev.assay.suite.select.graph.Digester;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The files of a project that people wrote: what Git knows of, else all but what tools make. */
final class ProjectFiles {

  private static final Set<String> MADE =
      Set.of("target", "build", "node_modules", "dist", "out", "coverage", "__pycache__", "venv");
  private static final int MOST = 200_000;
  private static final long LARGEST_DIGESTED = 64L << 20;
  private static final long LARGEST_TEXT = 1L << 20;

  private ProjectFiles() {}

  /** Their paths below the folder, with slashes, sorted. */
  static List<String> of(Path folder) throws IOException {
    Optional<List<String>> known = new Checkout(folder).files();
    if (known.isPresent()) {
      return known.get().stream()
          .filter(path -> !path.startsWith(".assay/"))
          .filter(path -> Files.isRegularFile(folder.resolve(path), LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
    Set<String> found = new TreeSet<>();
    walk(folder, MADE, file -> found.add(relative(folder, file)));
    return List.copyOf(found);
  }

  /** Visits files, but neither hidden folders nor those of some names. */
  static void walk(Path folder, Set<String> without, java.util.function.Consumer<Path> each)
      throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          private int seen;

          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            String name = String.valueOf(at.getFileName());
            boolean kept =
                at.equals(folder)
                    || !without.contains(name) && (!name.startsWith(".") || name.equals(".mvn"));
            return kept ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              each.accept(file);
            }
            return ++seen < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** The digest of a file's content; of size and time for one too large to read. */
  static long digest(Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST_DIGESTED) {
      return new Digester().add(size).add(Files.getLastModifiedTime(file).toMillis()).value();
    }
    return new Digester().add(Files.readAllBytes(file)).value();
  }

  /** What a file says, where it is text of a length that people write; else nothing. */
  static String text(Path file) throws IOException {
    if (Files.size(file) > LARGEST_TEXT) {
      return "";
    }
    byte[] bytes = Files.readAllBytes(file);
    for (byte each : bytes) {
      if (each == 0) {
        return "";
      }
    }
    // any encoding will do: names are in its common part
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
