package dev.assay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Makes files and their names survive a power cut. */
final class Durable {

  private static final boolean FOLDERS_CAN_BE_FORCED =
      !System.getProperty("os.name", "").startsWith("Windows");

  private Durable() {}

  /** Creates a folder with those above it, and makes their names durable. */
  static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path above = folder.toAbsolutePath().getParent();
    if (above != null) {
      createFolder(above);
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException byAnother) {
      if (!Files.isDirectory(folder)) {
        throw byAnother;
      }
    }
    if (above != null) {
      forceFolder(above);
    }
  }

  /** Makes the names in a folder durable. Windows neither needs nor allows it. */
  static void forceFolder(Path folder) throws IOException {
    if (FOLDERS_CAN_BE_FORCED) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /**
   * Creates an empty file to be filled, forced and then moved to its name. It gets the rights that
   * this user's files have, where the JDK's temporary files would be readable to this user alone.
   */
  static Path incoming(Path folder) throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            "incoming-%d-%d-%d.tmp",
            ProcessHandle.current().pid(),
            Thread.currentThread().threadId(),
            System.nanoTime());
    return Files.createFile(folder.resolve(name));
  }

  /** Replaces a file's content: after a crash it has the old or the new content, never a part. */
  static void replace(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is no file");
    }
    Path incoming = incoming(folder);
    try {
      try (FileChannel channel = FileChannel.open(incoming, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      move(incoming, file);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  /** Gives a file, already forced, its final name. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Path folder = to.toAbsolutePath().getParent();
    if (folder != null) {
      forceFolder(folder);
    }
  }
}
