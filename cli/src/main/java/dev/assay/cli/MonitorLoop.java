package dev.assay.cli;

import dev.assay.api.json.Json;
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
import dev.assay.observe.alert.Alert;
import dev.assay.observe.alert.AlertJson;
import dev.assay.observe.monitor.AlertWatch;
import dev.assay.observe.monitor.Clockwork;
import dev.assay.observe.monitor.MonitorConfiguration;
import dev.assay.observe.monitor.MonitorSchedule;
import dev.assay.observe.problem.MonitorProblems;
import dev.assay.observe.slo.Budget;
import dev.assay.observe.slo.SloText;
import dev.assay.store.SqliteLedger;
import dev.assay.store.WorkspaceLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries out monitors, one after the other: what comes due while another runs waits for it, and
 * what comes due while itself runs is left out and counted. Each is a run of the workspace that has
 * the label {@code monitor}; the workspace is locked only as long as it runs. For one thread; ends
 * in order when the process is asked to.
 */
final class MonitorLoop implements AutoCloseable {

  private static final int LOOKED_BACK = 2_000;
  private static final int MOST_UNSENT = 10_000;
  private static final int AT_ONCE = 10;
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration OBJECTIVES = Duration.ofSeconds(60);
  private static final Duration SENDING = Duration.ofSeconds(10);

  private final Rooms rooms;
  private final Console console;
  private final Clock clock;
  private final Plan plan;
  private final @Nullable String environment;
  private final Path folder;
  private final Map<String, MonitorConfiguration> monitors;
  private final String agent;
  private final @Nullable ServerProject project;
  private final SloLedger objectives;
  private final MonitorAlerts alerts;
  private final MonitorOutput output;
  private final Clockwork clockwork = new Clockwork();
  private final Map<String, AlertWatch> watches = new LinkedHashMap<>();
  private final Map<String, Instant> began = new LinkedHashMap<>();
  private final Map<String, Alert> burning = new LinkedHashMap<>();
  private final AtomicReference<@Nullable Runner> running = new AtomicReference<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final StopOnSignal signal;
  private final Deque<String> unsent = new ArrayDeque<>();
  private Instant looked = Instant.EPOCH;

  MonitorLoop(
      Rooms rooms,
      Console console,
      Clock clock,
      Plan plan,
      @Nullable String environment,
      Path folder,
      Map<String, MonitorConfiguration> monitors,
      String agent,
      @Nullable ServerProject project,
      SloLedger objectives,
      MonitorAlerts alerts,
      MonitorOutput output) {
    this.rooms = rooms;
    this.console = console;
    this.clock = clock;
    this.plan = withoutServices(plan, environment);
    this.environment = environment;
    this.folder = folder;
    this.monitors = monitors;
    this.agent = agent;
    this.project = project;
    this.objectives = objectives;
    this.alerts = alerts;
    this.output = output;
    this.signal =
        StopOnSignal.watch(
            this::stop, () -> output.note("warning", "monitors", "not everything has ended"));
  }

