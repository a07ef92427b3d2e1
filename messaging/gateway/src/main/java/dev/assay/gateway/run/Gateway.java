package dev.assay.gateway.run;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.gateway.Channel;
import dev.assay.gateway.Documents;
import dev.assay.gateway.Draft;
import dev.assay.gateway.Extension;
import dev.assay.gateway.GatewayProblems;
import dev.assay.gateway.Host;
import dev.assay.gateway.Incoming;
import dev.assay.gateway.Intake;
import dev.assay.gateway.config.GatewayConfiguration;
import dev.assay.gateway.config.KeyConfiguration;
import dev.assay.gateway.config.ProviderConfiguration;
import dev.assay.gateway.config.RouteConfiguration;
import dev.assay.gateway.engine.Accept;
import dev.assay.gateway.engine.Engine;
import dev.assay.gateway.engine.EngineOptions;
import dev.assay.gateway.engine.LineSettings;
import dev.assay.gateway.http.Api;
import dev.assay.gateway.http.Drafts;
import dev.assay.gateway.http.Keys;
import dev.assay.gateway.http.Notifier;
import dev.assay.gateway.http.Operations;
import dev.assay.gateway.provider.SmppChannel;
import dev.assay.gateway.route.Countries;
import dev.assay.gateway.route.Routes;
import dev.assay.gateway.store.GatewayStore;
import dev.assay.gateway.store.MessageId;
import dev.assay.gateway.store.Stores;
import dev.assay.smpp.session.SmppTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A gateway that runs. Thread-safe. */
public final class Gateway implements Operations, Host, AutoCloseable {

  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final int FORGOTTEN_AT_ONCE = 5_000;
  private static final long CLEAN_SECONDS = 60;

  private final Clock clock;
  private final Path folder;
  private final ConfigurationSource source;
  private final Consumer<Problem> notes;
  private final Countries countries = new Countries();
  private final GatewayStore store;
  private final Notifier notifier;
  private final Engine engine;
  private final SmppTransport transport;
  private final Map<String, SmppChannel> providers = new ConcurrentHashMap<>();
  private final List<Channel> others = new ArrayList<>();
  private final List<Intake> intakes = new ArrayList<>();
  private final List<Resource> resources = new ArrayList<>();
  private final List<Function<Incoming, CompletableFuture<Void>>> ears = new ArrayList<>();
  private final List<AutoCloseable> extensions = new ArrayList<>();
  private final ScheduledExecutorService cleaner =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Drafts drafts;
  private final Api api;
  private final Watch watch;
  private volatile GatewayConfiguration configuration;
  private volatile Routes routes;
  private volatile Keys keys;
  private boolean opening = true;

  /**
   * How a gateway is started, beside its configuration.
   *
   * @param folder against which paths are resolved
   * @param threads of HTTP and of SMPP each, at least 1
   * @param options of the engine
   * @param notes told what a person should look at
   * @param fatal told why it cannot go on, if so; whoever is told ends the process
   * @param log told what happens, on one thread at a time
   */
  public record Start(
      Path folder,
      int threads,
      EngineOptions options,
      Consumer<Problem> notes,
      Consumer<Problem> fatal,
      Consumer<Happening> log) {

    /** Without a log. */
    public Start(
        Path folder,
        int threads,
        EngineOptions options,
        Consumer<Problem> notes,
        Consumer<Problem> fatal) {
      this(folder, threads, options, notes, fatal, _ -> {});
    }
  }

  private Gateway(ConfigurationSource source, Clock clock, Start start) {
    this.clock = clock;
    this.folder = start.folder();
    this.source = source;
    this.notes = start.notes();
    this.configuration = source.read();
    check(configuration);
    this.store = Stores.open(configuration.store(), folder, false);
    this.keys = new Keys(configuration.keys(), clock.nanos());
    this.notifier = new Notifier(clock, configuration);
    this.engine =
        new Engine(
            store,
            clock,
            start.options().withMemory(configuration.memory()),
            this::routes,
            notifier,
            start.fatal());
    notifier.engine(engine);
    this.routes = made(configuration);
    this.transport = SmppTransport.open(start.threads(), clock);
    configuration.providers().forEach(this::open);
    this.drafts =
        new Drafts(this::routes, intakes, configuration.validity(), notifier::origin, this::knows);
    extend();
    opening = false;
    engine.ears(incoming ->
        CompletableFuture.allOf(
            ears.stream().map(ear -> ear.apply(incoming)).toArray(CompletableFuture<?>[]::new)));
    engine.start();
    this.api =
        new Api(this, drafts, resources, clock, address(configuration.listen()), start.threads());
    this.watch = new Watch(clock, start.log());
    var _ =
        cleaner.scheduleWithFixedDelay(this::clean, CLEAN_SECONDS, CLEAN_SECONDS, TimeUnit.SECONDS);
    var _ = cleaner.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
  }

  /**
   * Starts one.
   *
   * @throws ProblemException if it cannot be configured so, or not start
   */
  public static Gateway start(ConfigurationSource source, Clock clock, Start start) {
    return new Gateway(source, clock, start);
  }

