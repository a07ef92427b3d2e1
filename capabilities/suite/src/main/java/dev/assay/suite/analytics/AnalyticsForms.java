package dev.assay.suite.analytics;

import dev.assay.api.json.Json;
import dev.assay.api.value.Unit;
import dev.assay.suite.failure.TestId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as tables for people, and for programs. */
public final class AnalyticsForms {

  private static final int MOST = 10;
  private static final int ENOUGH_RUNS = 10;

  private AnalyticsForms() {}

  /**
   * A table.
   *
   * @param title what it is about
   * @param note one sentence on how it is to be read; may be empty
   * @param headings of the columns
   * @param rows the cells
   */
  public record Table(String title, String note, List<String> headings, List<List<String>> rows) {
    /** Copies the lists. */
    public Table {
      headings = List.copyOf(headings);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /**
   * The tables.
   *
   * @param aMinute what a minute of testing costs
   */
  public static List<Table> tables(SuiteAnalytics figures, double aMinute) {
    List<Table> tables = new ArrayList<>();
    tables.add(trend(figures));
    tables.add(
        new Table(
            "Slowest tests",
            "By the average of all runs looked at.",
            List.of("test", "average", "share of the time", "runs"),
            figures.slowest(MOST).stream()
                .map(test ->
                    List.of(
                        name(test.test()),
                        time(test.mean()),
                        percent(test.share()),
                        Integer.toString(test.runs())))
                .toList()));
    tables.add(
        new Table(
            "Flakiest tests",
            "The probability that it fails at times though the code is right, by its past.",
            List.of("test", "flaky", "state", "what speaks for it"),
            figures.flakiest(MOST).stream()
                .map(test ->
                    List.of(
                        name(test.test()),
                        percent(test.thinking().nondeterministic()),
                        test.thinking().state().name().toLowerCase(Locale.ROOT),
                        test.thinking().reason()))
                .toList()));
    tables.add(dearest(figures, aMinute));
    tables.add(episodes(figures));
    tables.add(
        new Table(
            "Dear tests that never failed",
            "In "
                + ENOUGH_RUNS
                + " runs or more; that they never failed does not say that they never will.",
            List.of("test", "runs", "minutes a month"),
            figures.neverFailed(5, ENOUGH_RUNS).stream()
                .map(test ->
                    List.of(
                        name(test.test()),
                        Integer.toString(test.runs()),
                        number(test.minutesAMonth())))
                .toList()));
    return tables.stream().filter(table -> !table.rows().isEmpty()).toList();
  }

  private static Table trend(SuiteAnalytics figures) {
    List<List<String>> rows = new ArrayList<>();
    for (RunPoint point : figures.trend().reversed().stream().limit(20).toList()) {
      String commit = point.commit();
      rows.add(
          List.of(
              point.run(),
              commit == null ? "–" : commit.substring(0, Math.min(10, commit.length())),
              Integer.toString(point.tests()),
              percent(point.passRate()),
              Integer.toString(point.flaky()),
              time(point.took())));
    }
    return new Table(
        "Runs",
        "The newest first.",
        List.of("run", "commit", "tests", "passed", "flaky", "time of all tests"),
        rows);
  }

  private static Table dearest(SuiteAnalytics figures, double aMinute) {
    return new Table(
        "Dearest tests",
        String.format(
            Locale.ROOT,
            "At the pace of the runs of %s days all tests take %s minutes a month, which is %.2f at %s a minute.",
            number(figures.days()),
            number(figures.minutesAMonth()),
            figures.minutesAMonth() * aMinute,
            aMinute),
        List.of("test", "minutes a month", "cost a month"),
        figures.dearest(MOST).stream()
            .map(test ->
                List.of(
                    name(test.test()),
                    number(test.minutesAMonth()),
                    String.format(Locale.ROOT, "%.2f", test.cost(aMinute))))
            .toList());
  }

  private static Table episodes(SuiteAnalytics figures) {
    Instant end = figures.trend().isEmpty() ? Instant.EPOCH : figures.trend().getLast().at();
    return new Table(
        "Failures and how long they lasted",
        figures
            .timeToFix()
            .map(median ->
                "The median time to fix is "
                    + time(median)
                    + ", from the first run that failed to the first that passed.")
            .orElse("None was mended yet in the runs looked at."),
        List.of("test", "since run", "runs", "lasted", "end"),
        figures.episodes().stream()
            .limit(MOST)
            .map(episode ->
                List.of(
                    name(episode.test()),
                    episode.from(),
                    Integer.toString(episode.runs()),
                    time(episode.lasted(end)),
                    episode.ended() == null
                        ? "still fails"
                        : episode.sameCode() ? "passed with the same code" : "mended"))
            .toList());
  }

  private static String name(TestId test) {
    return test.check().isEmpty() ? test.text() : test.check() + ": " + test.text();
  }

  private static String time(Duration duration) {
    return Unit.NANOSECONDS.format(duration.toNanos());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  /** Everything, for programs. */
  public static Json.Obj json(SuiteAnalytics figures, double aMinute) {
    Json.Builder json =
        Json.object()
            .put("days", figures.days())
            .put("minutes_a_month", figures.minutesAMonth())
            .put("cost_a_month", figures.minutesAMonth() * aMinute);
    figures.timeToFix().ifPresent(median -> json.put("time_to_fix_s", median.toNanos() / 1e9));
    return json.put("runs", Json.array(figures.trend().stream().map(AnalyticsForms::json).toList()))
        .put(
            "tests", Json.array(figures.tests().stream().map(test -> json(test, aMinute)).toList()))
        .put("failures", Json.array(figures.episodes().stream().map(AnalyticsForms::json).toList()))
        .build();
  }

  private static Json json(RunPoint point) {
    return Json.object()
        .put("run", point.run())
        .put("at", point.at().toString())
        .putIfPresent("commit", point.commit())
        .put("tests", point.tests())
        .put("failed", point.failed())
        .put("flaky", point.flaky())
        .put("took_s", point.took().toNanos() / 1e9)
        .build();
  }

  private static Json json(TestRecord test, double aMinute) {
    return Json.object()
        .put("check", test.test().check())
        .put("suite", test.test().suite())
        .put("name", test.test().name())
        .put("runs", test.runs())
        .put("failures", test.failures())
        .put("flaky_runs", test.flakyRuns())
        .put("mean_s", test.mean().toNanos() / 1e9)
        .put("share", test.share())
        .put("minutes_a_month", test.minutesAMonth())
        .put("cost_a_month", test.cost(aMinute))
        .put("state", test.thinking().state().name().toLowerCase(Locale.ROOT))
        .put("flaky", test.thinking().nondeterministic())
        .build();
  }

  private static Json json(Episode episode) {
    Instant ended = episode.ended();
    return Json.object()
        .put("suite", episode.test().suite())
        .put("name", episode.test().name())
        .put("from", episode.from())
        .put("began", episode.began().toString())
        .putIfPresent("ended", ended == null ? null : ended.toString())
        .put("runs", episode.runs())
        .put("same_code", episode.sameCode())
        .build();
  }
}
