package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Virtual services until they are stopped. */
@Command(
    name = "virtual",
    description = "Plays services that a system under test speaks to.",
    subcommands = {VirtualSmscCommand.class},
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VirtualCommand implements Runnable {

  @ParentCommand private AssayCommand assay;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(assay.console().out());
  }

  Console console() {
    return assay.console();
  }
}
