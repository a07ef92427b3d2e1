package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.suite.SuiteProblems;
import dev.assay.suite.runner.Flag;
import dev.assay.suite.runner.Invocation;
import dev.assay.suite.runner.ProjectFiles;
import dev.assay.suite.runner.Request;
import dev.assay.suite.runner.Runners;
import dev.assay.suite.runner.TestRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows which tool runs the tests of a folder, and with which words. */
@Command(
    name = "runners",
    description = {
      "Shows which tools run the tests of a folder, by what they were found, and with which words",
      "each would be started and why. Starts nothing."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExit codes:%n",
    footer = {"  0 one tool was found, 2 several, 3 none"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SuiteRunnersCommand implements Callable<Integer> {

  @ParentCommand private SuiteCommand suite;

  @Parameters(
      arity = "0..1",
      defaultValue = ".",
      paramLabel = "FOLDER",
      description = "The folder of a project (default: here).")
  private Path folder;

  @Option(names = "--json", description = "One JSON object for each tool, on a line.")
  private boolean json;

  @Override
  public Integer call() {
    if (!Files.isDirectory(folder)) {
      throw CliProblems.USAGE.failure(
          Where.named(folder.toString()),
          "'" + folder + "' is no folder",
          "name the folder of a project");
    }
    ProjectFiles project = new ProjectFiles(folder);
    Map<TestRunner, String> found = Runners.of(project);
    if (found.isEmpty()) {
      throw new ProblemException(SuiteProblems.unrecognised(folder.toString()));
    }
    try {
      Path reports = Files.createTempDirectory("assay-runners");
      try {
        for (Map.Entry<TestRunner, String> one : found.entrySet()) {
          show(project, one.getKey(), one.getValue(), reports);
        }
      } finally {
        delete(reports);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    if (found.size() > 1 && !json) {
      suite
          .console()
          .out()
          .println(
              "Several tools: a check names the one it means, as in `suite: { "
                  + found.keySet().iterator().next().id()
                  + ": "
                  + folder
                  + " }`.");
    }
    return (found.size() > 1 ? ExitCode.UNDECIDED : ExitCode.PASS).code();
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private void show(ProjectFiles project, TestRunner runner, String sign, Path reports)
      throws IOException {
    Request request = new Request(project, "", reports, List.of(), new Request.All(), 0, false);
    Invocation invocation = runner.invocation(request);
    if (json) {
      suite.console().out().println(JsonWriter.canonical(json(project, runner, sign, invocation)));
    } else {
      print(suite.console().out(), project, runner, sign, invocation);
    }
  }

  private static String units(ProjectFiles project, TestRunner runner) {
    if (!runner.besideItself()) {
      return "only as a whole";
    }
    String unit = runner.unit().name().toLowerCase(Locale.ROOT);
    return "by " + unit + (runner.keepsOrder(project) ? ", in a given order" : "");
  }

  private void print(
      PrintStream out,
      ProjectFiles project,
      TestRunner runner,
      String sign,
      Invocation invocation) {
    out.println(runner.title() + "  (" + runner.id() + ")");
    out.println("  found by   " + sign);
    out.println("  in parts   " + units(project, runner));
    out.println(
        "  retries    "
            + (runner.retriesByItself()
                ? "by the tool itself"
                : "by Assay, each failed test alone or in a fresh process"));
    out.println(
        "  reports    "
            + (invocation.output() != null
                ? "its output, as " + invocation.output().id()
                : String.join(", ", shown(invocation.reports()))));
    out.println("  command");
    for (Flag flag : invocation.flags()) {
      String words = String.join(" ", shown(flag.words()));
      out.println(
          words.length() > 46
              ? "    " + words + "\n" + " ".repeat(52) + flag.why()
              : String.format("    %-46s  %s", words, flag.why()));
    }
    invocation
        .environment()
        .forEach((name, value) ->
            out.printf(
                "    %-46s  %s%n", name + "=" + shown(List.of(value)).getFirst(), "variable"));
    out.println();
  }

  /** The folder for reports is another in each run. */
  private static List<String> shown(List<String> words) {
    return words.stream()
        .map(word -> word.replaceAll("(?:file://)?[^ =,]*assay-runners\\d+", "REPORTS"))
        .toList();
  }

  private static Json json(
      ProjectFiles project, TestRunner runner, String sign, Invocation invocation) {
    return Json.object()
        .put("runner", runner.id())
        .put("found_by", sign)
        .put("unit", runner.unit().name().toLowerCase(Locale.ROOT))
        .put("in_parts", runner.besideItself())
        .put("keeps_order", runner.keepsOrder(project))
        .put("retries_by_itself", runner.retriesByItself())
        .put(
            "command",
            Json.array(
                invocation.flags().stream()
                    .map(flag ->
                        (Json)
                            Json.object()
                                .put(
                                    "words",
                                    Json.array(shown(flag.words()).stream().map(Json::of).toList()))
                                .put("why", flag.why())
                                .build())
                    .toList()))
        .put("reports", Json.array(shown(invocation.reports()).stream().map(Json::of).toList()))
        .build();
  }
}
