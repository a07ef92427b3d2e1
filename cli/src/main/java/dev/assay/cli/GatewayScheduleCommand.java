package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Schedules by hand. */
@Command(
    name = "schedule",
    description = "Shows when schedules are due.",
    subcommands = GatewayScheduleNextCommand.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayScheduleCommand implements Runnable {

  @ParentCommand private GatewayCommand gateway;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(console().out());
  }

  Console console() {
    return gateway.console();
  }
}
