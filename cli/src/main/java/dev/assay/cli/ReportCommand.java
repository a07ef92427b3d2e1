package dev.assay.cli;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.problem.ProblemException;
import dev.assay.core.report.Attached;
import dev.assay.core.report.MarkdownReport;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.terminal.Ink;
import dev.assay.core.report.terminal.TerminalReport;
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

/** Shows an earlier run again. */
@Command(
    name = "report",
    description = "Shows a run of the ledger, on the terminal or as a file.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = "latest",
      paramLabel = "RUN",
      description = "The run's id or its beginning (default: ${DEFAULT-VALUE}).")
  private String run;

  @Mixin private WorkspaceOption workspace;

  @Option(
      names = {"-f", "--format"},
      description = "One of: ${COMPLETION-CANDIDATES} (default: for the terminal).")
  private ReportFiles.@Nullable Format format;

  @Option(names = "--json", description = "The same as --format JSON.")
  private boolean json;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to this file instead of standard output.")
  private @Nullable Path output;

  @Option(
      names = "--step-summary",
      description = "Add the run to the summary of a step of GitHub Actions (GITHUB_STEP_SUMMARY).")
  private boolean summary;

  @Mixin private TelemetryOption telemetry = new TelemetryOption();

  @Override
  public Integer call() throws InterruptedException {
    Console console = assay.console();
    List<TelemetryPost> posts = telemetry.posts(console.environment());
    try (SqliteLedger ledger = workspace.ledger()) {
      RunReport shown = RunReport.read(ledger, Runs.find(ledger, run));
      if (summary) {
        Path file = ReportFiles.stepSummary(console.environment());
        ReportFiles.append(
            file,
            MarkdownReport.write(
                shown, Failures.groups(ledger, workspace.root(), shown.summary())));
        console.err().println("added the run to the summary of this step");
        return ExitCode.PASS.code();
      }
      if (!posts.isEmpty()) {
        List<ProblemException> wrong = TelemetryOption.send(posts, shown, null, console);
        if (!wrong.isEmpty()) {
          throw wrong.getFirst();
        }
        console.err().println("sent run " + shown.id());
        return ExitCode.PASS.code();
      }
      String text = render(console, ledger, shown);
      Path file = output;
      if (file == null) {
        console.out().print(text);
      } else {
        ReportFiles.write(file, text);
        console.err().println("wrote " + file);
      }
    }
    return ExitCode.PASS.code();
  }

  private String render(Console console, Ledger ledger, RunReport shown) {
    ReportFiles.Format chosen = json ? ReportFiles.Format.JSON : format;
    if (chosen != null) {
      Attached attached =
          chosen == ReportFiles.Format.HTML ? Attached.read(ledger, shown) : Attached.NONE;
      return chosen.render(
          shown, attached.with(Failures.groups(ledger, workspace.root(), shown.summary())));
    }
    Ink ink = console.terminal() && output == null ? console.ink() : Ink.PLAIN;
    return new TerminalReport(ink, console.width()).render(shown, List.of());
  }
}
