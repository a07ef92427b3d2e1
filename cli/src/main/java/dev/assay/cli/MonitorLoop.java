package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.observe.alert.Alert;
import dev.assay.observe.monitor.AlertWatch;
import dev.assay.observe.monitor.Clockwork;
import dev.assay.observe.monitor.MonitorConfiguration;
import dev.assay.observe.monitor.MonitorOrigin;
import dev.assay.observe.monitor.MonitorResult;
import dev.assay.observe.monitor.MonitorSchedule;
import dev.assay.observe.monitor.MonitorScheduler;
import dev.assay.observe.monitor.MonitorStanding;
import dev.assay.observe.slo.Budget;
import dev.assay.observe.slo.BurnWatch;
import dev.assay.observe.slo.SloText;
import dev.assay.store.SqliteLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Joins what monitors consist of: the scheduler begins them side by side, their results come here,
 * one after the other, and make alerts. A server that is slow holds up what is told, not what is
 * carried out. For one thread; ends in order when the process is asked to.
 */
final class MonitorLoop implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration OBJECTIVES = Duration.ofSeconds(60);
  private static final Duration TELLING = Duration.ofSeconds(20);
  private static final int WAITING = 1_000;

  private final Clock clock;
  private final Path folder;
  private final @Nullable ServerProject project;
  private final SloLedger objectives;
  private final MonitorAlerts alerts;
  private final MonitorOutput output;
  private final MonitorRuns runs;
  private final MonitorScheduler scheduler;
  private final BurnWatch burns;
  private final BlockingQueue<MonitorResult> results = new ArrayBlockingQueue<>(WAITING);
  private final Map<String, MonitorStanding> standings = new LinkedHashMap<>();
  private final Map<String, Clockwork.Counts> said = new HashMap<>();
  private final StopOnSignal signal;
  private volatile boolean stopping;
  private long carriedOut;
  private Instant looked = Instant.EPOCH;
  private Instant told = Instant.EPOCH;

  MonitorLoop(
      Clock clock,
      Path folder,
      Map<String, MonitorConfiguration> monitors,
      MonitorOrigin origin,
      MonitorRuns runs,
      int atOnce,
      @Nullable ServerProject project,
      SloLedger objectives,
      MonitorAlerts alerts,
      MonitorOutput output) {
    this.clock = clock;
    this.folder = folder;
    this.runs = runs;
    this.project = project;
    this.objectives = objectives;
    this.alerts = alerts;
    this.output = output;
    this.burns = new BurnWatch(origin.workspace());
    this.scheduler = new MonitorScheduler(clock, atOnce, this::carryOut);
    monitors.forEach(
        (name, monitor) -> standings.put(name, new MonitorStanding(name, monitor, origin)));
    recall(monitors);
    this.signal =
        StopOnSignal.watch(
            this::stop, () -> output.note("warning", "monitors", "not everything has ended"));
  }

  /** What the runs before say: when each monitor ran last, and whether its alert is open. */
  private void recall(Map<String, MonitorConfiguration> monitors) {
    Instant now = clock.now();
    Map<String, List<RunSummary>> before = runs.before();
    standings.forEach((name, standing) -> {
      List<RunSummary> own = before.getOrDefault(name, List.of());
      Alert open = standing.recall(own, now);
      if (open != null) {
        alerts.take(open);
      }
      MonitorConfiguration monitor = monitors.get(name);
      if (monitor != null) {
        scheduler.add(
            name,
            MonitorSchedule.of(name, monitor),
            own.isEmpty() ? null : own.getFirst().opened());
        output.note("watching", name, monitor.check() + " " + standing.when());
      }
    });
  }

  /** On the scheduler's threads. */
  private void carryOut(Clockwork.Due due) throws InterruptedException {
    try {
      MonitorResult result = runs.carryOut(due);
      if (result != null) {
        results.put(result);
      }
    } catch (RuntimeException unforeseen) {
      output.note("warning", due.monitor(), "not carried out, unforeseen: " + unforeseen);
    }
  }

  /** Goes on until it is asked to stop, or for so long. */
  void run(@Nullable Duration atMost) throws InterruptedException {
    Instant end = atMost == null ? Instant.MAX : clock.now().plus(atMost);
    tell(true);
    scheduler.begin();
    while (!stopping && clock.now().isBefore(end)) {
      step();
    }
    Thread ending = Thread.ofVirtual().name("monitor-end").start(scheduler::close);
    while (ending.isAlive()) {
      step();
    }
    drain(results.poll());
    tell(true);
    alerts.tick();
    summary();
  }

  private void step() throws InterruptedException {
    drain(results.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    look();
    alerts.tick();
  }

  private void drain(@Nullable MonitorResult first) {
    boolean any = first != null;
    for (MonitorResult result = first; result != null; result = results.poll()) {
      take(result);
    }
    any |= overlaps();
    tell(any);
  }

  private void take(MonitorResult result) {
    MonitorStanding standing = standings.get(result.monitor());
    if (standing == null) {
      return;
    }
    carriedOut++;
    output.result(result);
    MonitorStanding.Taken taken = standing.take(result, clock.now());
    if (taken.change() == AlertWatch.Change.OPENED) {
      output.note("alert", result.monitor(), result.why());
    } else if (taken.change() == AlertWatch.Change.CLOSED) {
      output.note("mended", result.monitor(), "the alert is over");
    }
    Alert alert = taken.alert();
    if (alert != null) {
      alerts.take(alert);
    }
  }

  /** Says what came due while the same monitor still ran; whether there was any. */
  private boolean overlaps() {
    boolean any = false;
    for (String name : standings.keySet()) {
      Clockwork.Counts now = scheduler.counts(name);
      Clockwork.Counts before = said.put(name, now);
      long more = now.overlaps() - (before == null ? 0 : before.overlaps());
      if (more > 0) {
        any = true;
        output.note(
            "overlap",
            name,
            more == 1
                ? "it was due while it still ran; this moment is left out"
                : "it was due " + more + " times while it still ran; these moments are left out");
      }
    }
    return any;
  }

  private void summary() {
    long missed = 0;
    long overlapped = 0;
    for (String name : standings.keySet()) {
      Clockwork.Counts counts = scheduler.counts(name);
      missed += counts.misfires();
      overlapped += counts.overlaps();
    }
    output.note(
        "stopped",
        "monitors",
        String.format(
            Locale.ROOT,
            "%d carried out, %d missed, %d overlapped",
            carriedOut,
            missed,
            overlapped));
  }

  /** How the objectives stand, at most once a minute. */
  private void look() throws InterruptedException {
    Instant now = clock.now();
    if (objectives.slos().isEmpty() || looked.plus(OBJECTIVES).isAfter(now)) {
      return;
    }
    looked = now;
    List<Budget> budgets;
    try (SqliteLedger ledger = SqliteLedger.open(folder, SqliteLedger.Mode.READ_ONLY)) {
      budgets =
          objectives.look(
              ledger,
              now,
              none -> output.note("warning", "objectives", String.valueOf(none.getMessage())));
    } catch (ProblemException none) {
      output.note("warning", "objectives", String.valueOf(none.getMessage()));
      return;
    }
    for (Budget budget : budgets) {
      BurnWatch.Taken taken = burns.take(budget, now);
      String opened = taken.opened();
      if (opened != null) {
        output.note("alert", budget.slo().name(), opened);
      } else if (taken.mended()) {
        output.note("mended", budget.slo().name(), "the budget burns no longer too fast");
      }
      taken.alerts().forEach(alerts::take);
    }
    tell("/slos", Json.array(budgets.stream().map(SloText::json).toList()));
  }

  /** Tells the server how monitors stand: where something came of them, and now and then. */
  private void tell(boolean now) {
    Instant at = clock.now();
    if (project == null || !now && told.plus(TELLING).isAfter(at)) {
      return;
    }
    told = at;
    List<Json> all = new ArrayList<>();
    standings.forEach((name, standing) -> all.add(standing.json(scheduler.counts(name), at)));
    tell("/monitors", Json.array(all));
  }

  private void tell(String path, Json body) {
    ServerProject server = project;
    if (server == null) {
      return;
    }
    try {
      Json _ = server.call("PUT", path, body);
    } catch (IOException | ProblemException away) {
      output.note("warning", "server", ServerProject.why(away));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins nothing any more and ends what runs; {@link #run} then comes to its end. */
  private void stop() {
    stopping = true;
    scheduler.stop();
    runs.stop();
  }

  @Override
  public void close() {
    signal.close();
  }
}
