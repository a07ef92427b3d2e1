package dev.assay.suite.select;

import java.nio.file.Path;
import java.util.Optional;

final class ImportProject {
  static Optional<Project> read(Path folder) {
    return Optional.empty();
  }
}
