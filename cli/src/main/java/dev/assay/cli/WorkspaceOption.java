package dev.assay.cli;

import dev.assay.store.SqliteLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The option that names the workspace a command is about, and what is where in a workspace. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class WorkspaceOption {

  @Option(
      names = {"-w", "--workspace"},
      defaultValue = "assay.yaml",
      paramLabel = "FILE",
      description = "The workspace file, or its folder (default: ${DEFAULT-VALUE}).")
  private Path given;

  /** What was given: a file, or a folder. */
  Path given() {
    return given;
  }

  Path file() {
    return file(given);
  }

  Path root() {
    return root(given);
  }

  Path folder() {
    return folder(given);
  }

  /** Its ledger, to be read; whoever opens it closes it. */
  SqliteLedger ledger() {
    return SqliteLedger.open(folder(), SqliteLedger.Mode.READ_ONLY);
  }

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
