package dev.assay.cli;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.report.RunListener;
import dev.assay.core.run.RunOptions;
import dev.assay.core.run.RunResult;
import dev.assay.core.run.Runner;
import dev.assay.observe.monitor.Clockwork;
import dev.assay.observe.monitor.MonitorConfiguration;
import dev.assay.observe.monitor.MonitorOrigin;
import dev.assay.observe.monitor.MonitorResult;
import dev.assay.store.WorkspaceLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries out monitors, each as a run of the workspace that has the label {@code monitor}, and
 * sends it to the server where there is one. Thread-safe.
 */
final class MonitorRuns implements AutoCloseable {

  private static final int LOOKED_BACK = 200;
  private static final int MOST_UNSENT = 10_000;
  private static final int AT_ONCE = 10;
  private static final Duration SENDING = Duration.ofSeconds(10);

  private final Rooms rooms;
  private final Console console;
  private final Clock clock;
  private final Plan plan;
  private final @Nullable String environment;
  private final Map<String, MonitorConfiguration> monitors;
  private final MonitorOrigin origin;
  private final @Nullable ServerProject project;
  private final MonitorOutput output;
  private final SharedLedger shared;
  private final Set<Runner> running = ConcurrentHashMap.newKeySet();
  private final ReentrantLock catchingUp = new ReentrantLock();

  /** What the server has not got; guarded by the lock. */
  private final Deque<String> unsent = new ArrayDeque<>();

  private volatile boolean stopped;

  MonitorRuns(
      Rooms rooms,
      Console console,
      Clock clock,
      Plan plan,
      @Nullable String environment,
      Path folder,
      Map<String, MonitorConfiguration> monitors,
      MonitorOrigin origin,
      @Nullable ServerProject project,
      MonitorOutput output) {
    this.rooms = rooms;
    this.console = console;
    this.clock = clock;
    this.plan = plan;
    this.environment = environment;
    this.monitors = monitors;
    this.origin = origin;
    this.project = project == null ? null : project.again();
    this.output = output;
    this.shared = new SharedLedger(folder, clock);
  }

  /** What each monitor found before, the newest first. */
  Map<String, List<RunSummary>> before() {
    Map<String, List<RunSummary>> before = new LinkedHashMap<>();
    try (SharedLedger.Use use = shared.use(WorkspaceLock.MONITOR)) {
      for (String name : monitors.keySet()) {
        before.put(
            name,
            use.ledger()
                .runs(
                    LOOKED_BACK,
                    run ->
                        name.equals(run.monitor())
                            && run.closed() != null
                            && origin.agent().equals(run.labels().get("from"))));
      }
    }
    return before;
  }

  /** Carries one out; null where it did not come to a result, which was then said. */
  @Nullable MonitorResult carryOut(Clockwork.Due due) {
    String name = due.monitor();
    MonitorConfiguration monitor = monitors.get(name);
    if (monitor == null || stopped) {
      return null;
    }
    if (due.missed() > 0) {
      output.note(
          "missed", name, due.missed() + " before this one, which were not carried out in time");
    }
    try (SharedLedger.Use use = shared.use(WorkspaceLock.MONITOR + " " + name)) {
      NewRun begin = NewRun.draw(clock, null);
      ServerProject server = project;
      if (server == null) {
        return judge(monitor, due, begin, use.ledger(), use.ledger());
      }
      try (RunUpload upload = new RunUpload(use.ledger(), begin.id(), server.again())) {
        MonitorResult result = judge(monitor, due, begin, use.ledger(), upload);
        if (sent(name, begin.id(), upload)) {
          catchUp(use.ledger(), server);
        }
        return result;
      }
    } catch (ProblemException wrong) {
      output.note("warning", name, "not carried out: " + wrong.getMessage());
      return null;
    }
  }

  /** Whether the server got a run; else it gets it later. */
  private boolean sent(String name, String run, RunUpload upload) {
    String wrong = upload.finish(SENDING);
    if (wrong == null) {
      return true;
    }
    catchingUp.lock();
    try {
      if (unsent.size() < MOST_UNSENT) {
        unsent.add(run);
      }
    } finally {
      catchingUp.unlock();
    }
    output.note("warning", name, "the server has not got it yet: " + wrong);
    return false;
  }

  /** Sends what the server missed while it was away, some at a time, and one at once. */
  private void catchUp(Ledger ledger, ServerProject server) {
    if (!catchingUp.tryLock()) {
      return;
    }
    try {
      for (int i = 0; i < AT_ONCE && !unsent.isEmpty(); i++) {
        long _ = RunUpload.rest(ledger, unsent.getFirst(), server);
        unsent.removeFirst();
      }
    } catch (IOException away) {
      // then later
    } catch (ProblemException problem) {
      if (!problem.problems().getFirst().type().equals(CliProblems.FULL)) {
        throw problem;
      }
      // then when there is room
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      catchingUp.unlock();
    }
  }

  private @Nullable MonitorResult judge(
      MonitorConfiguration monitor, Clockwork.Due due, NewRun begin, Ledger ledger, Ledger to) {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void judged(String check, Verdict verdict) {
            synchronized (verdicts) {
              verdicts.put(check, verdict);
            }
          }
        };
    Runner runner =
        new Runner(
            to, listener, clock, console.environment(), rooms.observers(), WatchdogCommand.words());
    long start = clock.nanos();
    RunResult result;
    running.add(runner);
    try {
      if (stopped) {
        return null;
      }
      result =
          runner.run(
              plan,
              new RunOptions(
                  environment,
                  Set.of(monitor.check()),
                  begin.seed(),
                  1,
                  begin.id(),
                  null,
                  AssayCommand.Version.number(),
                  null,
                  labels(due)));
    } finally {
      running.remove(runner);
    }
    if (result.ending() == LedgerEntry.Ending.CANCELLED) {
      return null;
    }
    List<Verdict> all;
    synchronized (verdicts) {
      all = new ArrayList<>(verdicts.values());
    }
    return new MonitorResult(
        due.monitor(),
        monitor.check(),
        ledger.find(begin.id()).orElseThrow(),
        gravest(all),
        why(all, result),
        Duration.ofNanos(clock.nanos() - start));
  }

  private Map<String, String> labels(Clockwork.Due due) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(RunSummary.MONITOR, due.monitor());
    labels.put("from", origin.agent());
    labels.put("due", due.moment().toString());
    if (!origin.place().isEmpty()) {
      labels.put("place", origin.place());
    }
    return labels;
  }

  private static @Nullable Reason gravest(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(verdict -> verdict.decision() != Decision.PASS)
        .flatMap(verdict -> verdict.reasons().stream())
        .findFirst()
        .orElse(null);
  }

  private static String why(List<Verdict> verdicts, RunResult result) {
    if (result.decision() == Decision.PASS) {
      return "";
    }
    Reason reason = gravest(verdicts);
    if (reason != null) {
      return reason.sentence();
    }
    return result.problems().isEmpty()
        ? result.decision().word()
        : result.problems().getFirst().what();
  }

  /** Ends what runs, in order, and begins nothing any more. */
  void stop() {
    stopped = true;
    running.forEach(Runner::cancel);
  }

  @Override
  public void close() {
    ServerProject server = project;
    if (server != null) {
      server.close();
    }
  }
}
