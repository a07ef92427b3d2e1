package dev.assay.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
    name = "completion",
    description = "Prints a completion script for bash and zsh: source <(assay completion).",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompletionCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    assay.console().out().print(AutoComplete.bash("assay", spec.root().commandLine()));
    return ExitCode.PASS.code();
  }
}
