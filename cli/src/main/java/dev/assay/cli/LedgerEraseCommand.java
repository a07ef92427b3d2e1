package dev.assay.cli;

import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.SystemClock;
import dev.assay.store.NamedArtifacts;
import dev.assay.store.SqliteLedger;
import dev.assay.store.WithdrawnArtifacts;
import dev.assay.store.WorkspaceLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Erases a run. */
@Command(
    name = "erase",
    description = {
      "Takes away what a run said, and its files, for good.",
      "That it was there and its hashes stay, so that the ledger can be verified as before."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerEraseCommand implements Callable<Integer> {

  private static final int LONGEST = 200;

  @ParentCommand private LedgerCommand ledger;

  @Parameters(paramLabel = "RUN", description = "The run, by its full id.")
  private String run;

  @Option(
      names = "--why",
      required = true,
      paramLabel = "TEXT",
      description = "The reason, which is kept and names nobody.")
  private String why;

  @Override
  public Integer call() {
    if (why.isBlank() || why.length() > LONGEST) {
      throw CliProblems.USAGE.failure(
          Where.named("--why"), "a reason has 1 to 200 characters", "say in few words why");
    }
    Path folder = ledger.folder();
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, "ledger erase");
        SqliteLedger open = SqliteLedger.open(folder, SqliteLedger.Mode.READ_WRITE)) {
      Set<String> files = NamedArtifacts.onlyOf(open, run);
      Receipt erased =
          open.find(run)
              .filter(found -> found.id().equals(run))
              .flatMap(_ -> open.erase(run, why.strip(), new SystemClock().now()))
              .orElseThrow(() ->
                  CliProblems.NO_RUN.failure(
                      Where.named("the ledger"),
                      "there is no run '" + run + "', or it was erased",
                      "give its full id; `assay ledger list` shows the runs"));
      if (!files.isEmpty()) {
        long _ = WithdrawnArtifacts.withdraw(folder.resolve("artifacts"), files);
      }
      remove(folder.resolve("runs").resolve(run));
      ledger
          .console()
          .out()
          .println(
              "erased "
                  + run
                  + "; entry "
                  + erased.sequence()
                  + " says so, with the hash "
                  + erased.hash());
    }
    return ExitCode.PASS.code();
  }

  private static void remove(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException denied) {
      throw CliProblems.NOT_WRITTEN.failure(
          Where.named(folder.toString()),
          IoReason.of(denied),
          "remove this folder by hand: it has the reports of the run that was erased");
    }
  }
}
