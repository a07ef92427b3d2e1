package dev.assay.chaos.fault;

import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** Fills a file system with one file, and mends by removing it. */
final class FullDisk implements Breakage {

  static final String FILE = "file";
  static final String LEAVE = "leave";

  private static final int CHUNK = 1 << 20;
  private static final int SMALL = 4096;

  @Override
  public String kind() {
    return "chaos-disk";
  }

  @Override
  public void make(Map<String, String> details) throws IOException {
    Path file = file(details);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      int size = CHUNK;
      while (size >= SMALL) {
        long over = room(file) - leave(details);
        if (over <= 0) {
          return;
        }
        try {
          channel.write(ByteBuffer.allocate(Math.clamp(over, 1, size)));
        } catch (IOException full) {
          size /= 2; // what is left is less than that
        }
      }
    }
  }

  @Override
  public Effect look(Map<String, String> details) {
    try {
      long room = room(file(details));
      return new Effect(
          room < leave(details) + 2 * SMALL && Files.exists(file(details)),
          room + " bytes are free beside " + file(details));
    } catch (IOException broken) {
      return new Effect(false, "the room beside " + file(details) + " is not known");
    }
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) throws IOException {
    return Files.deleteIfExists(file(details))
        ? Optional.of("removed " + file(details) + ", which filled its file system")
        : Optional.empty();
  }

  private static Path file(Map<String, String> details) {
    return Path.of(details.getOrDefault(FILE, ""));
  }

  private static long leave(Map<String, String> details) {
    return Long.parseLong(details.getOrDefault(LEAVE, "0"));
  }

  private static long room(Path file) throws IOException {
    return Files.getFileStore(MountTable.parent(file)).getUsableSpace();
  }
}
