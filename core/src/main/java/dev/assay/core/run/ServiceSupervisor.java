package dev.assay.core.run;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.ServicePlan;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.Services;
import dev.assay.api.value.Template;
import dev.assay.core.report.OutputListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts the services of a run in the order of their needs, and stops them. */
final class ServiceSupervisor implements Services, AutoCloseable {

  private final Plan plan;
  private final Variables variables;
  private final OutputFollower output;
  private final Ports ports;
  private final Path logs;
  private final SupervisedService.Surroundings around;
  private final List<SupervisedService> started = new CopyOnWriteArrayList<>();

  ServiceSupervisor(
      RunTools tools,
      RunTask task,
      Variables variables,
      Ports ports,
      ProcessLauncher launcher,
      OutputFollower output,
      Consumer<Evidence> events,
      Function<String, String> redact) {
    this.plan = task.plan();
    this.variables = variables;
    this.output = output;
    this.ports = ports;
    this.logs = task.runFolder().resolve("services");
    this.around =
        new SupervisedService.Surroundings(
            launcher, tools.clock(), tools.cancellation(), tools.listener(), events, redact);
  }

  /** Starts all services. */
  void start() {
    Set<String> ready = new LinkedHashSet<>();
    List<ServicePlan> waiting = new ArrayList<>(plan.services());
    while (!waiting.isEmpty()) {
      ServicePlan next =
          waiting.stream()
              .filter(service -> ready.containsAll(service.needs()))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("the parser lets no circle through"));
      waiting.remove(next);
      start(next);
      ready.add(next.name());
    }
  }

  private void start(ServicePlan service) {
    around.cancellation().check();
    Place where = service.place();
    List<String> words =
        service.command().words().stream().map(word -> variables.fill(word, where)).toList();
    Map<String, String> environment = new LinkedHashMap<>();
    service
        .environment()
        .forEach((name, value) -> environment.put(name, variables.fill(value, where)));
    Template written = service.folder();
    Path folder =
        written == null ? plan.folder() : plan.folder().resolve(variables.fill(written, where));
    Path log = logs.resolve(service.name() + ".log");
    Readiness readiness = Readiness.of(service, variables, log);
    ports.release(service.name());
    SupervisedService starting =
        new SupervisedService(
            service,
            new Processes.Command(words, folder, environment, log, service.grace()),
            readiness,
            around);
    started.add(starting);
    output.follow(OutputListener.SERVICE + service.name(), log);
    starting.start();
  }

  @Override
  public List<Service> all() {
    return List.copyOf(started);
  }

  @Override
  public Optional<Service> named(String name) {
    return all().stream().filter(service -> service.name().equals(name)).findFirst();
  }

  /** The services that were started, in that order. */
  List<RunningService> running() {
    return started.stream()
        .map(service ->
            new RunningService(service.name(), service::pid, service.command(), service.observed()))
        .toList();
  }

  /** The services that were started, with their logs. */
  Map<String, Path> startedLogs() {
    Map<String, Path> files = new LinkedHashMap<>();
    started.forEach(service -> files.put(service.name(), service.log()));
    return files;
  }

  /** Stops the services, the last started first. */
  @Override
  public void close() {
    @Nullable RuntimeException first = null;
    for (SupervisedService service : List.copyOf(started).reversed()) {
      try {
        service.stop();
      } catch (RuntimeException broken) {
        first = first == null ? broken : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
