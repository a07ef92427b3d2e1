package dev.assay.cli;

import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.observe.monitor.MonitorConfiguration;
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
    Plan plan = assay.rooms().parser(console.environment()).parse(file);
    Map<String, MonitorConfiguration> monitors = monitors(plan, file);
    String span = lasting;
    Duration atMost = span == null ? null : dev.assay.api.value.Quantity.parse(span).duration();
    try (SloLedger objectives = SloLedger.of(plan, console.environment());
        MonitorOutput output = new MonitorOutput(console, clock, json);
        MonitorAlerts alerts =
            MonitorAlerts.open(
                alerting,
                project,
                WorkspaceOption.folder(chosen.workspace),
                console,
                clock,
                output);
        MonitorLoop loop =
            new MonitorLoop(
                assay.rooms(),
                console,
                clock,
                plan,
                chosen.environment,
                WorkspaceOption.folder(chosen.workspace),
                monitors,
                agent,
                project,
                objectives,
                alerts,
                output)) {
      loop.run(atMost);
    }
    return ExitCode.PASS.code();
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
