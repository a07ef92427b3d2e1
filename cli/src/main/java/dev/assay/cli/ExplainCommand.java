package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Explains a problem code. */
@Command(
    name = "explain",
    description = "Explains a problem code such as ASSAY-PLAN-007; without one, lists them.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExplainCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(arity = "0..1", paramLabel = "CODE", description = "The code.")
  private @Nullable String code;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() {
    List<ProblemType> known = assay.rooms().problems();
    PrintStream out = assay.console().out();
    String asked = code;
    List<ProblemType> shown =
        asked == null ? known : List.of(find(known, asked.toUpperCase(Locale.ROOT)));
    if (json) {
      out.println(JsonWriter.pretty(Json.array(shown.stream().map(ExplainCommand::json).toList())));
    } else if (asked == null) {
      shown.forEach(type -> out.printf("%-16s %s%n", type.code(), type.title()));
    } else {
      shown.forEach(type ->
          out.printf(
              "%s: %s%n%n%s%n%nTo be mended by: %s%n",
              type.code(), type.title(), wrap(type.explanation()), mender(type)));
    }
    return ExitCode.PASS.code();
  }

  private static ProblemType find(List<ProblemType> known, String code) {
    return known.stream()
        .filter(type -> type.code().equals(code))
        .findFirst()
        .orElseThrow(() ->
            CliProblems.NO_CODE.failure(
                Where.named("the command line"),
                "there is no problem '" + code + "'",
                Nearest.to(code, known.stream().map(ProblemType::code).toList())
                    .map(near -> "did you mean '" + near + "'?")
                    .orElse("list them with `assay explain`")));
  }

  private static String mender(ProblemType type) {
    return switch (type.kind()) {
      case USER -> "whoever wrote the workspace or the command line (exit code 3)";
      case ENVIRONMENT -> "whoever runs the machine and its surroundings (exit code 4)";
      case INTERNAL -> "the developers of Assay (exit code 70)";
    };
  }

  private static String wrap(String text) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      if (column > 0 && column + 1 + word.length() > 90) {
        wrapped.append('\n');
        column = 0;
      } else if (column > 0) {
        wrapped.append(' ');
        column++;
      }
      wrapped.append(word);
      column += word.length();
    }
    return wrapped.toString();
  }

  private static Json json(ProblemType type) {
    return Json.object()
        .put("code", type.code())
        .put("kind", type.kind().name())
        .put("title", type.title())
        .put("explanation", type.explanation())
        .build();
  }
}
