package dev.assay.cli;

import dev.assay.api.problem.Where;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Load without a workspace. */
@Command(
    name = "load",
    description = "Puts load on an address, shows it while it goes on and judges it.",
    subcommands = LoadImportCommand.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LoadCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(arity = "0..1", paramLabel = "URL", description = "The address to send to.")
  private @Nullable String url;

  /** The command that this one belongs to, for its own subcommands. */
  AssayCommand assay() {
    return assay;
  }

  @Override
  public Integer call() {
    throw CliProblems.USAGE.failure(
        Where.named("the command line"),
        url == null ? "there is no URL to send to" : "'" + url + "' cannot be loaded yet",
        "write it like `assay load http://127.0.0.1:8080/`");
  }
}
