package dev.assay.server.usage;

import dev.assay.api.spi.Clock;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How large the artifacts of projects are. A folder is looked through when it is first asked for,
 * after something was taken away, and every quarter of an hour; in between what is stored is added.
 * Thread-safe.
 */
final class ProjectFiles {

  private static final long GOOD_NANOS = Duration.ofMinutes(15).toNanos();

  private final Clock clock;
  private final Map<String, Size> sizes = new ConcurrentHashMap<>();

  private record Size(AtomicLong bytes, long atNanos) {}

  ProjectFiles(Clock clock) {
    this.clock = clock;
  }

  /** How large the files of a project are, in bytes. */
  long bytes(String project, Path folder) {
    Size known = sizes.get(project);
    if (known != null && clock.nanos() - known.atNanos() < GOOD_NANOS) {
      return known.bytes().get();
    }
    return sizes
        .compute(
            project,
            (_, now) ->
                now != null && !same(known, now) ? now : new Size(walked(folder), clock.nanos()))
        .bytes()
        .get();
  }

  /** Whether nobody else looked meanwhile. */
  private static boolean same(@Nullable Size known, Size now) {
    return known != null && known.atNanos() == now.atNanos();
  }

  /** One more is there; where nobody asked yet it will be found. */
  void stored(String project, long bytes) {
    var _ =
        sizes.computeIfPresent(
            project,
            (_, size) -> {
              long _ = size.bytes().addAndGet(bytes);
              return size;
            });
  }

  /** Some may be there no more. */
  void changed(String project) {
    var _ = sizes.remove(project);
  }

  private static AtomicLong walked(Path folder) {
    AtomicLong bytes = new AtomicLong();
    if (!Files.isDirectory(folder)) {
      return bytes;
    }
    try {
      var _ =
          Files.walkFileTree(
              folder,
              new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                  // artifacts are in folders of two digits
                  if (!folder.equals(file.getParent())) {
                    long _ = bytes.addAndGet(attributes.size());
                  }
                  return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                  return FileVisitResult.CONTINUE;
                }
              });
    } catch (IOException unreadable) {
      // what was found counts; a folder that cannot be read is told of by who stores in it
    }
    return bytes;
  }
}
