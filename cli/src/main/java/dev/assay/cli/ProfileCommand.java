package dev.assay.cli;

import dev.assay.api.problem.Where;
import dev.assay.core.report.Attached;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.page.ProfilePage;
import dev.assay.core.report.stacks.Change;
import dev.assay.core.report.stacks.Profile;
import dev.assay.core.report.stacks.Stacks;
import dev.assay.store.SqliteLedger;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Looks at what runs recorded of their services. */
@Command(
    name = "profile",
    description = "Compares where two builds spend their time.",
    mixinStandardHelpOptions = true,
    subcommands = ProfileCommand.Diff.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ProfileCommand implements Runnable {

  @ParentCommand private AssayCommand assay;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(assay.console().out());
  }

  private Console console() {
    return assay.console();
  }

  /** Compares two runs. */
  @Command(
      name = "diff",
      description = "Shows how the stacks of a run differ from those of another.",
      mixinStandardHelpOptions = true)
  static final class Diff implements Callable<Integer> {

    private static final int MOST = 10;

    @ParentCommand private ProfileCommand profile;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run, its beginning, or latest.")
    private String run;

    @Parameters(index = "1", paramLabel = "BASELINE", description = "The run to compare it with.")
    private String baseline;

    @Mixin private WorkspaceOption workspace;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "Also write a page with flame graphs to this file.")
    private @Nullable Path output;

    @Override
    public Integer call() {
      Console console = profile.console();
      try (SqliteLedger ledger = workspace.ledger()) {
        RunReport now = RunReport.read(ledger, Runs.find(ledger, run));
        RunReport before = RunReport.read(ledger, Runs.find(ledger, baseline));
        Attached attached = Attached.read(ledger, now, before);
        boolean compared =
            attached.profiles().values().stream()
                .flatMap(List::stream)
                .anyMatch(one -> one.before() != null);
        if (!compared) {
          throw CliProblems.NO_STACKS.failure(
              Where.named("the ledger"),
              "runs "
                  + now.id()
                  + " and "
                  + before.id()
                  + " have no stacks of the same check and service",
              "write `profile: true` in the service, run both builds, and compare these runs");
        }
        print(console.out(), attached.profiles());
        Path file = output;
        if (file != null) {
          ReportFiles.write(file, ProfilePage.write(now, attached, "run " + before.id()));
          console.err().println("wrote " + file);
        }
      }
      return ExitCode.PASS.code();
    }

    private static void print(PrintStream out, Map<String, List<Profile>> profiles) {
      profiles.forEach((check, all) -> {
        for (Profile one : all) {
          Stacks before = one.before();
          if (before != null) {
            out.printf("%s  %s  %s%n", check, one.owner(), one.topic());
            List<Change> changes = Change.between(before, one.now(), one.unit(), MOST);
            if (changes.isEmpty()) {
              out.println("  no method's share changed");
            }
            changes.forEach(change -> print(out, change));
          }
        }
      });
    }

    private static void print(PrintStream out, Change change) {
      out.printf(
          java.util.Locale.ROOT,
          "  %6.1f %% -> %5.1f %%  %+6.1f points  %s%s%n",
          change.before() * 100,
          change.now() * 100,
          change.difference() * 100,
          change.method(),
          change.chance() ? "  (may be chance)" : "");
    }
  }
}
