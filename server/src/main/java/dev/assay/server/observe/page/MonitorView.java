package dev.assay.server.observe.page;

import dev.assay.api.json.Json;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import dev.assay.observe.slo.SloText;
import dev.assay.server.observe.Watchroom;
import dev.assay.server.project.Began;
import dev.assay.server.project.ProjectRuns;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a monitor stands, in words. Immutable.
 *
 * @param name its name
 * @param check which check
 * @param schedule when
 * @param from which agent carries it out
 * @param place where that stands; empty where it did not say
 * @param state up, down or silent
 * @param tone for its colour
 * @param uptime the share of the results that passed
 * @param results how many that are
 * @param missed how often it did not go as planned; empty for never
 * @param last when it ran last, in UTC; null for never
 * @param lastRun which run that was; null for none
 * @param bars its last results, the oldest first
 */
public record MonitorView(
    String name,
    String check,
    String schedule,
    String from,
    String place,
    String state,
    String tone,
    String uptime,
    int results,
    String missed,
    @Nullable String last,
    @Nullable String lastRun,
    List<Bar> bars) {

  private static final int RUNS = 2_000;
  private static final int BARS = 40;
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Copies the list. */
  public MonitorView {
    bars = List.copyOf(bars);
  }

  /**
   * A result.
   *
   * @param tone for its colour
   * @param title in words
   * @param run which run
   */
  public record Bar(String tone, String title, String run) {}

  /** Those of a project, on the newest 2,000 results of each. */
  static List<MonitorView> of(Watchroom room, ProjectRuns runs, Instant now) {
    Map<String, List<RunSummary>> results = new LinkedHashMap<>();
    for (RunSummary run : runs.newestFirst(Began.MONITORS)) {
      List<RunSummary> own =
          results.computeIfAbsent(
              run.labels().getOrDefault("from", "") + "/" + run.monitor(), _ -> new ArrayList<>());
      if (run.closed() != null && own.size() < RUNS) {
        own.add(run);
      }
    }
    List<MonitorView> views = new ArrayList<>();
    for (Json.Obj told : room.monitors()) {
      views.add(
          of(
              told,
              results.getOrDefault(told.text("from") + "/" + told.text("name"), List.of()),
              now));
    }
    return views;
  }

  private static MonitorView of(Json.Obj told, List<RunSummary> newest, Instant now) {
    String place = told.findText("place");
    String expected = told.findText("expected");
    boolean silent = expected != null && Instant.parse(expected).plus(GRACE).isBefore(now);
    boolean alerting = told.get("alerting").asBool();
    long passed = newest.stream().filter(run -> run.decision() == Decision.PASS).count();
    long missed = told.whole("misfires");
    long overlaps = told.whole("overlaps");
    RunSummary last = newest.isEmpty() ? null : newest.getFirst();
    boolean failed = last != null && last.decision() != Decision.PASS;
    String state =
        silent ? "silent" : alerting ? "down" : last == null ? "new" : failed ? "failing" : "up";
    return new MonitorView(
        told.text("name"),
        told.text("check"),
        told.text("schedule"),
        told.text("from"),
        place == null ? "" : place,
        state,
        switch (state) {
          case "up" -> "pass";
          case "down" -> "fail";
          case "new" -> "waiting";
          default -> "open";
        },
        newest.isEmpty() ? "–" : share(passed, newest.size()),
        newest.size(),
        (missed > 0 ? missed + " missed" : "")
            + (missed > 0 && overlaps > 0 ? ", " : "")
            + (overlaps > 0 ? overlaps + " overlapped" : ""),
        last == null ? null : TIME.format(last.opened()),
        last == null ? null : last.id(),
        newest.stream().limit(BARS).map(MonitorView::bar).toList().reversed());
  }

  private static Bar bar(RunSummary run) {
    String tone =
        switch (run.decision()) {
          case PASS -> "pass";
          case FAIL -> "fail";
          case INCONCLUSIVE, STALE, NOT_RUN -> "open";
        };
    return new Bar(tone, run.decision().word() + " at " + TIME.format(run.opened()), run.id());
  }

  /** As exact as so many results can tell: one of 50 is 2 %, one of 2,000 0.05 %. */
  private static String share(long passed, int of) {
    return of < 1_000 && passed < of
        ? String.format(Locale.ROOT, "%.1f %%", 100.0 * passed / of)
        : SloText.percent((double) passed / of);
  }

  static String time(Instant at) {
    return TIME.format(at);
  }
}
