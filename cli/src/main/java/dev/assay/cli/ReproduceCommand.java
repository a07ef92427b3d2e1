package dev.assay.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs what failed again as it ran then, and says whether it failed again. */
@Command(
    name = "reproduce",
    description = {
      "Runs the failed checks of an earlier run again and says whether they fail again.",
      "They have the same seed, and the variables that were saved in that run."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReproduceCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "latest",
      paramLabel = "RUN",
      description = "The run's id or its beginning (default: ${DEFAULT-VALUE}).")
  private String run;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "CHECK",
      description = "The checks to run again (default: those that failed).")
  private List<String> checks = List.of();

  @Mixin private WorkspaceOption workspace;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      description =
          "Also write report.html, report.md, report.json, report.sarif, junit.xml and badge.svg"
              + " there.")
  private @Nullable Path report;

  @Option(names = "--plain", description = "Plain lines of progress, also on a terminal.")
  private boolean plain;

  @Option(names = "--json", description = "Print the report as JSON on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    return RunCommand.reproducing(assay, workspace.given(), run, checks, report, plain, json)
        .call();
  }
}
