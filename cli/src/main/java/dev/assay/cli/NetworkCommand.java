package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.network.Conditions;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Link;
import dev.assay.network.profile.Profile;
import dev.assay.network.profile.Profiles;
import dev.assay.network.proxy.AdHocCondition;
import dev.assay.network.proxy.Address;
import dev.assay.network.proxy.ProxyStatistics;
import dev.assay.network.proxy.TcpProxy;
import dev.assay.network.proxy.Transport;
import dev.assay.network.proxy.UdpProxy;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A network link between a client and a server, for as long as the command runs. */
@Command(
    name = "network",
    description = "Puts a network link between clients and a server until it is stopped.",
    subcommands = NetworkImportCommand.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay network --profile 3g --listen :9000 --to 127.0.0.1:5432",
      "  assay network --rtt 100ms --down 1.6mbit --up 750kbit --listen :9000 --to shop:8080",
      "  assay network --udp --profile wifi-poor --loss 2% --listen :5353 --to 127.0.0.1:53",
      "  assay network --profiles"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkCommand implements Callable<Integer> {

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

  @Option(names = "--profile", paramLabel = "NAME", description = "A network that Assay knows.")
  private @Nullable String profile;

  @Option(
      names = "--rtt",
      paramLabel = "TIME",
      description = "The delay of the round trip, half of it each way.")
  private @Nullable String rtt;

  @Option(names = "--delay", paramLabel = "TIME", description = "The delay each way.")
  private @Nullable String delay;

  @Option(
      names = "--jitter",
      paramLabel = "TIME",
      description = "The standard deviation of the round trip's delay (normal).")
  private @Nullable String jitter;

  @Option(
      names = "--spread",
      paramLabel = "TIME",
      description = "How much the delay of each way differs at most (uniform).")
  private @Nullable String spread;

  @Option(names = "--down", paramLabel = "RATE", description = "The bandwidth to the client.")
  private @Nullable String down;

  @Option(names = "--up", paramLabel = "RATE", description = "The bandwidth from the client.")
  private @Nullable String up;

  @Option(names = "--rate", paramLabel = "RATE", description = "The bandwidth each way.")
  private @Nullable String rate;

  @Option(names = "--loss", paramLabel = "SHARE", description = "What is lost each way.")
  private @Nullable String loss;

  @Option(
      names = "--counting",
      paramLabel = "WHAT",
      description = "What a bandwidth counts: ip (default) or payload.")
  private @Nullable String counting;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

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
    Condition condition =
        new AdHocCondition(profile, rtt, delay, jitter, spread, rate, down, up, loss, counting)
            .condition(Conditions.profiles());
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
    try (Transport transport =
            Transport.open(straight ? Math.clamp(processors, 1, THREADS_MOST) : 1);
        TcpProxy proxy =
            TcpProxy.open(
                transport,
                clock,
                straight
                    ? TcpProxy.Setup.straight(from, server)
                    : TcpProxy.Setup.over(new Link(condition, seed), from, server))) {
      return watch(console, clock, proxy.address(), proxy::statistics);
    }
  }

  private int datagrams(
      Console console, Condition condition, InetSocketAddress from, InetSocketAddress server) {
    Clock clock = new SystemClock();
    Link link = condition.equals(Condition.NONE) ? null : new Link(condition, seed);
    try (Transport transport = Transport.open(1);
        UdpProxy proxy = UdpProxy.open(transport, clock, from, server, link)) {
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
