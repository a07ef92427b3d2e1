package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.core.report.JsonReport;
import dev.assay.core.report.terminal.ProblemText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line and turns whatever happens into an exit code. */
final class CommandLineRunner {

  private CommandLineRunner() {}

  static int run(Console console, String... arguments) {
    CommandLine line = new CommandLine(new AssayCommand(console, Rooms.onClassPath()));
    new Commands().addTo(line, arguments);
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setExpandAtFiles(false); // @ names the file of a body
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(Math.clamp(console.width(), 80, 120));
    // of a load, --json is what it sends
    boolean load = arguments.length > 0 && arguments[0].equals("load");
    boolean json = own(arguments).contains(load ? "--json-output" : "--json");
    line.setParameterExceptionHandler((wrong, _) -> show(console, json, List.of(usage(wrong))));
    line.setExecutionExceptionHandler((broken, _, _) -> show(console, json, problems(broken)));
    return line.execute(arguments);
  }

  /** The words before {@code --}: those after it belong to another program. */
  private static List<String> own(String... arguments) {
    return Arrays.stream(arguments).takeWhile(word -> !word.equals("--")).toList();
  }

  private static Problem usage(ParameterException wrong) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    List<String> near =
        wrong instanceof UnmatchedArgumentException unmatched ? near(unmatched) : List.of();
    return CliProblems.USAGE.at(
        Where.named("the command line"),
        String.valueOf(wrong.getMessage()),
        near.isEmpty()
            ? "see `" + command + " --help`"
            : "did you mean '" + near.getFirst() + "'? See `" + command + " --help`");
  }

  /** What was most likely meant; by picocli's judgement only where ours finds nothing near. */
  private static List<String> near(UnmatchedArgumentException unmatched) {
    CommandLine command = unmatched.getCommandLine();
    Set<String> known = new LinkedHashSet<>(command.getCommandSpec().optionsMap().keySet());
    known.addAll(command.getSubcommands().keySet());
    List<String> near = Nearest.to(unmatched.getUnmatched().getFirst(), known).stream().toList();
    return near.isEmpty() ? unmatched.getSuggestions() : near;
  }

  private static List<Problem> problems(Exception broken) {
    return broken instanceof ProblemException known
        ? known.problems()
        : List.of(
            CliProblems.UNFORESEEN
                .at(Where.named("the command line"), "it failed unforeseen: " + broken, "report it")
                .causedBy(broken));
  }

  /** Shows problems to people, and to machines where they asked for it. Returns the exit code. */
  static int show(Console console, boolean json, List<Problem> problems) {
    if (json) {
      List<Json> items =
          problems.stream().map(problem -> (Json) JsonReport.problem(problem)).toList();
      console
          .out()
          .println(JsonWriter.pretty(Json.object().put("problems", Json.array(items)).build()));
    }
    console.err().print(new ProblemText(console.ink()).render(problems));
    return ExitCode.of(problems).code();
  }
}
