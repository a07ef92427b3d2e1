package dev.assay.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Finds the workspace file that a command is about. */
final class WorkspaceOption {

  private WorkspaceOption() {}

  /** The file itself, or assay.yaml in it where it is a folder. */
  static Path file(Path given) {
    return Files.isDirectory(given) ? given.resolve("assay.yaml") : given;
  }

  /** The folder of a workspace. */
  static Path root(Path given) {
    Path absolute = file(given).toAbsolutePath().normalize();
    return Objects.requireNonNull(absolute.getParent());
  }

  /** The folder .assay of a workspace. */
  static Path folder(Path given) {
    return root(given).resolve(".assay");
  }
}
