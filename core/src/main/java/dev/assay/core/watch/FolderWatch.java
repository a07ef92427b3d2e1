package dev.assay.core.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches a folder and all below it, but for what tools write and download. Used by one thread.
 *
 * <p>A file that is written again and again while checks run is written by them, and is not taken
 * for a change any more; otherwise a suite that writes a file would run for ever.
 */
public final class FolderWatch implements AutoCloseable {

  /** More folders than that are not watched. */
  static final int MOST_FOLDERS = 20_000;

  /** What tools write, download or keep their own state in. */
  private static final Set<String> NEVER =
      Set.of(
          ".git",
          ".hg",
          ".svn",
          ".assay",
          ".idea",
          ".vscode",
          ".gradle",
          ".mvn",
          ".venv",
          "venv",
          ".tox",
          ".pytest_cache",
          ".mypy_cache",
          ".ruff_cache",
          "__pycache__",
          "node_modules",
          "target",
          "build",
          "dist",
          "out",
          "bin",
          "obj",
          "coverage",
          "test-results",
          "vendor");

  /** Files that editors and tools write beside the real ones. */
  private static final String BESIDE = ".*~|\\.#.*|#.*#|.*\\.sw[a-z]|4913|.*\\.tmp|.*\\.pyc";

  private static final int SEEN_IN_RUNS = 2;

  private final Path root;
  private final WatchService service;
  private final Ignored ignored;
  private final Map<WatchKey, Path> folders = new HashMap<>();
  private final Map<Path, Integer> writtenInRuns = new HashMap<>();
  private final Set<Path> created = new HashSet<>();
  private boolean overflowed;

  private FolderWatch(Path root, WatchService service, Ignored ignored) {
    this.root = root;
    this.service = service;
    this.ignored = ignored;
  }

  /** Tells which of some files are ignored. */
  @FunctionalInterface
  public interface Ignored {
    /** Those of these files that are no part of the project. */
    Set<Path> of(Set<Path> files);
  }

  /**
   * Begins to watch.
   *
   * @param ignored asked for files that changed
   * @throws IOException if the system refuses, such as for want of watches
   */
  public static FolderWatch of(Path folder, Ignored ignored) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    FolderWatch watch = new FolderWatch(root, root.getFileSystem().newWatchService(), ignored);
    try {
      watch.register(root, null);
      return watch;
    } catch (IOException | RuntimeException refused) {
      watch.close();
      throw refused;
    }
  }

  /** How many folders are watched. */
  public int folders() {
    return folders.size();
  }

  private void register(Path from, @Nullable Set<Path> found) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!folder.equals(root) && NEVER.contains(String.valueOf(folder.getFileName()))
                || folders.size() >= MOST_FOLDERS) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            folders.put(
                folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE),
                folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (found != null) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Waits for changes, and then until nothing changes for a while.
   *
   * @param quiet how long nothing must change
   * @param atMost how long to wait for the first change
   * @return the files, absolute and sorted; empty where nothing of the project changed
   */
  public Set<Path> await(Duration quiet, Duration atMost) throws InterruptedException {
    Set<Path> changed = gather(atMost, quiet);
    changed.removeIf(this::own);
    changed.removeAll(ignored.of(changed));
    return changed;
  }

  /**
   * What changed while checks ran, by them or by somebody: it counts as a change, unless it was
   * written in runs before, too.
   *
   * @return what a next run is for; and what is taken for written by the checks from now on
   */
  public DuringRun afterRun(Duration quiet) throws InterruptedException {
    Set<Path> changed = gather(quiet, quiet);
    changed.removeAll(ignored.of(changed));
    Set<Path> own = new TreeSet<>();
    Set<Path> news = new TreeSet<>();
    for (Path file : changed) {
      int times = writtenInRuns.merge(file, 1, Integer::sum);
      if (times < SEEN_IN_RUNS) {
        news.add(file);
      } else if (times == SEEN_IN_RUNS) {
        own.add(file);
      }
    }
    writtenInRuns.keySet().removeIf(file -> !changed.contains(file) && !own(file));
    return new DuringRun(news, own);
  }

  private boolean own(Path file) {
    return writtenInRuns.getOrDefault(file, 0) >= SEEN_IN_RUNS;
  }

  /**
   * What changed while checks ran.
   *
   * @param changes what may be somebody's change
   * @param ownFiles what the checks write, told once
   */
  public record DuringRun(Set<Path> changes, Set<Path> ownFiles) {}

  private Set<Path> gather(Duration first, Duration quiet) throws InterruptedException {
    Set<Path> changed = new TreeSet<>();
    created.clear();
    Duration wait = first;
    try {
      WatchKey key = service.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
      while (key != null) {
        take(key, changed);
        wait = quiet;
        key = service.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (ClosedWatchServiceException closed) {
      throw new InterruptedException("the watch was closed");
    }
    // what came and went meanwhile, such as an editor's own file, changed nothing
    changed.removeIf(file -> created.contains(file) && !Files.exists(file));
    if (overflowed) {
      overflowed = false;
      changed.add(root);
    }
    return changed;
  }

  private void take(WatchKey key, Set<Path> changed) {
    Path folder = folders.get(key);
    Map<Path, WatchEvent.Kind<?>> events = new LinkedHashMap<>();
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
        overflowed = true;
      } else if (folder != null && event.context() instanceof Path name) {
        events.put(folder.resolve(name), event.kind());
      }
    }
    for (Map.Entry<Path, WatchEvent.Kind<?>> event : new LinkedHashMap<>(events).entrySet()) {
      take(event.getKey(), event.getValue(), changed);
    }
    if (!key.reset()) {
      folders.remove(key);
    }
  }

  private void take(Path path, WatchEvent.Kind<?> kind, Set<Path> changed) {
    String name = String.valueOf(path.getFileName());
    if (NEVER.contains(name) || name.matches(BESIDE)) {
      return;
    }
    if (!Files.isDirectory(path)) {
      if (changed.add(path) && kind.equals(StandardWatchEventKinds.ENTRY_CREATE)) {
        created.add(path);
      }
    } else if (kind.equals(StandardWatchEventKinds.ENTRY_CREATE)) {
      try {
        register(path, changed);
      } catch (IOException gone) {
        changed.add(path);
      }
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException alreadyGone) {
      // then nothing is watched any more
    }
  }

  /** No file is ignored. */
  public static Ignored nothingIgnored() {
    return files -> new LinkedHashSet<>();
  }
}