  /** A monitor looks at what runs, and starts nothing. */
  private static Plan withoutServices(Plan plan, @Nullable String environment) {
    var named = plan.environments().get(environment == null ? "" : environment);
    var chosen = named == null ? plan.environments().values().iterator().next() : named;
    for (var service : plan.services()) {
      if (chosen.url() != null && chosen.url().names().contains("port." + service.name())) {
        throw MonitorProblems.NO_MONITOR.failure(
            chosen.place(),
            "the address of environment '"
                + chosen.name()
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

  /** Goes on until it is asked to stop, or for so long. */
  void run(@Nullable Duration atMost) throws InterruptedException {
    Instant start = clock.now();
    recall(start);
    monitors.forEach((name, monitor) ->
        output.note(
            "watching",
            name,
            monitor.check()
                + " "
                + (monitor.every() == null
                    ? "at " + monitor.cron() + " " + monitor.zone()
                    : "every "
                        + monitor
                            .every()
                            .toString()
                            .substring(2)
                            .toLowerCase(java.util.Locale.ROOT))));
    tellAll();
    while (stop.getCount() > 0 && (atMost == null || clock.now().isBefore(start.plus(atMost)))) {
      for (Clockwork.Due due : clockwork.due(clock.now())) {
        if (stop.getCount() > 0) {
          carryOut(due);
        }
        clockwork.ended(due.monitor());
      }
      look();
      alerts.tick();
      boolean _ = stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
    alerts.tick();
  }

  /** What the runs before say: when each monitor ran last, and whether its alert is open. */
  private void recall(Instant now) {
    Map<String, List<RunSummary>> before = new LinkedHashMap<>();
    try (SqliteLedger ledger = SqliteLedger.open(folder, SqliteLedger.Mode.READ_WRITE)) {
      for (RunSummary run : ledger.runs(LOOKED_BACK)) {
        String name = run.labels().get("monitor");
        if (name != null && run.closed() != null && agent.equals(run.labels().get("from"))) {
          before.computeIfAbsent(name, _ -> new ArrayList<>()).add(run);
        }
      }
    }
    monitors.forEach((name, monitor) -> {
      List<RunSummary> runs = before.getOrDefault(name, List.of());
      AlertWatch watch = new AlertWatch(monitor.alerting().rule());
      for (RunSummary run : runs.reversed()) {
        if (watch.take(run.decision()) == AlertWatch.Change.OPENED) {
          began.put(name, run.opened());
        }
      }
      watches.put(name, watch);
      clockwork.add(
          name,
          MonitorSchedule.of(name, monitor),
          runs.isEmpty() ? null : runs.getFirst().opened(),
          now);
      if (watch.open()) {
        raise(name, monitor, null, runs.getFirst());
      }
    });
  }

  private void carryOut(Clockwork.Due due) throws InterruptedException {
    String name = due.monitor();
    MonitorConfiguration monitor = monitors.get(name);
    if (monitor == null) {
      return;
    }
    if (due.missed() > 0) {
      output.note(
          "missed", name, due.missed() + " before this one, which were not carried out in time");
    }
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, "monitor " + name);
        SqliteLedger ledger = SqliteLedger.open(folder, SqliteLedger.Mode.READ_WRITE)) {
      RunCommand.closeInterrupted(ledger, clock);
      NewRun begin = NewRun.draw(clock, null);
      ServerProject server = project;
      if (server == null) {
        judge(name, monitor, due, begin, ledger, ledger);
      } else {
        try (RunUpload upload = new RunUpload(ledger, begin.id(), server.again())) {
          judge(name, monitor, due, begin, ledger, upload);
          if (sent(name, begin.id(), upload)) {
            catchUp(ledger, server);
          }
        }
      }
      tellAll();
    } catch (ProblemException wrong) {
      output.note("warning", name, "not carried out: " + wrong.getMessage());
    }
  }

  /** Whether the server got a run; else it gets it later. */
  private boolean sent(String name, String run, RunUpload upload) {
    String wrong = upload.finish(SENDING);
    if (wrong == null) {
      return true;
    }
    if (unsent.size() < MOST_UNSENT) {
      unsent.add(run);
    }
    output.note("warning", name, "the server has not got it yet: " + wrong);
    return false;
  }

  /** Sends what the server missed while it was away, some at a time. */
  private void catchUp(SqliteLedger ledger, ServerProject server) throws InterruptedException {
    for (int i = 0; i < AT_ONCE && !unsent.isEmpty(); i++) {
      try {
        long _ = RunUpload.rest(ledger, unsent.getFirst(), server);
        unsent.removeFirst();
      } catch (IOException away) {
        return;
      }
    }
  }

  private void judge(
      String name,
      MonitorConfiguration monitor,
      Clockwork.Due due,
      NewRun begin,
      SqliteLedger ledger,
      dev.assay.api.ledger.Ledger to) {
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
    running.set(runner);
    if (stop.getCount() == 0) {
      return;
    }
    long start = clock.nanos();
    RunResult result =
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
                Map.of("monitor", name, "from", agent, "due", due.moment().toString())));
    running.set(null);
    if (result.ending() == LedgerEntry.Ending.CANCELLED) {
      return;
    }
    Duration took = Duration.ofNanos(clock.nanos() - start);
    String why = why(verdicts, result);
    output.result(name, monitor.check(), result.decision(), took, why, begin.id());
    RunSummary run = ledger.find(begin.id()).orElseThrow();
    AlertWatch watch = watches.get(name);
    if (watch == null) {
      return;
    }
    AlertWatch.Change change = watch.take(result.decision());
    if (change == AlertWatch.Change.OPENED) {
      began.put(name, run.opened());
      output.note("alert", name, why.isEmpty() ? result.decision().word() : why);
    }
    if (watch.open()) {
      raise(name, monitor, gravest(verdicts), run);
    } else if (change == AlertWatch.Change.CLOSED) {
      output.note("mended", name, "the alert is over");
      alerts.take(
          alert(name, monitor, null, run, began.getOrDefault(name, run.opened()), clock.now()));
    }
  }

  private static @Nullable Reason gravest(Map<String, Verdict> verdicts) {
    return verdicts.values().stream()
        .filter(verdict -> verdict.decision() != Decision.PASS)
        .flatMap(verdict -> verdict.reasons().stream())
        .findFirst()
        .orElse(null);
  }

  private static String why(Map<String, Verdict> verdicts, RunResult result) {
    if (result.decision() == Decision.PASS) {
      return "";
    }
    Reason reason = gravest(verdicts);
    if (reason != null) {
      return reason.sentence();
    }
    return result.problems().isEmpty() ? "" : result.problems().getFirst().what();
  }

  private void raise(
      String name, MonitorConfiguration monitor, @Nullable Reason reason, RunSummary run) {
    Instant since = began.getOrDefault(name, run.opened());
    alerts.take(
        alert(name, monitor, reason, run, since, clock.now().plus(AlertJson.RESOLVE_TIMEOUT)));
  }

  /** Names the change, the run and the evidence. */
  private Alert alert(
      String name,
      MonitorConfiguration monitor,
      @Nullable Reason reason,
      RunSummary run,
      Instant since,
      Instant until) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("alertname", name);
    labels.put("check", monitor.check());
    labels.put("service", plan.workspace());
    labels.put("severity", monitor.alerting().severity());
    labels.put("environment", run.subject().environment());
    labels.put("from", agent);
    labels.putAll(monitor.alerting().labels());
    TreeMap<String, String> annotations = new TreeMap<>(monitor.alerting().annotations());
    annotations.put(
        "summary",
        reason == null ? monitor.check() + " is " + run.decision().word() : reason.sentence());
    annotations.put("run", run.id());
    String commit = run.subject().commit();
    if (commit != null) {
      String author = GitAuthor.of(plan.folder(), commit);
      annotations.put("change", commit + (author.isEmpty() ? "" : " by " + author));
    }
    if (reason != null && !reason.evidence().isEmpty()) {
      annotations.put(
          "evidence",
          String.join(" ", reason.evidence().subList(0, Math.min(3, reason.evidence().size()))));
    }
    ServerProject server = project;
    return new Alert(
        labels,
        annotations,
        since,
        until.isBefore(since) ? since : until,
        clock.now(),
        server == null ? "" : server.page(run.id()));
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
      burn(budget, now);
    }
    tell("/slos", Json.array(budgets.stream().map(SloText::json).toList()));
  }

  private void burn(Budget budget, Instant now) {
    String name = budget.slo().name();
    Budget.Burn firing = budget.firing();
    Alert before = burning.get(name);
    if (firing == null) {
      if (before != null) {
        burning.remove(name);
        output.note("mended", name, "the budget burns no longer too fast");
        alerts.take(
            new Alert(before.labels(), before.annotations(), before.startsAt(), now, now, ""));
      }
      return;
    }
    TreeMap<String, String> labels = new TreeMap<>(budget.slo().labels());
    labels.keySet().removeIf(label -> !label.matches("[a-zA-Z_][a-zA-Z0-9_]*"));
    labels.put("alertname", "SloBurn");
    labels.put("slo", name);
    labels.put(
        "service", budget.slo().service().isEmpty() ? plan.workspace() : budget.slo().service());
    labels.put("severity", firing.rule().severity());
    TreeMap<String, String> annotations = new TreeMap<>();
    annotations.put(
        "summary",
        String.format(
            java.util.Locale.ROOT,
            "%s: the budget burns %.1f times too fast over %s; %s",
            budget.slo().title(),
            firing.longBurn(),
            dev.assay.observe.slo.PrometheusRules.prometheus(firing.rule().longWindow()),
            SloText.left(budget.left())));
    if (!budget.releases().isEmpty() && !budget.releases().getFirst().release().isEmpty()) {
      annotations.put("change", budget.releases().getFirst().release());
    }
    Alert alert =
        new Alert(
            labels,
            annotations,
            before == null ? now : before.startsAt(),
            now.plus(AlertJson.RESOLVE_TIMEOUT),
            now,
            "");
    if (before == null || !before.fingerprint().equals(alert.fingerprint())) {
      output.note("alert", name, annotations.get("summary"));
      if (before != null) {
        alerts.take(
            new Alert(before.labels(), before.annotations(), before.startsAt(), now, now, ""));
      }
    }
    burning.put(name, alert);
    alerts.take(alert);
  }

  /** Tells the server which monitors there are, and how they stand. */
  private void tellAll() {
    List<Json> all = new ArrayList<>();
    monitors.forEach((name, monitor) -> {
      AlertWatch watch = watches.get(name);
      Clockwork.Counts counts = clockwork.counts(name);
      Instant next = MonitorSchedule.of(name, monitor).next(clock.now());
      Instant after = next == null ? null : MonitorSchedule.of(name, monitor).next(next);
      all.add(
          Json.object()
              .put("name", name)
              .put("check", monitor.check())
              .put(
                  "schedule",
                  monitor.every() == null
                      ? monitor.cron() + " " + monitor.zone()
                      : "every " + SloText.about(monitor.every()))
              .put("from", agent)
              .put("alerting", watch != null && watch.open())
              .put("misfires", counts.misfires())
              .put("overlaps", counts.overlaps())
              .putIfPresent("expected", after == null ? null : after.toString())
              .build());
    });
    tell("/monitors", Json.array(all));
  }

  private void tell(String path, Json body) {
    ServerProject server = project;
    if (server == null) {
      return;
    }
    try {
      Json _ = server.call("PUT", path, body);
    } catch (IOException away) {
      output.note("warning", "server", String.valueOf(away.getMessage()));
    } catch (ProblemException refused) {
      output.note("warning", "server", String.valueOf(refused.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    stop.countDown();
    Runner runner = running.get();
    if (runner != null) {
      runner.cancel();
    }
  }

  @Override
  public void close() {
    signal.close();
  }
}
