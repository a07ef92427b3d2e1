package dev.assay.suite.select;

import dev.assay.suite.select.graph.CodeGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project whose tests are selected. Immutable: what it was when it was read. */
public interface Project {

  /** Its parts, and what each depends on. */
  CodeGraph graph();

  /**
   * What every test depends on, by name, with a digest: build files, files that nobody can tell the
   * users of.
   */
  Map<String, Long> inputs();

  /** Why what was compiled is not what is written; empty where it is. */
  Optional<String> stale();

  /** Whether what was compiled is not as it was when it was read. */
  boolean changedOnDisk();

  /** What the selection cannot see here, for people. */
  List<String> notes();

  /**
   * The parts that a changed file stands for.
   *
   * @param path below the project's folder, with slashes
   * @return empty where any test may depend on it
   */
  Optional<BitSet> partsOf(String path);

  /**
   * Reads the project in a folder; empty where it is of no kind that can be read.
   *
   * @throws IOException where a file cannot be read
   */
  static Optional<Project> read(Path folder) throws IOException {
    if (JvmProject.isOne(folder)) {
      return Optional.of(JvmProject.read(folder));
    }
    return Files.isDirectory(folder) ? ImportProject.read(folder) : Optional.empty();
  }
}
