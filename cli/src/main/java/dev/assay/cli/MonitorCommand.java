package dev.assay.cli;

import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.Quantity;
import dev.assay.observe.monitor.MonitorConfiguration;
import dev.assay.observe.monitor.MonitorOrigin;
import dev.assay.observe.monitor.MonitorsSection;
import dev.assay.observe.problem.MonitorProblems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Carries out the monitors of a workspace until it is stopped. */
@Command(
    name = "monitor",
    description = {
      "Carries out the monitors of a workspace until it is stopped, each result a run in the ledger.",
      "Alerts go where --alerting says, or to the server, which routes them."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MonitorCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Mixin private ServerOption server = new ServerOption();

  @Mixin private PlanOptions chosen = new PlanOptions();

  @Option(
      names = "--as",
      defaultValue = "here",
      paramLabel = "AGENT",
      description =
          "Carry out the monitors that are `from:` this agent (default: ${DEFAULT-VALUE}).")
  private String agent;

  @Option(
      names = "--place",
      defaultValue = "",
      paramLabel = "PLACE",
      description = "Where this agent stands, such as frankfurt; shown on pages and in alerts.")
  private String place;

  @Option(
      names = "--parallel",
      defaultValue = "8",
      paramLabel = "N",
      description = "How many monitors may run at once (default: ${DEFAULT-VALUE}).")
  private int parallel;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "MONITOR",
      description = "Carry out only these.")
  private List<String> only = List.of();

  @Option(
      names = "--alerting",
      paramLabel = "FILE",
      description = "Where alerts go, in the form of Alertmanager's file.")
  private @Nullable Path alerting;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Stop after so long (default: when asked to).")
  private @Nullable String lasting;

  @Option(names = "--json", description = "One line of JSON for each result and alert.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Console console = assay.console();
    Clock clock = new SystemClock();
    ServerProject project = server.project(console.environment());
    Path file = WorkspaceOption.file(chosen.workspace);
    if (parallel < 1 || !place.matches("[\\p{L}\\p{N} ._-]{0,60}")) {
      throw CliProblems.USAGE.failure(
          Where.named(parallel < 1 ? "--parallel" : "--place"),
          parallel < 1
              ? "'" + parallel + "' monitors at once is no number above 0"
              : "'" + place + "' is no name of a place",
          parallel < 1 ? "give 1 or more" : "use up to 60 letters, digits and . _ -");
    }
    Plan plan = withoutServices(assay.rooms().parser(console.environment()).parse(file));
    Path folder = WorkspaceOption.folder(chosen.workspace);
    Map<String, MonitorConfiguration> monitors = monitors(plan, file);
    String span = lasting;
    Duration atMost = span == null ? null : Quantity.parse(span).duration();
    MonitorOrigin origin =
        new MonitorOrigin(
            plan.workspace(),
            agent,
            place.strip(),
            run -> GitAuthor.of(plan.folder(), String.valueOf(run.subject().commit())),
            run -> project == null ? "" : project.page(run.id()));
    try (SloLedger objectives = SloLedger.of(plan, console.environment());
        MonitorOutput output = new MonitorOutput(console, clock, json);
        MonitorAlerts alerts =
            MonitorAlerts.open(alerting, project, folder, console, clock, output);
        MonitorRuns runs =
            new MonitorRuns(
                assay.rooms(),
                console,
                clock,
                plan,
                chosen.environment,
                folder,
                monitors,
                origin,
                project,
                output);
        MonitorLoop loop =
            new MonitorLoop(
                clock,
                folder,
                monitors,
                origin,
                runs,
                parallel,
                project,
                objectives,
                alerts,
                output)) {
      loop.run(atMost);
    }
    return ExitCode.PASS.code();
  }

  /** A monitor looks at what runs, and starts nothing. */
  private Plan withoutServices(Plan plan) {
    String environment = chosen.environment;
    var named = plan.environments().get(environment == null ? "" : environment);
    var looked = named == null ? plan.environments().values().iterator().next() : named;
    for (var service : plan.services()) {
      if (looked.url() != null && looked.url().names().contains("port." + service.name())) {
        throw MonitorProblems.NO_MONITOR.failure(
            looked.place(),
            "the address of environment '"
                + looked.name()
                + "' is that of service '"
                + service.name()
                + "', which only a run starts",
            "name an environment that runs by itself with --env");
      }
    }
    return new Plan(
        plan.workspace(),
        plan.file(),
        plan.folder(),
        plan.digest(),
        plan.environments(),
        plan.variables(),
        List.of(),
        plan.sections(),
        plan.checks(),
        plan.stages());
  }

  private Map<String, MonitorConfiguration> monitors(Plan plan, Path file) {
    Map<String, MonitorConfiguration> all =
        SloLedger.entries(plan, MonitorsSection.NAME, MonitorConfiguration.class);
    for (String name : only) {
      if (!all.containsKey(name)) {
        throw MonitorProblems.NO_MONITOR.failure(
            Where.named("--only"),
            "there is no monitor '" + name + "'",
            dev.assay.api.problem.Nearest.mend(name, all.keySet()));
      }
    }
    Map<String, MonitorConfiguration> own = new LinkedHashMap<>();
    all.forEach((name, monitor) -> {
      if (monitor.from().equals(agent) && (only.isEmpty() || only.contains(name))) {
        own.put(name, monitor);
      }
    });
    if (own.isEmpty()) {
      throw MonitorProblems.NO_MONITOR.failure(
          Where.named(file.toString()),
          all.isEmpty()
              ? "the workspace has no monitors"
              : "the workspace has no monitors from '" + agent + "'",
          all.isEmpty()
              ? "write some: monitors: { up: { check: smoke, every: 1m } }"
              : "name their agent with --as");
    }
    return own;
  }
}
