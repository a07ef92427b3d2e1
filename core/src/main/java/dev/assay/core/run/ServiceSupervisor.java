package dev.assay.core.run;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.plan.Plan;
import dev.assay.api.plan.ServicePlan;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.value.Template;
import dev.assay.core.report.RunListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Starts the services of a run in the order of their needs, waits until each is ready, watches
 * them, stops them.
 */
final class ServiceSupervisor implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(30);
  private static final int TAIL = 20;

  private final Plan plan;
  private final Variables variables;
  private final Ports ports;
  private final ProcessLauncher launcher;
  private final Path logs;
  private final Clock clock;
  private final Cancellation cancellation;
  private final RunListener listener;
  private final Consumer<Evidence> events;
  private final Function<String, String> redact;
  private final Map<String, Processes.Child> running = new LinkedHashMap<>();
  private final List<RunningService> started = new ArrayList<>();
  private volatile boolean closing;

  ServiceSupervisor(
      RunTools tools,
      RunTask task,
      Variables variables,
      Ports ports,
      ProcessLauncher launcher,
      Consumer<Evidence> events,
      Function<String, String> redact) {
    this.plan = task.plan();
    this.variables = variables;
    this.ports = ports;
    this.launcher = launcher;
    this.logs = task.runFolder().resolve("services");
    this.clock = tools.clock();
    this.cancellation = tools.cancellation();
    this.listener = tools.listener();
    this.events = events;
    this.redact = redact;
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
    cancellation.check();
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
    Path log = log(service.name());
    Readiness readiness = Readiness.of(service, variables, log);
    ports.release(service.name());
    readiness.refuseTaken(service);
    listener.serviceState(service.name(), "starting", redact.apply(String.join(" ", words)));
    long began = clock.nanos();
    Processes.Child child = launch(service, words, folder, environment, log);
    running.put(service.name(), child);
    started.add(new RunningService(service.name(), child.pid(), words, service.observed()));
    await(service, child, readiness, began);
    String took = dev.assay.api.value.Unit.NANOSECONDS.format(clock.nanos() - began);
    listener.serviceState(service.name(), "ready", "after " + took);
    event(service.name(), "service.ready", "ready after " + took);
    watch(service.name(), child);
  }

  private Processes.Child launch(
      ServicePlan service,
      List<String> words,
      Path folder,
      Map<String, String> environment,
      Path log) {
    try {
      return launcher.start(
          new Processes.Command(words, folder, environment, log, service.grace()));
    } catch (ProblemException refused) {
      // The launcher does not know where the command is written; the reader needs that.
      throw new ProblemException(
          refused.problems().stream()
              .map(problem -> problem.type().at(service.place(), problem.what(), problem.mend()))
              .toList());
    }
  }

  private void await(ServicePlan service, Processes.Child child, Readiness readiness, long began) {
    long deadline = began + readiness.within().toNanos();
    try {
      while (true) {
        cancellation.check();
        boolean ready = readiness.met();
        OptionalInt exit = child.await(ready ? Duration.ZERO : LOOK);
        if (exit.isPresent()) {
          throw exited(service, exit.getAsInt());
        }
        if (ready) {
          return;
        }
        if (clock.nanos() > deadline) {
          throw RunProblems.NOT_READY.failure(
              service.place(),
              "service '"
                  + service.name()
                  + "' was not ready within "
                  + dev.assay.api.value.Unit.NANOSECONDS.format(readiness.within().toNanos())
                  + ": "
                  + readiness.missing()
                  + tail(service.name()),
              "look at its output in "
                  + log(service.name())
                  + ", or allow more time with `within`");
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      cancellation.check();
    }
  }

  private ProblemException exited(ServicePlan service, int code) {
    return RunProblems.EXITED.failure(
        service.place(),
        "service '"
            + service.name()
            + "' ended with exit code "
            + code
            + " before it was ready"
            + tail(service.name()),
        "correct the service or its command; all its output is in " + log(service.name()));
  }

  private String tail(String service) {
    Deque<String> last = new ArrayDeque<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(log(service)), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        if (last.size() == TAIL) {
          last.removeFirst();
        }
        last.addLast(line.length() > 300 ? line.substring(0, 300) + "…" : line);
      }
    } catch (IOException unreadable) {
      return "";
    }
    return last.isEmpty()
        ? "; it printed nothing"
        : redact.apply("; its last output:\n    " + String.join("\n    ", last));
  }

  private void watch(String name, Processes.Child child) {
    Thread.ofVirtual()
        .name("watch-" + name)
        .start(() -> {
          try {
            OptionalInt exit = child.await(Duration.ofDays(365));
            if (exit.isPresent() && !closing) {
              String message = "ended by itself with exit code " + exit.getAsInt();
              listener.serviceState(name, "exited", message);
              event(name, "service.exited", message);
            }
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void event(String name, String kind, String message) {
    events.accept(new Event("service:" + name, clock.now(), kind, message, Map.of()));
  }

  Path log(String service) {
    return logs.resolve(service + ".log");
  }

  /** The services that were started, in that order. */
  List<RunningService> running() {
    return List.copyOf(started);
  }

  /** The services that were started, with their logs. */
  Map<String, Path> startedLogs() {
    Map<String, Path> started = new LinkedHashMap<>();
    running.keySet().forEach(name -> started.put(name, log(name)));
    return started;
  }

  /** Stops the services, the last started first. */
  @Override
  public void close() {
    closing = true;
    @Nullable RuntimeException first = null;
    for (String name : List.copyOf(running.keySet()).reversed()) {
      Processes.Child child = running.get(name);
      try {
        if (child != null) {
          child.stop();
          listener.serviceState(name, "stopped", "");
        }
      } catch (RuntimeException broken) {
        first = first == null ? broken : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
