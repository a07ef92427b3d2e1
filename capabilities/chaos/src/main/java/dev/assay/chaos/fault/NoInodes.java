package dev.assay.chaos.fault;

import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Takes the inodes of a file system with empty files in one folder, and mends by removing it. */
final class NoInodes implements Breakage {

  static final String FOLDER = "folder";
  static final String LEAVE = "leave";

  private final SystemCalls calls = new SystemCalls();

  @Override
  public String kind() {
    return "chaos-inodes";
  }

  @Override
  public void make(Map<String, String> details) throws IOException {
    Path folder = folder(details);
    Files.createDirectory(folder);
    long over = free(details) - leave(details);
    try {
      for (long number = 0; number < over; number++) {
        Files.createFile(folder.resolve(Long.toString(number)));
      }
    } catch (IOException full) {
      // others made files meanwhile; the look says whether it is enough
    }
  }

  @Override
  public Effect look(Map<String, String> details) {
    try {
      long free = free(details);
      return new Effect(
          free <= leave(details) && Files.exists(folder(details)),
          free + " more files can be made beside " + folder(details));
    } catch (IOException broken) {
      return new Effect(false, "the inodes beside " + folder(details) + " are not known");
    }
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) throws IOException {
    Path folder = folder(details);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException whole) {
      return Optional.empty();
    }
    return Files.deleteIfExists(folder)
        ? Optional.of("removed " + folder + ", which took the inodes of its file system")
        : Optional.empty();
  }

  private static Path folder(Map<String, String> details) {
    return Path.of(details.getOrDefault(FOLDER, ""));
  }

  private static long leave(Map<String, String> details) {
    return Long.parseLong(details.getOrDefault(LEAVE, "0"));
  }

  private long free(Map<String, String> details) throws IOException {
    return calls.inodes(MountTable.parent(folder(details))).free();
  }
}
