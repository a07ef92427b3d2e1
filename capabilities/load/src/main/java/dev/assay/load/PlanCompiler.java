package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckContext;
import dev.assay.load.engine.LoadPlan;
import dev.assay.load.engine.Networks;
import dev.assay.load.engine.Phase;
import dev.assay.load.engine.Protocol;
import dev.assay.load.engine.Scenario;
import dev.assay.load.feed.CsvRecords;
import dev.assay.load.feed.FeedProblems;
import dev.assay.load.feed.Feeder;
import dev.assay.load.feed.GeneratedRecords;
import dev.assay.load.feed.JsonLineRecords;
import dev.assay.load.feed.Records;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes a plan for the engine from a configuration: reads files, fills variables, compiles flows,
 * looks up the targets once, and refuses what must not be sent, all before anything is sent.
 */
final class PlanCompiler {

  /** More devices than this are not foreseen for a rate; more connections may be written. */
  private static final double MOST_DEVICES = 5_000;

  private final CheckContext context;
  private final LoadConfiguration configuration;
  private final Supplier<SslContext> tls;

  /** A compiler of a check that speaks TLS as it is written. */
  PlanCompiler(CheckContext context, LoadConfiguration configuration) {
    this(context, configuration, new TlsContexts(context, configuration)::make);
  }

  /**
   * A compiler of a check.
   *
   * @param tls how TLS is spoken, for a server that is asked for its schema
   */
  PlanCompiler(CheckContext context, LoadConfiguration configuration, Supplier<SslContext> tls) {
    this.context = context;
    this.configuration = configuration;
    this.tls = tls;
  }

  /**
   * Makes the plan.
   *
   * @param cores how many loops there may be
   */
  LoadPlan compile(int cores) {
    double peak = ModelCompiler.peak(configuration);
    List<Feeder> feeders = feeders();
    Origins origins = new Origins(context, configuration, protocol(configuration.spoken()), peak);
    GrpcCompiler grpc = new GrpcCompiler(context, configuration, tls);
    FlowCompiler compiler = new FlowCompiler(context, configuration, feeders, origins, grpc);
    List<Scenario> scenarios = new ArrayList<>();
    flows(configuration).forEach((name, steps) -> scenarios.add(compiler.compile(name, steps)));
    List<Phase> phases =
        new ModelCompiler(context, configuration)
            .compile(scenarios.stream().map(Scenario::name).toList());
    enough(feeders, scenarios, phases);
    List<String> steps = compiler.stepNames();
    int closedUsers =
        phases.stream()
            .mapToInt(phase -> phase instanceof Phase.Closed closed ? closed.most() : 0)
            .sum();
    int loops = loops(peak, steps.size(), cores);
    Networks networks = new NetworkCompiler(context, configuration.through()).compile();
    return new LoadPlan(
        origins.all(),
        scenarios,
        phases,
        steps.size(),
        recorded(phases, steps, networks),
        feeders,
        networks.any() ? devices(peak, closedUsers) : configuration.connections(),
        configuration.streams(),
        configuration.timeout().toNanos(),
        configuration.maxWaiting(),
        configuration.maxUsers() + closedUsers + loops * phases.size(),
        loops,
        networks,
        context.seed());
  }

  /**
   * How many users may be on networks at once: those of closed phases, and as many as a rate brings
   * while one of them waits for an answer as long as may be.
   */
  private int devices(double peak, int closedUsers) {
    double open = Math.min(MOST_DEVICES, peak * configuration.timeout().toSeconds());
    int wanted = Math.max(configuration.connections(), closedUsers + (int) Math.ceil(open));
    return Math.min(wanted, configuration.maxUsers() + closedUsers);
  }

  /** The flows by name; the one without a name first, where there is one. */
  static Map<String, List<LoadStep>> flows(LoadConfiguration configuration) {
    Map<String, List<LoadStep>> flows = new LinkedHashMap<>();
    if (!configuration.flow().isEmpty()) {
      flows.put("flow", configuration.flow());
    }
    flows.putAll(configuration.scenarios());
    return flows;
  }

  static Protocol protocol(String written) {
    for (Protocol protocol : Protocol.values()) {
      if (protocol.written().equals(written)) {
        return protocol;
      }
    }
    throw new IllegalArgumentException(written);
  }

  private int loops(double peak, int steps, int cores) {
    int most = Math.min(configuration.connections(), configuration.maxUsers());
    Integer users = configuration.users();
    most = users == null ? most : Math.min(most, Math.max(1, users));
    LoadConfiguration.Generator generator = configuration.generator();
    Integer written = generator == null ? null : generator.loops();
    return written == null
        ? LoadPlan.loopsFor(peak * steps, Math.max(1, most), cores)
        : Math.clamp(written, 1, Math.max(1, most));
  }

  private static List<Map<String, String>> recorded(
      List<Phase> phases, List<String> steps, Networks networks) {
    List<Phase> measured = phases.stream().filter(Phase::measured).toList();
    List<Map<String, String>> recorded = new ArrayList<>();
    for (Phase phase : measured) {
      Map<String, String> labels = measured.size() == 1 ? Map.of() : Map.of("phase", phase.name());
      recorded.addAll(recorded(labels, steps));
      for (int i = 0; i < networks.toldApart(); i++) {
        Map<String, String> own = new LinkedHashMap<>(labels);
        own.put("network", networks.names().get(i));
        recorded.addAll(recorded(own, steps));
      }
    }
    return recorded;
  }

  private static List<Map<String, String>> recorded(
      Map<String, String> labels, List<String> steps) {
    List<Map<String, String>> recorded = new ArrayList<>();
    for (String step : steps) {
      Map<String, String> own = new LinkedHashMap<>(labels);
      own.put("step", step);
      recorded.add(own);
    }
    return recorded;
  }

  private List<Feeder> feeders() {
    List<Feeder> feeders = new ArrayList<>();
    configuration
        .feeders()
        .forEach((name, written) ->
            feeders.add(new Feeder(name, records(written), written.take(), context.seed())));
    return feeders;
  }

  private Records records(LoadFeeder written) {
    String csv = written.csv();
    String lines = written.jsonLines();
    Place place = written.place();
    if (csv != null) {
      return CsvRecords.read(context.folder().resolve(csv), csv, place);
    }
    if (lines != null) {
      return JsonLineRecords.read(context.folder().resolve(lines), lines, place);
    }
    return GeneratedRecords.of(written.generate(), context.seed(), place);
  }

  /** Refuses a feeder that is known to run out. */
  private void enough(List<Feeder> feeders, List<Scenario> scenarios, List<Phase> phases) {
    for (int i = 0; i < feeders.size(); i++) {
      Feeder feeder = feeders.get(i);
      long needed = 0;
      for (Phase phase : phases) {
        boolean uses = scenarios.get(phase.scenario()).feeders().contains(i);
        if (uses && phase instanceof Phase.Open open) {
          needed = Math.max(needed, open.firstSequence() + open.arrivals().count());
        }
      }
      LoadFeeder written = configuration.feeders().get(feeder.name());
      Place place = written == null ? configuration.place() : written.place();
      if (needed > feeder.available()) {
        throw new ProblemException(List.of(FeedProblems.ranOut(place, feeder, needed)));
      }
    }
  }
}