  /** Where its API listens. */
  public InetSocketAddress address() {
    return api.address();
  }

  // ---- configuration ----

  private static InetSocketAddress address(String listen) {
    int colon = listen.lastIndexOf(':');
    String host = colon <= 0 ? "" : listen.substring(0, colon);
    try {
      int port = Integer.parseInt(listen.substring(colon + 1));
      return host.isEmpty()
          ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
          : new InetSocketAddress(host, port);
    } catch (IllegalArgumentException wrong) {
      throw wrong("listen: " + listen, "this is no [HOST]:PORT", "write `listen: :8080`");
    }
  }

  private static ProblemException wrong(String where, String what, String mend) {
    return GatewayProblems.CONFIGURATION.failure(Where.named(where), what, mend);
  }

  /** What the types of the configuration cannot say. */
  private static void check(GatewayConfiguration of) {
    List<Problem> problems = new ArrayList<>();
    InetSocketAddress listens = address(of.listen());
    boolean local = listens.getAddress() != null && listens.getAddress().isLoopbackAddress();
    if (of.keys().isEmpty() && !local) {
      problems.add(
          GatewayProblems.CONFIGURATION.at(
              of.place(),
              "everybody who reaches " + of.listen() + " could send, as there are no `keys`",
              "add `keys`, or listen on loopback only"));
    }
    of.providers()
        .forEach((name, provider) -> {
          checked(problems, provider, () -> Maintenance.of(provider.maintenance()));
          if (!provider.smpp().matches("[^:]*:\\d{1,5}|\\[.*]:\\d{1,5}")) {
            problems.add(
                GatewayProblems.CONFIGURATION.at(
                    provider.place(),
                    "'" + provider.smpp() + "' of the provider " + name + " is no HOST:PORT",
                    "write `smpp: smsc.example.com:2775`"));
          }
        });
    for (RouteConfiguration route : of.routes()) {
      if (route.via().isEmpty()) {
        problems.add(
            GatewayProblems.CONFIGURATION.at(
                route.place(), "a route leads nowhere", "name providers under `via`"));
      }
      for (RouteConfiguration.Via via : route.via()) {
        if (!of.providers().containsKey(via.provider()) && of.channels() == null) {
          problems.add(
              GatewayProblems.CONFIGURATION.at(
                  route.place(),
                  "there is no provider '" + via.provider() + "'",
                  Nearest.mend(via.provider(), of.providers().keySet())));
        }
      }
    }
    of.keys().values().forEach(key -> check(problems, key));
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  private static void check(List<Problem> problems, KeyConfiguration key) {
    for (String hash : key.hashes()) {
      if (!hash.matches("sha256:[0-9a-fA-F]{64}")) {
        problems.add(
            GatewayProblems.CONFIGURATION.at(
                key.place(),
                "a key's hash is not `sha256:` and 64 hexadecimal digits",
                "make a key with `assay gateway key`"));
      }
    }
    try {
      Keys.check(key);
    } catch (IllegalArgumentException wrong) {
      problems.add(
          GatewayProblems.CONFIGURATION.at(
              key.place(), String.valueOf(wrong.getMessage()), "correct it"));
    }
  }

  private static void checked(
      List<Problem> problems, ProviderConfiguration provider, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException wrong) {
      problems.add(
          GatewayProblems.CONFIGURATION.at(
              provider.place(), String.valueOf(wrong.getMessage()), "correct it"));
    }
  }

  private Routes made(GatewayConfiguration of) {
    List<String> names = new ArrayList<>(of.providers().keySet());
    providers.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
    return new Routes(countries, of.routes(), of.senders(), names, engine::health);
  }

  private void open(String name, ProviderConfiguration provider) {
    SmppChannel channel = new SmppChannel(name, provider, transport, clock, folder);
    providers.put(name, channel);
    engine.add(channel, settings(provider));
  }

  private static LineSettings settings(ProviderConfiguration provider) {
    return new LineSettings(
        provider.throughput() == null ? 0 : provider.throughput().perSecond(),
        provider.doubt() == ProviderConfiguration.Doubt.RESEND,
        provider.duplicates(),
        provider.drain(),
        Maintenance.of(provider.maintenance()),
        provider.query());
  }

  private boolean knows(String channel) {
    return engine.lines().stream()
        .anyMatch(line -> line.name().equals(channel) || line.kind().equals(channel));
  }

  private void extend() {
    List<Extension> found = new ArrayList<>();
    ServiceLoader.load(Extension.class).forEach(found::add);
    found.sort(Comparator.comparingInt(Extension::order));
    for (Extension extension : found) {
      Json written =
          switch (extension.key()) {
            case "channels" -> configuration.channels();
            case "templates" -> configuration.templates();
            case "schedule" -> configuration.schedule();
            case "opt out" -> configuration.optOut();
            default -> null;
          };
      extensions.add(extension.open(written == null ? Json.object().build() : written, this));
    }
  }

