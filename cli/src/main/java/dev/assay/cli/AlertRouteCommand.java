package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.core.parse.RecordFile;
import dev.assay.observe.alert.AlertingFile;
import dev.assay.observe.alert.Route;
import dev.assay.observe.alert.Routing;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says who is told of an alert, as {@code amtool config routes test} does. */
@Command(
    name = "route",
    description = "Says who would be told of an alert with these labels.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertRouteCommand implements Callable<Integer> {

  @ParentCommand private AlertCommand alert;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The routing, such as alertmanager.yml.")
  private Path file;

  @Parameters(index = "1..*", paramLabel = "LABEL=VALUE", description = "The labels of the alert.")
  private List<String> labels = List.of();

  @Override
  public Integer call() {
    Console console = alert.assay().console();
    Routing routing = Routing.of(RecordFile.read(file, AlertingFile.class, console.environment()));
    TreeMap<String, String> given = new TreeMap<>();
    for (String label : labels) {
      int at = label.indexOf('=');
      if (at < 1) {
        throw CliProblems.USAGE.failure(
            Where.named("alert route"),
            "'" + label + "' is no label with its value",
            "write it like severity=page");
      }
      given.put(label.substring(0, at), label.substring(at + 1));
    }
    console
        .out()
        .println(
            routing.root().match(given).stream()
                .map(Route::receiver)
                .collect(Collectors.joining(",")));
    for (String name : routing.unreachable()) {
      console.err().println("receiver " + name + " has ways that Assay does not know, and skips");
    }
    return ExitCode.PASS.code();
  }
}
