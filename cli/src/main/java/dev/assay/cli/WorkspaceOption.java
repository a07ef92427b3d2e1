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

  /** The folder that a workspace file is in. */
  static Path around(Path given) {
    return Objects.requireNonNull(file(given).toAbsolutePath().normalize().getParent());
  }

  /** The folder .assay of a workspace. */
  static Path folder(Path given) {
    return around(given).resolve(".assay");
  }
}
