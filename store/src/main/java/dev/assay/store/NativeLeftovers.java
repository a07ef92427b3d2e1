package dev.assay.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/**
 * Deletes the copies of SQLite's native library that killed processes left in the folder for
 * temporary files. The driver unpacks a megabyte there at each start and deletes it at an orderly
 * end; after {@code kill -9} its own sweep spares the copy for ever, because the marker beside it
 * is left too.
 */
final class NativeLeftovers {

  /** Long enough for any process between unpacking the library and having loaded it. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;

  NativeLeftovers(Path folder) {
    this.folder = folder;
  }

  /** In the folder that the driver unpacks to. */
  static NativeLeftovers ofDriver() {
    String temporary = System.getProperty("java.io.tmpdir", ".");
    return new NativeLeftovers(Path.of(System.getProperty("org.sqlite.tmpdir", temporary)));
  }

  /** Deletes those that are an hour older than the newest, which is this process's own. */
  void sweep() {
    FileTime newest = FileTime.fromMillis(0);
    for (boolean deleting : new boolean[] {false, true}) {
      try (DirectoryStream<Path> copies =
          Files.newDirectoryStream(folder, "sqlite-*sqlitejdbc.*")) {
        for (Path copy : copies) {
          FileTime time = Files.getLastModifiedTime(copy);
          if (!deleting) {
            newest = time.compareTo(newest) > 0 ? time : newest;
          } else if (Duration.between(time.toInstant(), newest.toInstant()).compareTo(ABANDONED)
              > 0) {
            Files.deleteIfExists(copy);
          }
        }
      } catch (IOException inUse) {
        // Another user's, or loaded on a system that keeps loaded files; it is tried again later.
      }
    }
  }
}
