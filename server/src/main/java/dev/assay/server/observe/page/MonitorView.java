package dev.assay.server.observe.page;

import dev.assay.api.json.Json;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.server.observe.MonitorStanding;
import dev.assay.server.observe.Watchroom;
import dev.assay.server.project.ProjectRuns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a monitor stands, in words. Immutable.
 *
 * @param name its name
 * @param check which check
 * @param schedule when
 * @param from which agent carries it out
 * @param place where that stands; empty where it did not say
 * @param state how it stands, in the word of {@link MonitorStanding.State}
 * @param tone for its colour
 * @param since since when it stands so, in UTC; null where nothing came of it yet
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
    @Nullable String since,
    String uptime,
    int results,
    String missed,
    @Nullable String last,
    @Nullable String lastRun,
    List<Bar> bars) {

  private static final int BARS = 40;
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

  /** Its last results for those who do not see the bars. */
  public String barsInWords() {
    long passed = bars.stream().filter(bar -> bar.tone().equals("pass")).count();
    return passed + " of the last " + bars.size() + " passed";
  }

  /** Those of a project, by name. */
  static List<MonitorView> of(Watchroom room, ProjectRuns runs, Instant now) {
    return MonitorStanding.of(room, runs, now).stream().map(MonitorView::of).toList();
  }

  private static MonitorView of(MonitorStanding monitor) {
    Json.Obj told = monitor.told();
    List<RunSummary> newest = monitor.newest();
    long missed = told.whole("misfires");
    long overlaps = told.whole("overlaps");
    RunSummary last = monitor.last();
    Instant since = monitor.since();
    return new MonitorView(
        told.text("name"),
        told.text("check"),
        told.text("schedule"),
        told.text("from"),
        monitor.place(),
        monitor.state().word(),
        tone(monitor.state()),
        since == null ? null : TIME.format(since),
        newest.isEmpty() ? "–" : share(monitor.passed(), newest.size()),
        newest.size(),
        (missed > 0 ? missed + " missed" : "")
            + (missed > 0 && overlaps > 0 ? ", " : "")
            + (overlaps > 0 ? overlaps + " overlapped" : ""),
        last == null ? null : TIME.format(last.opened()),
        last == null ? null : last.id(),
        newest.stream().limit(BARS).map(MonitorView::bar).toList().reversed());
  }

  private static String tone(MonitorStanding.State state) {
    return switch (state) {
      case UP -> "pass";
      case DOWN -> "fail";
      case NEW -> "waiting";
      case FAILING, SILENT -> "open";
    };
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
    if (passed == of) {
      return "100 %";
    }
    return String.format(Locale.ROOT, of < 1_000 ? "%.1f %%" : "%.2f %%", 100.0 * passed / of);
  }

  static String time(Instant at) {
    return TIME.format(at);
  }
}
