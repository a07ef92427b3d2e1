package dev.assay.chaos.fault;

import dev.assay.api.spi.Services;
import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a service. While the run lives it is undone by starting the service again. After the
 * run's death there is nothing to undo: services end with their run.
 */
final class Ended implements Breakage {

  /** What is over when its run is. */
  static final String KIND = "chaos-ends-with-run";

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int ROUNDS = 50;

  private final SystemCalls calls = new SystemCalls();

  @Override
  public String kind() {
    return KIND;
  }

  /** Ends processes that were listed, as it is in a Chaos Toolkit experiment. */
  @Override
  public void make(Map<String, String> details) throws IOException {
    for (ProcessRef process : ProcessRef.parse(details.getOrDefault(Pause.PROCESSES, ""))) {
      calls.signal(process, SystemCalls.SIGKILL);
    }
  }

  @Override
  public Effect look(Map<String, String> details) {
    long living =
        ProcessRef.parse(details.getOrDefault(Pause.PROCESSES, "")).stream()
            .filter(ProcessRef::lives)
            .count();
    return new Effect(living == 0, living + " of its processes live");
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) {
    return Optional.empty();
  }

  /** Kills a service with all its processes, also those that are forked meanwhile. */
  void kill(Services.Service service) throws IOException {
    service.expectEnd();
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessRef> living = ProcessRef.living(service.pids());
      if (living.isEmpty()) {
        return;
      }
      for (ProcessRef process : living) {
        calls.signal(process, SystemCalls.SIGKILL);
      }
      Waiting.until(() -> living.stream().noneMatch(ProcessRef::lives));
    }
  }

  /** Asks the processes of a service to end, and kills those that do not in ten seconds. */
  void stop(Services.Service service) throws IOException {
    service.expectEnd();
    for (ProcessRef process : ProcessRef.living(service.pids())) {
      calls.signal(process, SystemCalls.SIGTERM);
    }
    Waiting.until(() -> service.pids().isEmpty(), GRACE);
    kill(service);
  }
}
