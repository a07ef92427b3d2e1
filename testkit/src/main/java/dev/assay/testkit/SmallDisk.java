package dev.assay.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of its own in memory, which can be full or read-only. */
public final class SmallDisk implements AutoCloseable {

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one of that size; the test is skipped, with the reason, where this user may not. */
  public static SmallDisk mounted(Path folder, String size) throws IOException {
    Files.createDirectories(folder);
    boolean mounted = ran("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    assumeTrue(mounted, "this user may not mount a file system");
    return new SmallDisk(folder);
  }

  /** Lets nobody write to it. */
  public void readOnly() {
    remount("ro");
  }

  /** Lets everybody write to it again. */
  public void writable() {
    remount("rw");
  }

  private void remount(String option) {
    if (!ran("mount", "-o", "remount," + option, folder.toString())) {
      throw new AssertionError(folder + " cannot be mounted " + option);
    }
  }

  @Override
  public void close() {
    if (!ran("umount", folder.toString())) {
      throw new AssertionError(folder + " is still mounted");
    }
  }

  private static boolean ran(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
