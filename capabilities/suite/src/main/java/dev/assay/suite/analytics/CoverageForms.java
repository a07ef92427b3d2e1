package dev.assay.suite.analytics;

import dev.assay.api.json.Json;
import dev.assay.suite.analytics.AnalyticsForms.Table;
import dev.assay.suite.analytics.CoverageHistory.Known;
import dev.assay.suite.analytics.CoverageHistory.Mutants;
import dev.assay.suite.analytics.CoverageHistory.Point;
import dev.assay.suite.coverage.TestStrength;
import dev.assay.suite.report.FileCoverage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Coverage and mutants as tables for people, and for programs. */
public final class CoverageForms {

  private static final int MOST_RUNS = 20;

  private CoverageForms() {}

  /**
   * The tables; none where nothing was measured.
   *
   * @param most how many rows of files and tests
   */
  public static List<Table> tables(CoverageHistory history, int most) {
    List<Table> tables = new ArrayList<>();
    tables.add(trend(history));
    tables.add(files(history, most));
    for (Mutants mutants : history.mutants()) {
      tables.add(weak(mutants, most));
      tables.add(only(mutants, most));
    }
    return tables.stream().filter(table -> !table.rows().isEmpty()).toList();
  }

  private static Table trend(CoverageHistory history) {
    List<List<String>> rows = new ArrayList<>();
    for (Point point : history.trend().reversed().stream().limit(MOST_RUNS).toList()) {
      String commit = point.commit();
      FileCoverage total = point.total();
      rows.add(
          List.of(
              point.run(),
              commit == null ? "–" : commit.substring(0, Math.min(10, commit.length())),
              share(total.linesCovered(), total.linesValid()),
              share(total.branchesCovered(), total.branchesValid()),
              share(point.diffCovered(), point.diffValid()),
              Integer.toString(point.files()),
              Integer.toString(point.carried())));
    }
    return new Table(
        "Coverage",
        "The newest first. A file that a run did not measure stands by the last run that did.",
        List.of("run", "commit", "lines", "branches", "of the change", "files", "of earlier runs"),
        rows);
  }

  private static Table files(CoverageHistory history, int most) {
    List<Known> shown =
        history.files().stream()
            .sorted(
                Comparator.comparingDouble((Known file) -> Math.min(0, fallen(file)))
                    .thenComparingLong(file -> -missed(file))
                    .thenComparing(file -> file.now().path()))
            .limit(most)
            .toList();
    return new Table(
        "Coverage of files",
        "What fell first, then what has the most lines that no test executes"
            + (history.files().size() > most ? "; " + most + " of " + history.files().size() : "")
            + ".",
        List.of("file", "lines", "before", "change", "not executed", "measured"),
        shown.stream()
            .map(file -> {
              FileCoverage before = file.before();
              return List.of(
                  file.now().path(),
                  share(file.now().linesCovered(), file.now().linesValid()),
                  before == null ? "–" : share(before.linesCovered(), before.linesValid()),
                  Double.isNaN(file.change()) ? "–" : points(file.change()),
                  Long.toString(missed(file)),
                  file.carried() ? "from run " + file.run() : "now");
            })
            .toList());
  }

  private static double fallen(Known file) {
    return Double.isNaN(file.change()) ? 0 : file.change();
  }

  private static long missed(Known file) {
    return file.now().linesValid() - file.now().linesCovered();
  }

  private static Table weak(Mutants mutants, int most) {
    return new Table(
        "Weak tests of " + mutants.check(),
        "They execute mutants and noticed none that they were tried with; " + from(mutants) + ".",
        List.of("test", "executes", "tried with", "noticed"),
        mutants.record().tests().stream()
            .filter(TestStrength::weak)
            .sorted(
                Comparator.comparingInt((TestStrength test) -> test.untried() - test.covers())
                    .thenComparing(TestStrength::test))
            .limit(most)
            .map(test ->
                List.of(
                    test.test(),
                    Integer.toString(test.covers()),
                    Integer.toString(test.covers() - test.untried()),
                    "0"))
            .toList());
  }

