package dev.assay.core.run;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.plan.ServicePlan;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.Services;
import dev.assay.api.value.Unit;
import dev.assay.core.report.RunListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One service of a run: starts it, waits until it is ready, watches it, starts it again, stops it.
 * Thread-safe.
 */
final class SupervisedService implements Services.Service {

  private static final Duration LOOK = Duration.ofMillis(30);
  private static final int TAIL = 20;

  private final ServicePlan service;
  private final Processes.Command command;
  private final Readiness readiness;
  private final Surroundings around;
  private volatile Processes.@Nullable Child child;
  private volatile boolean endWanted;

  /**
   * What a service needs of the run.
   *
   * @param launcher starts it
   * @param clock the time
   * @param cancellation tells to stop waiting
   * @param listener hears how it stands
   * @param events takes what happens to it
   * @param redact masks secrets
   */
  record Surroundings(
      ProcessLauncher launcher,
      Clock clock,
      Cancellation cancellation,
      RunListener listener,
      Consumer<Evidence> events,
      Function<String, String> redact) {}

  SupervisedService(
      ServicePlan service, Processes.Command command, Readiness readiness, Surroundings around) {
    this.service = service;
    this.command = command;
    this.readiness = readiness;
    this.around = around;
  }

  /** Starts it and returns when it is ready. */
  synchronized void start() {
    around.cancellation().check();
    readiness.refuseTaken(service);
    state("starting", around.redact().apply(String.join(" ", command.words())));
    endWanted = false;
    long began = around.clock().nanos();
    Processes.Child started = launch();
    child = started;
    await(started, began);
    String took = Unit.NANOSECONDS.format(around.clock().nanos() - began);
    state("ready", "after " + took);
    event("service.ready", "ready after " + took);
    watch(started);
  }

  private void state(String state, String message) {
    around.listener().serviceState(service.name(), state, message);
  }

  private Processes.Child launch() {
    try {
      return around.launcher().start(command);
    } catch (ProblemException refused) {
      // The launcher does not know where the command is written; the reader needs that.
      throw new ProblemException(
          refused.problems().stream()
              .map(problem -> problem.type().at(service.place(), problem.what(), problem.mend()))
              .toList());
    }
  }

  private void await(Processes.Child child, long began) {
    long deadline = began + readiness.within().toNanos();
    try {
      while (true) {
        around.cancellation().check();
        boolean ready = readiness.met();
        OptionalInt exit = child.await(ready ? Duration.ZERO : LOOK);
        if (exit.isPresent()) {
          throw exited(exit.getAsInt());
        }
        if (ready) {
          return;
        }
        if (around.clock().nanos() > deadline) {
          throw RunProblems.NOT_READY.failure(
              service.place(),
              "service '"
                  + service.name()
                  + "' was not ready within "
                  + dev.assay.api.value.Unit.NANOSECONDS.format(readiness.within().toNanos())
                  + ": "
                  + readiness.missing()
                  + tail(),
              "look at its output in " + log() + ", or allow more time with `within`");
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      around.cancellation().check();
    }
  }

  private ProblemException exited(int code) {
    return RunProblems.EXITED.failure(
        service.place(),
        "service '"
            + service.name()
            + "' ended with exit code "
            + code
            + " before it was ready"
            + tail(),
        "correct the service or its command; all its output is in " + log());
  }

  private String tail() {
    Deque<String> last = new ArrayDeque<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(log()), StandardCharsets.UTF_8))) {
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
        : around.redact().apply("; its last output:\n    " + String.join("\n    ", last));
  }

  private void watch(Processes.Child watched) {
    Thread.ofVirtual()
        .name("watch-" + service.name())
        .start(() -> {
          try {
            OptionalInt exit = watched.await(Duration.ofDays(365));
            if (exit.isPresent()) {
              ended(exit.getAsInt());
            }
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void ended(int code) {
    if (endWanted) {
      event("service.ended", "ended, as was wanted, with exit code " + code);
    } else {
      String message = "ended by itself with exit code " + code;
      state("exited", message);
      event("service.exited", message);
    }
  }

  private void event(String kind, String message) {
    around
        .events()
        .accept(
            new Event("service:" + service.name(), around.clock().now(), kind, message, Map.of()));
  }

  @Override
  public String name() {
    return service.name();
  }

  /** At once, also while it is being started again: the process before, until there is another. */
  @Override
  public long pid() {
    return started().pid();
  }

  @Override
  public synchronized Set<Long> pids() {
    return started().pids();
  }

  @Override
  public boolean alive() {
    return !pids().isEmpty();
  }

  @Override
  public List<String> command() {
    return command.words();
  }

  @Override
  public Path log() {
    return command.output();
  }

  /** What the workspace says for observers, by their names. */
  Map<String, Record> observed() {
    return service.observed();
  }

  @Override
  public synchronized void restart() {
    endWanted = true;
    started().stop();
    start();
  }

  @Override
  public void expectEnd() {
    endWanted = true;
  }

  private Processes.Child started() {
    Processes.Child now = child;
    if (now == null) {
      throw new IllegalStateException("service '" + service.name() + "' was never started");
    }
    return now;
  }

  /** Ends it, where it was started. */
  synchronized void stop() {
    endWanted = true;
    Processes.Child now = child;
    if (now != null) {
      now.stop();
      state("stopped", "");
    }
  }
}
