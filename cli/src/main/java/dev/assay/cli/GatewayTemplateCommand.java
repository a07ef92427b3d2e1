package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Templates by hand. */
@Command(
    name = "template",
    description = "Checks templates and shows what becomes of them.",
    subcommands = GatewayTemplatePreviewCommand.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayTemplateCommand implements Runnable {

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
