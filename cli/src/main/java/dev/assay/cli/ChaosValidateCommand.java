package dev.assay.cli;

import dev.assay.chaos.toolkit.Experiment;
import dev.assay.chaos.toolkit.ExperimentReader;
import dev.assay.chaos.toolkit.RunSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says everything that is wrong with an experiment of the Chaos Toolkit, and runs nothing. */
@Command(
    name = "validate",
    description = "Says everything that is wrong with an experiment, and runs nothing.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ChaosValidateCommand implements Callable<Integer> {

  @ParentCommand private ChaosCommand chaos;

  @Parameters(paramLabel = "FILE", description = "The experiment, .json, .yaml or .yml.")
  private Path file;

  @Override
  public Integer call() {
    Console console = chaos.assay().console();
    Experiment experiment =
        ExperimentReader.read(
            file,
            file.toString(),
            Path.of("").toAbsolutePath(),
            console.environment(),
            RunSettings.DEFAULT);
    experiment.ensureWayBack(file.toString(), null);
    experiment.warnings().forEach(console.err()::println);
    console
        .out()
        .println(
            file
                + " is valid: "
                + experiment.probes().size()
                + " probes, "
                + experiment.method().size()
                + " activities, "
                + experiment.rollbacks().size()
                + " rollbacks");
    return ExitCode.PASS.code();
  }
}
