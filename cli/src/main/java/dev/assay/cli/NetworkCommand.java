package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Link;
import dev.assay.network.profile.Profile;
import dev.assay.network.profile.Profiles;
import dev.assay.network.proxy.Address;
import dev.assay.network.proxy.ProxyStatistics;
import dev.assay.network.proxy.Rehearsal;
import dev.assay.network.proxy.TcpProxy;
import dev.assay.network.proxy.Transport;
import dev.assay.network.proxy.UdpProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A network link between a client and a server, for as long as the command runs. */
@Command(
    name = "network",
    description = "Puts a network link between clients and a server until it is stopped.",
    subcommands = {
      NetworkExecCommand.class,
      NetworkToxiproxyCommand.class,
      NetworkImportCommand.class
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay network --profile 3g --listen :9000 --to 127.0.0.1:5432",
      "  assay network --rtt 100ms --down 1.6mbit --up 750kbit --listen :9000 --to shop:8080",
      "  assay network --udp --profile wifi-poor --loss 2%% --listen :5353 --to 127.0.0.1:53",
      "  assay network --profiles",
      "  assay network exec --profile 3g -- sh -c 'curl http://$ASSAY_SERVER:8080/'",
      "  assay network toxiproxy"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkCommand implements Callable<Integer> {

  private static final Duration REHEARSAL = Duration.ofMillis(700);
  private static final int THREADS_MOST = 4;

  @ParentCommand private AssayCommand assay;

  @Option(
      names = "--listen",
      paramLabel = "[HOST]:PORT",
      description = "Where clients connect to; loopback if there is no host.")
  private @Nullable String listen;

  @Option(names = "--to", paramLabel = "HOST:PORT", description = "The server.")
  private @Nullable String to;

  @Option(names = "--udp", description = "Datagrams instead of connections.")
  private boolean udp;

  @Mixin private ConditionOptions link;

  @Option(names = "--profiles", description = "Show the networks that Assay knows, and end.")
  private boolean profiles;

  @Option(names = "--quiet", description = "Say nothing but where it listens.")
  private boolean quiet;

  /** The command that this one belongs to, for its own subcommands. */
  AssayCommand assay() {
    return assay;
  }

  @Override
  public Integer call() {
    Console console = assay.console();
    if (profiles) {
      Profiles.builtIn().all().forEach(each -> show(console, each));
      return ExitCode.PASS.code();
    }
    if (listen == null || to == null) {
      throw CliProblems.USAGE.failure(
          Where.named(listen == null ? "--listen" : "--to"),
          "a link needs an address to listen on and a server to lead to",
          "write it like `assay network --profile 3g --listen :9000 --to 127.0.0.1:8080`");
    }
    Condition condition = link.condition();
    InetSocketAddress from = Address.of(listen, Where.named("--listen"));
    InetSocketAddress server = Address.of(to, Where.named("--to"));
    return udp
        ? datagrams(console, condition, from, server)
        : connections(console, condition, from, server);
  }

  private int connections(
      Console console, Condition condition, InetSocketAddress from, InetSocketAddress server) {
    Clock clock = new SystemClock();
    boolean straight = condition.equals(Condition.NONE);
    int processors = Runtime.getRuntime().availableProcessors();
    TcpProxy.Setup setup =
        straight
            ? TcpProxy.Setup.straight(from, server)
            : TcpProxy.Setup.over(new Link(condition, link.seed()), from, server);
    try (Transport transport =
        Transport.open(straight ? Math.clamp(processors, 1, THREADS_MOST) : 1)) {
      if (!straight) {
        Rehearsal.of(transport, clock, REHEARSAL);
      }
      try (TcpProxy proxy = TcpProxy.open(transport, clock, setup)) {
        return watch(console, clock, proxy.address(), proxy::statistics);
      }
    }
  }

  private int datagrams(
      Console console, Condition condition, InetSocketAddress from, InetSocketAddress server) {
    Clock clock = new SystemClock();
    Link shared = condition.equals(Condition.NONE) ? null : new Link(condition, link.seed());
    try (Transport transport = Transport.open(1);
        UdpProxy proxy = UdpProxy.open(transport, clock, from, server, shared)) {
      return watch(console, clock, proxy.address(), proxy::statistics);
    }
  }

  private int watch(
      Console console,
      Clock clock,
      InetSocketAddress address,
      Supplier<ProxyStatistics> statistics) {
    console.out().println("listening on " + Address.text(address));
    console.out().flush();
    NetworkLines lines = new NetworkLines(console, clock, statistics, quiet);
    Thread summary = new Thread(lines::end, "summary");
    Runtime.getRuntime().addShutdownHook(summary);
    try {
      lines.showUntilInterrupted();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.INTERRUPTED.code();
  }

  private static void show(Console console, Profile profile) {
    console.out().printf("%s - %s%n", profile.name(), profile.title());
    for (Profile.Figure figure : profile.figures()) {
      console.out().printf("  %-10s %-16s %s%n", figure.name(), figure.text(), figure.source());
    }
  }
}
