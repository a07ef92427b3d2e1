package dev.assay.cli;

import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The statistics as doors for programs: JSON lines in, JSON lines out. */
@Command(
    name = "stats",
    description = "Answers questions of statistics: JSON lines in, JSON lines out.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StatsCommand implements Runnable {

  @ParentCommand private AssayCommand assay;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(assay.console().out());
  }

  @Command(
      name = "changepoints",
      description = "Where series changed: {\"id\": 1, \"values\": [1, 1, 2, 2]} a line.",
      mixinStandardHelpOptions = true)
  int changepoints() throws IOException {
    return serve(StatsAnswers::changePoints);
  }

  @Command(
      name = "anomalies",
      description =
          "How unusual each point is by its past: {\"timestamps\": [0, 60], \"values\": [1, 2]} a line.",
      mixinStandardHelpOptions = true)
  int anomalies() throws IOException {
    return serve(StatsAnswers::anomalies);
  }

  @Command(
      name = "compare",
      description =
          "Whether runs became worse: {\"metric\": {\"direction\": \"lower\"}, \"baseline\":"
              + " [[…], …], \"candidate\": [[…], …]} a line.",
      mixinStandardHelpOptions = true)
  int compare() throws IOException {
    return serve(StatsAnswers::compare);
  }

  @Command(
      name = "canary",
      description =
          "Whether a canary is worse than its control, however often one asks: {\"control\": […],"
              + " \"experiment\": […], \"direction\": \"lower\"} a line.",
      mixinStandardHelpOptions = true)
  int canary() throws IOException {
    return serve(StatsAnswers::canary);
  }

  @Command(
      name = "kayenta",
      description = {
        "What Kayenta's judge makes of a canary, given its configuration: {\"metrics\":",
        "{\"errors\": {\"control\": […], \"experiment\": […]}, …}} a line."
      },
      mixinStandardHelpOptions = true)
  int kayenta(
      @Parameters(paramLabel = "CONFIG", description = "A canary configuration of Kayenta, JSON.")
          Path config)
      throws IOException {
    return serve(kayentaConfig(config)::judge);
  }

  private static KayentaConfig kayentaConfig(Path file) {
    try {
      return KayentaConfig.read(JsonReader.read(Files.readString(file)));
    } catch (IOException | JsonException wrong) {
      throw CliProblems.USAGE.failure(
          Where.named(file.toString()),
          "it is no canary configuration: "
              + (wrong instanceof IOException unread ? IoReason.of(unread) : wrong.getMessage()),
          "name a file as Kayenta keeps it, with `metrics` and `classifier`");
    }
  }

  @Command(
      name = "forecast",
      description =
          "What comes next: {\"values\": [1, 2, 3], \"season\": 24, \"horizon\": 48} a line.",
      mixinStandardHelpOptions = true)
  int forecast() throws IOException {
    return serve(StatsAnswers::forecast);
  }

  private int serve(JsonLinesDoor.Answer answer) throws IOException {
    try (InputStream in = Console.input()) {
      new JsonLinesDoor(in, assay.console().out(), answer).serve();
    }
    return ExitCode.PASS.code();
  }
}
