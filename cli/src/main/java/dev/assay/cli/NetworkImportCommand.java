package dev.assay.cli;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Where;
import dev.assay.network.profile.ConditionImport;
import dev.assay.network.profile.ConditionImport.Kind;
import dev.assay.network.profile.ConditionWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes conditions of another tool's description of networks. */
@Command(
    name = "import",
    description =
        "Prints another tool's description of networks as conditions of a workspace: WebPageTest's"
            + " connectivity.ini, profiles of ATC, traces of Mahimahi, arguments of netem, populate"
            + " files of Toxiproxy.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkImportCommand implements Callable<Integer> {

  @ParentCommand private NetworkCommand network;

  @Parameters(index = "0", paramLabel = "FILE", description = "The description.")
  private Path file;

  @Option(
      names = "--as",
      paramLabel = "KIND",
      description =
          "What it is, if that cannot be told: webpagetest, atc, mahimahi, netem or toxiproxy.")
  private @Nullable String as;

  @Override
  public Integer call() {
    String text = ConditionImport.text(file);
    Kind kind =
        as == null
            ? ConditionImport.guess(file, text).orElseThrow(() -> unknown("what the file is"))
            : Kind.of(as).orElseThrow(() -> unknown("'" + as + "'"));
    network
        .assay()
        .console()
        .out()
        .print(ConditionWriter.workspace(ConditionImport.read(text, file.toString(), kind)));
    return ExitCode.PASS.code();
  }

  private RuntimeException unknown(String what) {
    List<String> words = Arrays.stream(Kind.values()).map(Kind::word).toList();
    return CliProblems.USAGE.failure(
        Where.named(as == null ? file.toString() : "--as"),
        what + " is not known",
        as == null ? "say it by --as: " + String.join(", ", words) : Nearest.mend(as, words));
  }
}