  private static Table only(Mutants mutants, int most) {
    return new Table(
        "What only one test notices or executes, of " + mutants.check(),
        "Mutants of which it is certain; " + from(mutants) + ".",
        List.of("test", "notices alone", "executes alone", "notices", "executes"),
        mutants.record().tests().stream()
            .filter(test -> test.onlyKills() + test.onlyCovers() > 0)
            .sorted(
                Comparator.comparingInt(TestStrength::onlyKills)
                    .thenComparingInt(TestStrength::onlyCovers)
                    .reversed()
                    .thenComparing(TestStrength::test))
            .limit(most)
            .map(test ->
                List.of(
                    test.test(),
                    Integer.toString(test.onlyKills()),
                    Integer.toString(test.onlyCovers()),
                    Integer.toString(test.kills()),
                    Integer.toString(test.covers())))
            .toList());
  }

  private static String from(Mutants mutants) {
    return share(mutants.record().detected(), mutants.record().valid())
        + " of "
        + mutants.record().valid()
        + " mutants were noticed, "
        + (mutants.carried() ? "from run " : "in run ")
        + mutants.run();
  }

  private static String points(double change) {
    return String.format(Locale.ROOT, "%+.1f points", change * 100);
  }

  private static String share(long hits, long all) {
    return all <= 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * hits / all);
  }

  /** A badge of the newest coverage. */
  public static String badge(CoverageHistory history) {
    if (history.trend().isEmpty()) {
      return Badge.svg("coverage", "unknown", 0);
    }
    Point newest = history.trend().getLast();
    double good = Known.share(newest.total());
    return Badge.svg(
        "coverage",
        share(newest.total().linesCovered(), newest.total().linesValid()),
        Double.isNaN(good) ? 0 : Math.min(1, good + 0.15)); // 80 % is good for coverage
  }

  /** Everything, for programs. */
  public static Json.Obj json(CoverageHistory history) {
    return Json.object()
        .put("runs", Json.array(history.trend().stream().map(CoverageForms::json).toList()))
        .put("files", Json.array(history.files().stream().map(CoverageForms::json).toList()))
        .put("mutants", Json.array(history.mutants().stream().map(CoverageForms::json).toList()))
        .build();
  }

  private static Json json(Point point) {
    Json.Builder json =
        sums(Json.object().put("run", point.run()), point.total())
            .putIfPresent("commit", point.commit())
            .put("files", point.files())
            .put("carried", point.carried());
    if (point.diffValid() >= 0) {
      json.put("diff_covered", point.diffCovered()).put("diff_valid", point.diffValid());
    }
    return json.build();
  }

  private static Json json(Known file) {
    Json.Builder json =
        sums(Json.object().put("path", file.now().path()), file.now())
            .put("run", file.run())
            .put("carried", file.carried());
    FileCoverage before = file.before();
    if (before != null) {
      json.put("before", sums(Json.object(), before).build());
    }
    return json.build();
  }

  private static Json.Builder sums(Json.Builder json, FileCoverage file) {
    return json.put("lines_covered", file.linesCovered())
        .put("lines_valid", file.linesValid())
        .put("branches_covered", file.branchesCovered())
        .put("branches_valid", file.branchesValid());
  }

  private static Json json(Mutants mutants) {
    return Json.object()
        .put("check", mutants.check())
        .put("run", mutants.run())
        .put("carried", mutants.carried())
        .put("detected", mutants.record().detected())
        .put("valid", mutants.record().valid())
        .put(
            "tests", Json.array(mutants.record().tests().stream().map(TestStrength::json).toList()))
        .put("unnoticed", Json.array(mutants.record().unnoticed().stream().map(Json::of).toList()))
        .build();
  }
}
