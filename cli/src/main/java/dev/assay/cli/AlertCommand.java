package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** What belongs to the routing of alerts. */
@Command(
    name = "alert",
    description = "Looks at the routing of alerts.",
    subcommands = {AlertRouteCommand.class},
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertCommand {

  @ParentCommand private AssayCommand assay;

  AssayCommand assay() {
    return assay;
  }
}
