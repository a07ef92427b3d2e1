package dev.assay.chaos.fault;

import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds processes still with SIGSTOP, which nobody can catch. */
final class Pause implements Breakage {

  static final String PROCESSES = "processes";

  private static final int ROUNDS = 5;

  private final SystemCalls calls = new SystemCalls();

  @Override
  public String kind() {
    return "chaos-pause";
  }

  @Override
  public void make(Map<String, String> details) throws IOException {
    List<ProcessRef> listed = listed(details);
    // What was forked meanwhile is found by looking again, until nothing is left that could fork.
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessRef> moving =
          ProcessRef.withDescendants(listed).stream().filter(Pause::moves).toList();
      if (moving.isEmpty()) {
        return;
      }
      for (ProcessRef process : moving) {
        calls.signal(process, SystemCalls.SIGSTOP);
      }
      Waiting.until(() -> moving.stream().noneMatch(Pause::moves));
    }
  }

  private static boolean moves(ProcessRef process) {
    return process.stat().map(stat -> !stat.stopped()).orElse(false);
  }

  @Override
  public Effect look(Map<String, String> details) {
    Collection<ProcessRef> living = ProcessRef.withDescendants(listed(details));
    long stopped =
        living.stream()
            .filter(process -> process.stat().map(ProcessRef.Stat::stopped).orElse(true))
            .count();
    return new Effect(
        !living.isEmpty() && stopped == living.size(),
        stopped + " of " + living.size() + " processes are in state T (/proc/PID/stat)");
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) throws IOException {
    int resumed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      boolean any = false;
      for (ProcessRef process : ProcessRef.withDescendants(listed(details))) {
        if (stopped(process)) {
          any = true;
          resumed += calls.signal(process, SystemCalls.SIGCONT) ? 1 : 0;
          Waiting.until(() -> !stopped(process));
        }
      }
      if (!any) {
        return resumed == 0
            ? Optional.empty()
            : Optional.of("let " + resumed + " stopped processes go on");
      }
    }
    throw new IOException("processes are stopped again and again");
  }

  private static boolean stopped(ProcessRef process) {
    return process.stat().map(ProcessRef.Stat::stopped).orElse(false);
  }

  private static List<ProcessRef> listed(Map<String, String> details) {
    return ProcessRef.parse(details.getOrDefault(PROCESSES, ""));
  }
}
