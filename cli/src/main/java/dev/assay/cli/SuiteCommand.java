package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Works with suites and with the reports of other tools. */
@Command(
    name = "suite",
    description =
        "Reads reports of test runners and other tools; orders tests, divides them, tells flaky"
            + " ones, finds the commit that broke one.",
    mixinStandardHelpOptions = true,
    subcommands = {
      SuiteRunnersCommand.class,
      SuiteReadCommand.class,
      SuiteOrderCommand.class,
      SuiteClassifyCommand.class,
      SuiteShardCommand.class,
      SuiteBisectCommand.class,
      SuiteSelectCommand.class,
      SuiteAnalyticsCommand.class,
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SuiteCommand implements Runnable {

  @ParentCommand private AssayCommand assay;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(assay.console().out());
  }

  AssayCommand assay() {
    return assay;
  }

  Console console() {
    return assay.console();
  }
}
