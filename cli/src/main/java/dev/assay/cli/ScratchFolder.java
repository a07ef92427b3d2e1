package dev.assay.cli;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone when it is closed. */
record ScratchFolder(Path path) implements AutoCloseable {

  static ScratchFolder create(String name) {
    String named = System.getenv("TMPDIR"); // which Java itself does not look at
    try {
      return new ScratchFolder(
          named == null || named.isEmpty()
              ? Files.createTempDirectory(name)
              : Files.createTempDirectory(Path.of(named).toAbsolutePath(), name));
    } catch (IOException broken) {
      throw CliProblems.NOT_WRITTEN.failure(
          Where.named("the folder for temporary files"),
          "no folder can be created in it: " + IoReason.of(broken),
          "make room, or name another one with the environment variable TMPDIR");
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException stays) {
      // the system clears that folder
    }
  }
}
