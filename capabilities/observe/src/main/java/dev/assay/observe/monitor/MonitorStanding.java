package dev.assay.observe.monitor;

import dev.assay.api.json.Json;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.observe.alert.Alert;
import dev.assay.observe.alert.AlertJson;
import dev.assay.observe.slo.SloText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one monitor stands: what its results are so far, and the alert that they make, which names
 * the change, the run and the evidence. For one thread.
 */
public final class MonitorStanding {

  private static final int MOST_EVIDENCE = 3;

  private final String name;
  private final MonitorConfiguration monitor;
  private final MonitorOrigin origin;
  private final MonitorSchedule schedule;
  private final AlertWatch watch;
  private @Nullable Instant began;

  /** Of a monitor of which nothing was seen yet. */
  public MonitorStanding(String name, MonitorConfiguration monitor, MonitorOrigin origin) {
    this.name = name;
    this.monitor = monitor;
    this.origin = origin;
    this.schedule = MonitorSchedule.of(name, monitor);
    this.watch = new AlertWatch(monitor.alerting().rule());
  }

  /**
   * What a result made of it.
   *
   * @param change whether the alert opened or closed
   * @param alert the alert as it is now, also where it goes on; null where there is none
   */
  public record Taken(AlertWatch.Change change, @Nullable Alert alert) {}

  /**
   * Takes what was before, the newest first.
   *
   * @return the alert that is open still; null for none
   */
  public @Nullable Alert recall(List<RunSummary> newestFirst, Instant now) {
    for (RunSummary run : newestFirst.reversed()) {
      if (watch.take(run.decision()) == AlertWatch.Change.OPENED) {
        began = run.opened();
      }
    }
    return watch.open() ? alert(null, newestFirst.getFirst(), later(now)) : null;
  }

  /** Takes the next result. */
  public Taken take(MonitorResult result, Instant now) {
    AlertWatch.Change change = watch.take(result.run().decision());
    if (change == AlertWatch.Change.OPENED) {
      began = result.run().opened();
    }
    if (watch.open()) {
      return new Taken(change, alert(result.reason(), result.run(), later(now)));
    }
    return new Taken(
        change, change == AlertWatch.Change.CLOSED ? alert(null, result.run(), now) : null);
  }

  private static Instant later(Instant now) {
    return now.plus(AlertJson.RESOLVE_TIMEOUT);
  }

  private Alert alert(@Nullable Reason reason, RunSummary run, Instant until) {
    Instant since = began == null ? run.opened() : began;
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("alertname", name);
    labels.put("check", monitor.check());
    labels.put("service", origin.workspace());
    labels.put("severity", monitor.alerting().severity());
    labels.put("environment", run.subject().environment());
    labels.put("from", origin.agent());
    if (!origin.place().isEmpty()) {
      labels.put("place", origin.place());
    }
    labels.putAll(monitor.alerting().labels());
    TreeMap<String, String> annotations = new TreeMap<>(monitor.alerting().annotations());
    annotations.put(
        "summary",
        reason == null
            ? monitor.check()
                + (run.decision() == Decision.PASS
                    ? " passes again"
                    : " is " + run.decision().word())
            : reason.sentence());
    annotations.put("run", run.id());
    String commit = run.subject().commit();
    if (commit != null) {
      String author = origin.author().apply(run);
      annotations.put("change", commit + (author.isEmpty() ? "" : " by " + author));
    }
    if (reason != null && !reason.evidence().isEmpty()) {
      annotations.put(
          "evidence",
          String.join(
              " ",
              reason.evidence().subList(0, Math.min(MOST_EVIDENCE, reason.evidence().size()))));
    }
    return new Alert(
        labels,
        annotations,
        since,
        until.isBefore(since) ? since : until,
        run.closed() == null ? run.opened() : run.closed(),
        origin.page().apply(run));
  }

  /** When it is due, for people. */
  public String when() {
    Duration every = monitor.every();
    return every == null
        ? monitor.cron() + " " + monitor.zone()
        : "every " + (every.toSeconds() % 60 == 0 ? SloText.about(every) : seconds(every));
  }

  private static String seconds(Duration every) {
    return every.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /** How it stands, for a server. */
  public Json.Obj json(Clockwork.Counts counts, Instant now) {
    Instant next = schedule.next(now);
    Instant after = next == null ? null : schedule.next(next);
    return Json.object()
        .put("name", name)
        .put("check", monitor.check())
        .put("schedule", when())
        .put("from", origin.agent())
        .put("place", origin.place())
        .put("alerting", watch.open())
        .put("misfires", counts.misfires())
        .put("overlaps", counts.overlaps())
        .putIfPresent("expected", after == null ? null : after.toString())
        .build();
  }
}
