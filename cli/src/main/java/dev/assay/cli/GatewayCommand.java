package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The message gateway by hand. */
@Command(
    name = "gateway",
    description = "Sends messages that arrive: schedules, templates.",
    subcommands = {GatewayScheduleCommand.class, GatewayTemplateCommand.class},
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay gateway schedule next '0 9 * * MON-FRI' --zone Europe/Berlin",
      "  assay gateway schedule next 'RRULE:FREQ=MONTHLY;BYDAY=-1FR' --count 12",
      "  assay gateway template preview shipped.yaml --locale de --value customer=Ada",
      "",
      "docs/gateway-channels.md tells all of it."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayCommand implements Runnable {

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
