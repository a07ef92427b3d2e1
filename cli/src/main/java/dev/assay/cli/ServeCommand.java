package dev.assay.cli;

import dev.assay.api.problem.Where;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Stands for the server in the list of commands: that is a program of its own, which the launcher
 * starts.
 */
@Command(
    name = "serve",
    description = "Serves runs and their evidence to everyone; see `assay serve --help`.")
final class ServeCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw CliProblems.USAGE.failure(
        Where.named("assay serve"),
        "the server is not part of this program",
        "start it by the launcher: bin/assay serve");
  }
}