  @Override
  public synchronized void reload() {
    GatewayConfiguration next = source.read();
    check(next);
    next.providers().forEach(this::put);
    for (String name : List.copyOf(providers.keySet())) {
      if (!next.providers().containsKey(name)) {
        removeProvider(name);
      }
    }
    configuration = next;
    keys = new Keys(next.keys(), clock.nanos());
    notifier.configure(next);
    routes = made(next);
    watch.tell(
        Happening.Level.INFO,
        "reloaded",
        Map.of(
            "providers",
            Json.of(next.providers().size()),
            "routes",
            Json.of(next.routes().size())));
  }

  private void put(String name, ProviderConfiguration provider) {
    SmppChannel there = providers.get(name);
    if (there == null) {
      open(name, provider);
    } else {
      there.change(provider);
      engine.settings(name, settings(provider));
    }
  }

  @Override
  public synchronized void putProvider(String name, String body) {
    put(name, source.provider(name, body));
    routes = made(configuration);
  }

  @Override
  public synchronized boolean removeProvider(String name) {
    SmppChannel gone = providers.remove(name);
    if (gone == null) {
      return false;
    }
    engine.remove(name);
    gone.unbind();
    routes = made(configuration);
    return true;
  }

  @Override
  public Optional<Json.Obj> provider(String name) {
    SmppChannel channel = providers.get(name);
    if (channel == null) {
      return Optional.empty();
    }
    ProviderConfiguration of = channel.configuration();
    return Optional.of(
        Json.object()
            .put("smpp", of.smpp())
            .put("system_id", of.systemId())
            .put("sessions", channel.sessions())
            .put("sessions_wanted", channel.wanted())
            .put("window", of.window())
            .put("trouble", channel.trouble())
            .build());
  }

  @Override
  public List<String> providers() {
    return providers.keySet().stream().sorted().toList();
  }

  private void look() {
    Map<String, String> troubles = new HashMap<>();
    providers.forEach((name, channel) -> troubles.put(name, channel.trouble()));
    watch.look(engine.lines(), troubles, engine.counters());
  }

  private void clean() {
    Duration kept = configuration.retention();
    if (kept != null) {
      Instant before = clock.now().minus(kept);
      int count = FORGOTTEN_AT_ONCE;
      while (count == FORGOTTEN_AT_ONCE) {
        count = engine.forget(before, FORGOTTEN_AT_ONCE).join();
      }
    }
  }

  // ---- what the API asks ----

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public GatewayStore store() {
    return store;
  }

  @Override
  public Routes routes() {
    return routes;
  }

  @Override
  public Keys keys() {
    return keys;
  }

  @Override
  public String currency() {
    return configuration.currency();
  }

  // ---- what extensions ask ----

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Documents documents() {
    return engine;
  }

  private void whileOpening() {
    if (!opening) {
      throw new IllegalStateException("only while the extension is opened");
    }
  }

  @Override
  public void add(Channel channel) {
    whileOpening();
    others.add(channel);
    engine.add(channel, LineSettings.standard());
  }

  @Override
  public void add(Intake intake) {
    whileOpening();
    intakes.add(intake);
  }

  @Override
  public void add(Resource resource) {
    whileOpening();
    resources.add(resource);
  }

  @Override
  public void hear(Function<Incoming, CompletableFuture<Void>> listener) {
    whileOpening();
    ears.add(listener);
  }

  @Override
  public CompletableFuture<String> submit(Draft draft, String key) {
    CompletableFuture<String> id = new CompletableFuture<>();
    Accept.Routed routed;
    try {
      routed = drafts.accept(draft);
    } catch (ProblemException refused) {
      id.completeExceptionally(refused);
      return id;
    }
    engine.accept(
        new Accept(
            draft.tenant(),
            List.of(routed),
            key,
            "internal",
            new Accept.Reply() {
              @Override
              public void accepted(long[] ids) {
                id.complete(MessageId.text(ids[0]));
              }

              @Override
              public void refused(Problem problem, int status) {
                id.completeExceptionally(new ProblemException(problem));
              }
            }));
    return id;
  }

  @Override
  public void note(Problem problem) {
    notes.accept(problem);
  }

  // ---- the end ----

  /** Takes nothing more, waits for what is under way, and ends; the rest stays in the store. */
  @Override
  public void close() {
    cleaner.shutdownNow();
    api.close();
    extensions.forEach(Gateway::close);
    drain();
    providers.values().forEach(SmppChannel::unbind);
    engine.close();
    others.forEach(Channel::close);
    providers.values().forEach(SmppChannel::close);
    notifier.close();
    transport.close();
    store.close();
  }

  private void drain() {
    LineSettings none = LineSettings.standard();
    LineSettings stopped =
        new LineSettings(
            none.throughput(), none.resend(), none.duplicates(), true, none.closed(), false);
    engine.lines().forEach(line -> engine.settings(line.name(), stopped));
    long until = clock.nanos() + DRAIN.toNanos();
    while (engine.failure() == null
        && engine.lines().stream().anyMatch(line -> line.unanswered() > 0)
        && clock.nanos() - until < 0) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static void close(@Nullable AutoCloseable extension) {
    try {
      if (extension != null) {
        extension.close();
      }
    } catch (Exception failed) {
      // the gateway ends all the same, and what is durable is
    }
  }
}
