package dev.assay.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which workspace is carried out, and in which of its environments. */
final class PlanOptions {

  @Parameters(
      arity = "0..1",
      defaultValue = "assay.yaml",
      paramLabel = "FILE",
      description = "The workspace file, or its folder (default: ${DEFAULT-VALUE}).")
  Path workspace = Path.of("assay.yaml");

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME",
      description = "The environment (default: the first of the workspace).")
  @Nullable String environment;

  /** Set by picocli. */
  PlanOptions() {}

  /** Said by another command. */
  PlanOptions(Path workspace, @Nullable String environment) {
    this.workspace = workspace;
    this.environment = environment;
  }
}
