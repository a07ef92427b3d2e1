package dev.assay.cli;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Metric;
import dev.assay.core.compare.MetricCatalog;
import dev.assay.core.compare.RunsComparison;
import dev.assay.core.compare.Trend;
import dev.assay.core.compare.Trends;
import dev.assay.core.judge.CheckLevels;
import dev.assay.core.report.TrendJson;
import dev.assay.core.report.page.TrendPage;
import dev.assay.core.report.terminal.Ink;
import dev.assay.core.report.terminal.TrendText;
import dev.assay.store.SqliteLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows how checks went through the runs, and where they changed. */
@Command(
    name = "trend",
    description = {
      "Shows the history of what checks measured, and at which commits it changed.",
      "With a check and a metric it is plotted: assay trend browse latency.p95"
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrendCommand implements Callable<Integer> {

  /** About half a gigabyte of evidence. */
  private static final long MOST_ENTRIES = 2_000_000;

  @ParentCommand private AssayCommand assay;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CHECK",
      description = "The check (default: all).")
  private @Nullable String check;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "METRIC",
      description = "The metric, such as latency or latency.p95 (default: the main ones).")
  private @Nullable String metric;

  @Mixin private WorkspaceOption workspace;

  @Mixin private HistoryOptions history;

  @Option(names = "--steps", description = "Each step and service, too.")
  private boolean steps;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Option(names = "--html", paramLabel = "FILE", description = "Also write a page to this file.")
  private @Nullable Path html;

  @Override
  public Integer call() {
    Console console = assay.console();
    try (SqliteLedger ledger = workspace.ledger()) {
      RunSummary newest = Runs.find(ledger, "last");
      List<Trend> trends = read(ledger, newest);
      if (trends.isEmpty()) {
        throw CliProblems.NO_HISTORY.failure(
            Where.named("the ledger"),
            "fewer than "
                + Trends.FEWEST
                + " runs measured "
                + (metric == null ? "anything" : "'" + metric + "'")
                + (check == null ? "" : " in '" + check + "'"),
            "run the workspace more often, or see `assay trend` for what there is");
      }
      Path file = html;
      if (file != null) {
        ReportFiles.write(file, TrendPage.write(newest.workspace(), trends));
        console.err().println("wrote " + file);
      }
      if (json) {
        console.out().println(JsonWriter.pretty(TrendJson.json(trends)));
      } else {
        Ink ink = console.terminal() ? console.ink() : Ink.PLAIN;
        console.out().print(new TrendText(ink, console.width()).render(trends, metric != null));
      }
    }
    return ExitCode.PASS.code();
  }

  private List<Trend> read(Ledger ledger, RunSummary newest) {
    MetricCatalog catalog = assay.rooms().metrics();
    return new Trends(
            ledger,
            stored -> {
              List<Metric> known = catalog.of(stored.type());
              return known.isEmpty() ? CheckLevels.metricsIn(stored.evidence()) : known;
            })
        .read(
            new Trends.Range(history.like(() -> newest), history.limit(), MOST_ENTRIES),
            this::wanted);
  }

  private boolean wanted(String id, CheckLevels.Key key, Metric of) {
    String asked = metric;
    boolean named =
        asked == null
            ? RunsComparison.Wanted.main(key) && of.better() != Metric.Better.NEITHER
            : asked.equals(key.text()) || asked.equals(key.metric());
    return named
        && (steps || key.step() == null || key.text().equals(asked))
        && (check == null || check.equals(id));
  }
}
