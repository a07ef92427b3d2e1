package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.problem.Where;
import dev.assay.core.report.page.TablePage;
import dev.assay.suite.analytics.AnalyticsForms;
import dev.assay.suite.analytics.Badge;
import dev.assay.suite.analytics.CoverageForms;
import dev.assay.suite.analytics.CoverageHistory;
import dev.assay.suite.analytics.Handbook;
import dev.assay.suite.analytics.RunPoint;
import dev.assay.suite.analytics.SoleExecution;
import dev.assay.suite.analytics.SuiteAnalytics;
import dev.assay.suite.failure.FailureAnalysis;
import dev.assay.suite.failure.PastRun;
import dev.assay.suite.failure.TestId;
import dev.assay.suite.git.Git;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Says what many runs of suites say together. */
@Command(
    name = "analytics",
    description = {
      "Says what the runs of the ledger say together: how they go, which tests are slow, flaky and",
      "dear, how long failures last, and what is covered; writes documents of tests and what to do",
      "when they fail."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay suite analytics --last 50",
      "  assay suite analytics --html suites.html --badge tests.svg",
      "  assay suite analytics --docs TESTS.md --runbooks RUNBOOK.md",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SuiteAnalyticsCommand implements Callable<Integer> {

  private static final long MOST_OUTCOMES = 2_000_000;
  private static final int MOST_FILES = 500_000;
  private static final int MOST_LINES = 20;
  private static final int MOST_ROWS = 500;
  private static final int WIDEST = 60;

  @ParentCommand private SuiteCommand suite;

  @Option(
      names = "--last",
      defaultValue = "100",
      paramLabel = "N",
      description = "How many runs to look at (default: ${DEFAULT-VALUE}).")
  private int last;

  @Option(
      names = "--minute",
      defaultValue = "0.006",
      paramLabel = "MONEY",
      description = "What a minute of testing costs (default: ${DEFAULT-VALUE}).")
  private double minute;

  @Option(names = "--html", paramLabel = "FILE", description = "Also write a page.")
  private @Nullable Path html;

  @Option(
      names = "--docs",
      paramLabel = "FILE",
      description = "Also write, in Markdown, what the tests of the newest run say.")
  private @Nullable Path docs;

  @Option(
      names = "--runbooks",
      paramLabel = "FILE",
      description = "Also write, in Markdown, what to do about the failures of the newest run.")
  private @Nullable Path runbooks;

  @Option(
      names = "--badge",
      paramLabel = "FILE",
      description = "Also write a badge in SVG: how many tests of the newest run passed.")
  private @Nullable Path badge;

  @Option(
      names = "--coverage-badge",
      paramLabel = "FILE",
      description = "Also write a badge in SVG: how many lines are covered after the newest run.")
  private @Nullable Path coverageBadge;

  @Mixin private WorkspaceOption workspace;

  @Option(names = "--json", description = "Everything as JSON on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    if (last < 1 || !(minute >= 0)) {
      throw CliProblems.USAGE.failure(
          Where.named("the command line"),
          "--last is 1 or more, --minute 0 or more",
          "give such numbers");
    }
    try (Ledger ledger = workspace.ledger()) {
      List<PastRun> runs = PastRun.newest(ledger, null, last, MOST_OUTCOMES);
      List<PastRun> tested = runs.stream().filter(run -> !run.tests().isEmpty()).toList();
      if (tested.isEmpty()) {
        throw CliProblems.NO_RUN.failure(
            Where.named("the ledger"),
            "no run that ended had a test",
            "run a workspace with a suite first, with `assay run`");
      }
      SuiteAnalytics figures = SuiteAnalytics.of(tested);
      CoverageHistory coverage = CoverageHistory.of(tested, ledger::artifact, there());
      files(ledger, tested, figures, coverage);
      if (json) {
        Map<String, Json> members =
            new LinkedHashMap<>(AnalyticsForms.json(figures, minute).members());
        members.put("coverage", CoverageForms.json(coverage));
        members.put(
            "executed_alone", Json.array(alone(tested).stream().map(SoleExecution::json).toList()));
        suite.console().out().println(JsonWriter.pretty(new Json.Obj(members)));
      } else {
        AnalyticsForms.tables(figures, minute)
            .forEach(table -> print(suite.console().out(), table));
        CoverageForms.tables(coverage, MOST_LINES)
            .forEach(table -> print(suite.console().out(), table));
        alone(tested).forEach(one -> print(suite.console().out(), one.table(MOST_LINES)));
      }
    }
    return ExitCode.PASS.code();
  }

  /** What only one test class executes, of every check that saw it. */
  private List<SoleExecution> alone(List<PastRun> tested) {
    return tested.getLast().tests().keySet().stream()
        .map(TestId::check)
        .distinct()
        .sorted()
        .flatMap(check -> SoleExecution.of(workspace.root().resolve(".assay"), check).stream())
        .filter(one -> !one.tests().isEmpty())
        .toList();
  }

  /** Whether a file is still in the repository; always so where there is none. */
  private Predicate<String> there() {
    Git git = Git.at(workspace.root()).orElse(null);
    return git == null ? file -> true : Set.copyOf(git.files(MOST_FILES))::contains;
  }

  private void files(
      Ledger ledger, List<PastRun> tested, SuiteAnalytics figures, CoverageHistory coverage) {
    PastRun newest = tested.getLast();
    if (html != null) {
      List<TablePage.Table> tables =
          Stream.of(
                  AnalyticsForms.tables(figures, minute),
                  CoverageForms.tables(coverage, MOST_ROWS),
                  alone(tested).stream().map(one -> one.table(MOST_ROWS)).toList())
              .flatMap(List::stream)
              .map(table ->
                  new TablePage.Table(table.title(), table.note(), table.headings(), table.rows()))
              .toList();
      String lead =
          figures.tests().size()
              + " tests in "
              + figures.trend().size()
              + " runs, to run "
              + newest.run().id();
      written(html, TablePage.write(newest.run().workspace(), lead, tables));
    }
    if (docs != null) {
      written(docs, Handbook.documentation(newest));
    }
    if (runbooks != null) {
      FailureAnalysis analysis = new FailureAnalysis(ledger, workspace.root());
      written(runbooks, Handbook.runbooks(newest.run().id(), analysis.of(newest.run(), null)));
    }
    if (badge != null) {
      RunPoint point = figures.trend().getLast();
      String share =
          String.format(
              Locale.ROOT, "%d of %d passed", point.tests() - point.failed(), point.tests());
      written(badge, Badge.svg("tests", share, point.passRate()));
    }
    if (coverageBadge != null) {
      written(coverageBadge, CoverageForms.badge(coverage));
    }
  }

  private void written(Path file, String text) {
    ReportFiles.write(file, text);
    suite.console().err().println("wrote " + file);
  }

  private static void print(PrintStream out, AnalyticsForms.Table table) {
    out.println(table.title());
    if (!table.note().isEmpty()) {
      out.println("  " + table.note());
    }
    int[] widths = new int[table.headings().size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.min(
              WIDEST,
              Math.max(
                  table.headings().get(i).length(),
                  table.rows().stream().mapToInt(row -> row.get(column).length()).max().orElse(0)));
    }
    line(out, table.headings(), widths);
    table.rows().forEach(row -> line(out, row, widths));
    out.println();
  }

  private static void line(PrintStream out, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("  ");
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      // of a long name its end tells more than its begin
      String shown =
          cell.length() > WIDEST ? "…" + cell.substring(cell.length() - WIDEST + 1) : cell;
      line.append(shown).append(" ".repeat(widths[i] - shown.length() + 2));
    }
    out.println(line.toString().stripTrailing());
  }
}
