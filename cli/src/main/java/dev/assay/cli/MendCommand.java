package dev.assay.cli;

import dev.assay.api.spi.SystemClock;
import dev.assay.core.run.Mender;
import dev.assay.store.WorkspaceLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Undoes what a crash left. */
@Command(
    name = "mend",
    description = "Undoes what an interrupted run left behind. Every run does so first.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MendCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = "assay.yaml",
      paramLabel = "FILE",
      description = "The workspace file, or its folder (default: ${DEFAULT-VALUE}).")
  private Path workspace;

  @Override
  public Integer call() {
    Console console = assay.console();
    Path folder = WorkspaceOption.folder(workspace);
    if (!Files.isDirectory(folder)) {
      console.out().println("nothing to mend");
      return ExitCode.PASS.code();
    }
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, "mend")) {
      Mender.Result result = new Mender(folder, new SystemClock()).mend();
      result.mended().forEach(console.out()::println);
      if (!result.problems().isEmpty()) {
        return CommandLineRunner.show(console, false, result.problems());
      }
      if (result.mended().isEmpty()) {
        console.out().println("nothing to mend");
      }
      return ExitCode.PASS.code();
    }
  }
}
