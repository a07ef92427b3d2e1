package dev.assay.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of its own in memory, for what only a file system can refuse. */
final class Mount implements AutoCloseable {

  private final Path folder;

  private Mount(Path folder) {
    this.folder = folder;
  }

  /** Mounts one of that size; skips the test, saying why, where this user may not mount. */
  static Mount ofSize(Path folder, String size) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    assumeTrue(mounted, "this user may not mount a file system");
    return new Mount(folder);
  }

  void remount(String option) throws IOException, InterruptedException {
    if (!run("mount", "-o", "remount," + option, folder.toString())) {
      throw new IOException("cannot be mounted " + option);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (!run("umount", folder.toString())) {
      throw new IOException(folder + " is still mounted");
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
