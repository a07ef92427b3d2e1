package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.SystemClock;
import dev.assay.network.profile.ConditionImport;
import dev.assay.network.proxy.Address;
import dev.assay.network.toxiproxy.ToxiproxyServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Toxiproxy's server, for as long as the command runs. */
@Command(
    name = "toxiproxy",
    description =
        "Serves the API of Toxiproxy 2.12 until it is stopped; its clients work unchanged.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay network toxiproxy",
      "  assay network toxiproxy 0.0.0.0:8474 --config proxies.json --seed 7"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkToxiproxyCommand implements Callable<Integer> {

  @ParentCommand private NetworkCommand network;

  @Parameters(
      arity = "0..1",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1:" + ToxiproxyServer.DEFAULT_PORT,
      description = "Where the API listens (default: ${DEFAULT-VALUE}). It has no password.")
  private String address;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Proxies to begin with, as toxiproxy-server takes them: a JSON array.")
  private @Nullable Path config;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    Console console = network.assay().console();
    InetSocketAddress listen = Address.of(address, Where.named("ADDRESS"));
    Path file = config;
    String proxies = file == null ? "[]" : ConditionImport.text(file);
    try (ToxiproxyServer server = ToxiproxyServer.start(listen, new SystemClock(), seed)) {
      if (file != null) {
        int made = server.populate(proxies, file.toString());
        console.err().println(made + (made == 1 ? " proxy of " : " proxies of ") + file);
      }
      console.out().println("listening on " + Address.text(server.address()));
      console.out().flush();
      new CountDownLatch(1).await(); // Ctrl-C ends the process
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.INTERRUPTED.code();
  }
}
