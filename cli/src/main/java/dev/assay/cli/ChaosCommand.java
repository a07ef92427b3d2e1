package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Experiments: those of the Chaos Toolkit, and which to try next. */
@Command(
    name = "chaos",
    description = "Runs experiments of the Chaos Toolkit, and suggests the next ones.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ChaosRunCommand.class,
      ChaosValidateCommand.class,
      ChaosSuggestCommand.class,
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ChaosCommand implements Runnable {

  @ParentCommand private AssayCommand assay;
  @Spec private CommandSpec spec;

  /** The command that this one belongs to, for its own subcommands. */
  AssayCommand assay() {
    return assay;
  }

  @Override
  public void run() {
    spec.commandLine().usage(assay.console().out());
  }
}
