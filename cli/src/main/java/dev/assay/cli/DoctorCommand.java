package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Looks whether this machine has what a workspace needs. */
@Command(
    name = "doctor",
    description =
        "Looks whether this machine has what the workspace needs, and names the mend of what is missing.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DoctorCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = "assay.yaml",
      paramLabel = "FILE",
      description = "The workspace file, or its folder (default: ${DEFAULT-VALUE}).")
  private Path workspace;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = assay.console();
    List<Examination.Result> results =
        new Examination(assay.rooms(), console.environment()).of(WorkspaceOption.file(workspace));
    boolean missing =
        results.stream().anyMatch(result -> result.state() == Examination.State.MISSING);
    if (json) {
      console
          .out()
          .println(
              JsonWriter.pretty(Json.array(results.stream().map(DoctorCommand::json).toList())));
    } else {
      for (Examination.Result result : results) {
        console.out().printf("%-8s %s%n", result.state().word(), result.what());
        if (!result.mend().isEmpty()) {
          console.out().printf("         mend: %s%n", result.mend());
        }
      }
      console.out().println(missing ? "\nsomething is missing" : "\nall is well");
    }
    return missing ? ExitCode.ENVIRONMENT.code() : ExitCode.PASS.code();
  }

  private static Json json(Examination.Result result) {
    return Json.object()
        .put("state", result.state().word())
        .put("what", result.what())
        .put("mend", result.mend())
        .build();
  }
}
