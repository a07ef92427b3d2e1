package dev.assay.cli;

import dev.assay.api.problem.Where;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands for the server's tools in the list of commands; the launcher starts them. */
@Command(
    name = "server",
    description = "Backs up, restores and verifies what a server keeps; see `assay server --help`.")
final class ServerToolsCommand implements Callable<Integer> {

  @Parameters(arity = "0..*", hidden = true)
  private @Nullable List<String> arguments;

  @Override
  public Integer call() {
    List<String> given = arguments;
    throw CliProblems.USAGE.failure(
        Where.named("assay server"),
        "the server is not part of this program",
        "start its tools by the launcher: bin/assay server "
            + (given == null ? "--help" : String.join(" ", given)));
  }
}
