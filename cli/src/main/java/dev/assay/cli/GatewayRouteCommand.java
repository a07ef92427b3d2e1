package dev.assay.cli;

import dev.assay.gateway.config.GatewayConfiguration;
import dev.assay.gateway.route.Candidate;
import dev.assay.gateway.route.Countries;
import dev.assay.gateway.route.Decision;
import dev.assay.gateway.route.Health;
import dev.assay.gateway.route.Routes;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Where messages would go. */
@Command(
    name = "route",
    description = "Tells where messages would go.",
    subcommands = {GatewayRouteCommand.Explain.class},
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayRouteCommand implements Runnable {

  @ParentCommand private GatewayCommand gateway;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(gateway.console().out());
  }

  /** One number. */
  @Command(
      name = "explain",
      description = {
        "Tells where a message to a number would go, and why, by the file alone; a gateway that"
            + " runs",
        "also knows how its providers are: GET /v1/routes/explain."
      },
      mixinStandardHelpOptions = true)
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Explain implements Callable<Integer> {

    @ParentCommand private GatewayRouteCommand route;

    @Parameters(paramLabel = "NUMBER", description = "In international form.")
    private String number;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        defaultValue = "gateway.yaml",
        description = "The gateway's configuration (default: ${DEFAULT-VALUE}).")
    private Path file;

    @Option(names = "--from", paramLabel = "SENDER", defaultValue = "", description = "The sender.")
    private String from;

    @Option(
        names = "--key",
        paramLabel = "NAME",
        defaultValue = "default",
        description = "Whose message it is.")
    private String key;

    @Override
    public Integer call() {
      Console console = route.gateway.console();
      GatewayConfiguration of = new GatewayFile(file, console.environment()).read();
      Health well = new Health();
      Routes routes =
          new Routes(
              new Countries(),
              of.routes(),
              of.senders(),
              new ArrayList<>(of.providers().keySet()),
              _ -> well);
      Decision decision = routes.decide(key, from, number);
      PrintStream out = console.out();
      if (decision.to().isEmpty()) {
        out.println("'" + number + "' is no number in international form");
        return ExitCode.FAIL.code();
      }
      String network = routes.network(decision.to());
      out.println(
          routes.describe(decision.to())
              + (decision.country().isEmpty() ? "" : ", " + decision.country())
              + (network.isEmpty()
                  ? ""
                  : ", " + network + " by its range (it may have been taken along to another)"));
      out.println(decision.why());
      if (!decision.from().isEmpty()) {
        out.println("from " + decision.from());
      }
      int rank = 0;
      for (Candidate each : decision.candidates()) {
        out.printf(
            Locale.ROOT,
            "%d. %s%s%n",
            ++rank,
            each.provider(),
            each.cost() == 0
                ? ""
                : String.format(Locale.ROOT, ", %.4f %s a part", each.cost() / 1e6, of.currency()));
      }
      return decision.candidates().isEmpty() ? ExitCode.FAIL.code() : ExitCode.PASS.code();
    }
  }
}
