package dev.assay.suite;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the reports that a run wrote, and tells them from those that lay there before.
 *
 * <p>A report is of the run if it was not there before or has changed (time, size or identity), and
 * is not older than the run's start. Nothing is deleted. Not thread-safe.
 */
final class ReportFiles {

  /** More reports than any suite has. */
  static final int MOST = 20_000;

  /** File systems keep times in steps of up to two seconds. */
  private static final Duration GRANULARITY = Duration.ofSeconds(2);

  private static final Set<String> NEVER = Set.of(".git", "node_modules", ".assay");

  private record Stamp(FileTime modified, long size, @Nullable Object identity) {}

  /**
   * What a search found.
   *
   * @param fresh the reports of this run, sorted
   * @param stale those from before, sorted
   * @param more whether there are more than {@link #MOST}
   */
  record Found(List<Path> fresh, List<Path> stale, boolean more) {}

  private final Path folder;
  private final List<Glob> globs;
  private final Map<Path, Stamp> before;
  private final Instant start;

  /** Remembers what lies there before a run that starts now. */
  ReportFiles(Path folder, List<String> patterns, Instant start) throws IOException {
    this.folder = folder;
    this.globs = patterns.stream().map(pattern -> Glob.of(folder, pattern)).toList();
    this.start = start;
    this.before = search();
  }

  /** Finds what lies there now. */
  Found find() throws IOException {
    Map<Path, Stamp> now = search();
    Instant oldest = start.minus(GRANULARITY);
    List<Path> fresh = new ArrayList<>();
    List<Path> stale = new ArrayList<>();
    now.forEach((file, stamp) -> {
      boolean changed = !stamp.equals(before.get(file));
      boolean young = !stamp.modified().toInstant().isBefore(oldest);
      (changed && young ? fresh : stale).add(file);
    });
    return new Found(List.copyOf(fresh), List.copyOf(stale), now.size() >= MOST);
  }

  /** The name of a report for people: its path below the folder. */
  String name(Path file) {
    return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
  }

  private Map<Path, Stamp> search() throws IOException {
    Map<Path, Stamp> found = new TreeMap<>();
    for (Glob glob : globs) {
      if (Files.isDirectory(glob.base())) {
        Files.walkFileTree(
            glob.base(),
            EnumSet.noneOf(FileVisitOption.class),
            glob.deep() ? 64 : glob.depth(),
            new Search(glob, found));
      }
    }
    return found;
  }

  private static final class Search extends SimpleFileVisitor<Path> {
    private final Glob glob;
    private final Map<Path, Stamp> found;

    Search(Glob glob, Map<Path, Stamp> found) {
      this.glob = glob;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean never = NEVER.contains(String.valueOf(folder.getFileName()));
      return never && !folder.equals(glob.base())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && glob.matches(file)) {
        found.put(
            file,
            new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
      }
      return found.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      // a file that vanished or is closed to us is no report; the tests in it will be missed
      return FileVisitResult.CONTINUE;
    }
  }
}
