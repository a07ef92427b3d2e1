package dev.assay.cli;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.Where;
import dev.assay.core.report.Words;
import dev.assay.store.SqliteLedger;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Sends a stored run to a server. */
@Command(
    name = "push",
    description = {
      "Sends a run of the ledger to a project of a server: all of it, or what the server has not",
      "got yet. Sending it again changes nothing."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PushCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = "last",
      paramLabel = "RUN",
      description = "The run (default: ${DEFAULT-VALUE}).")
  private String run;

  @Mixin private WorkspaceOption workspace;
  @Mixin private ServerOption server;

  @Override
  public Integer call() throws InterruptedException {
    Console console = assay.console();
    ServerProject named = server.project(console.environment());
    if (named == null) {
      throw CliProblems.USAGE.failure(
          Where.named("assay push"),
          "no server is named",
          "give --server http://HOST/projects/NAME");
    }
    try (ServerProject project = named;
        SqliteLedger ledger = workspace.ledger()) {
      RunSummary found = Runs.find(ledger, run);
      long sent = sent(ledger, found.id(), project);
      console
          .out()
          .println(sent == 0 ? "it is there already" : Words.many(sent, "entry") + " sent");
      console.out().println(project.page(found.id()));
      return ExitCode.PASS.code();
    } catch (IOException away) {
      throw CliProblems.SERVER.failure(
          Where.named("--server"),
          "the run cannot be sent: " + away,
          "look whether the server runs, then push again");
    }
  }

  private static long sent(SqliteLedger ledger, String run, ServerProject project)
      throws IOException, InterruptedException {
    try (SignOfLife _ = new SignOfLife(run, project)) {
      return RunUpload.rest(ledger, run, project);
    }
  }
}
