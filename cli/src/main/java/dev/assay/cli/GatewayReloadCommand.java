package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.gateway.GatewayProblems;
import dev.assay.gateway.config.GatewayConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells a gateway to read its file again. */
@Command(
    name = "reload",
    description = {
      "Tells the gateway of a file to read it again: providers, routes, senders, keys and"
          + " callbacks",
      "change at once. A key with the scope admin is taken from ASSAY_GATEWAY_KEY."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayReloadCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @ParentCommand private GatewayCommand gateway;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "gateway.yaml",
      description = "The gateway's configuration (default: ${DEFAULT-VALUE}).")
  private Path file;

  @Override
  public Integer call() throws InterruptedException {
    Console console = gateway.console();
    GatewayConfiguration of = new GatewayFile(file, console.environment()).read();
    int colon = of.listen().lastIndexOf(':');
    String host = colon <= 0 ? "127.0.0.1" : of.listen().substring(0, colon);
    String address =
        "http://"
            + (host.equals("0.0.0.0") || host.equals("[::]") ? "127.0.0.1" : host)
            + of.listen().substring(colon);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/v1/reload"))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.noBody());
    String key = console.environment().get("ASSAY_GATEWAY_KEY");
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw GatewayProblems.CONFIGURATION.failure(
            Where.named(address),
            "the gateway did not take it: " + answer.body(),
            "correct what it says; nothing has changed");
      }
      console.err().println("the gateway reads " + file + " again");
      return ExitCode.PASS.code();
    } catch (IOException away) {
      throw GatewayProblems.BUSY.failure(
          Where.named(address),
          "the gateway does not answer: " + away,
          "start it with `assay gateway run " + file + "`");
    }
  }
}
