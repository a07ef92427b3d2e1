package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The message gateway. */
@Command(
    name = "gateway",
    description = "Runs a message gateway: what it accepts it never loses.",
    subcommands = {
      GatewayRunCommand.class,
      GatewayVerifyCommand.class,
      GatewayRouteCommand.class,
      GatewayReloadCommand.class,
      GatewayKeyCommand.class,
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay virtual smsc --listen :2775 --account gateway:secret",
      "  assay gateway run gateway.yaml",
      "  assay gateway route explain +4917012345678 --file gateway.yaml",
      "  assay gateway verify gateway.yaml",
      "",
      "docs/gateway.md tells all of it."
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
