package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Expectation;
import dev.assay.api.plan.Plan;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Validates without running. */
@Command(
    name = "check",
    description = "Validates a workspace file and shows what would run.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {

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
    Plan plan = assay.rooms().parser(console.environment()).parse(WorkspaceOption.file(workspace));
    if (json) {
      console.out().println(JsonWriter.pretty(json(plan)));
    } else {
      print(console.out(), plan);
    }
    return ExitCode.PASS.code();
  }

  private static void print(PrintStream out, Plan plan) {
    out.printf(
        "%s is valid: workspace '%s', %s, %s%n",
        plan.file(),
        plan.workspace(),
        count(plan.checks().size(), "check"),
        count(plan.services().size(), "service"));
    for (int i = 0; i < plan.stages().size(); i++) {
      out.printf("%nstage %d%n", i + 1);
      for (String id : plan.stages().get(i)) {
        CheckPlan<?> check = plan.check(id);
        out.printf(
            "  %-20s %s%s%n",
            id,
            check.type().name(),
            check.needs().isEmpty() ? "" : ", after " + String.join(", ", check.needs()));
        for (Expectation expectation : check.expectations()) {
          out.printf(
              "      %s%s%n", expectation.text(), expectation.implied() ? "  (implied)" : "");
        }
      }
    }
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static Json json(Plan plan) {
    List<Json> checks = new ArrayList<>();
    for (CheckPlan<?> check : plan.checks()) {
      checks.add(
          Json.object()
              .put("id", check.id())
              .put("type", check.type().name())
              .put("digest", check.digest())
              .put("needs", Json.array(check.needs().stream().map(Json::of).toList()))
              .put(
                  "expectations",
                  Json.array(
                      check.expectations().stream()
                          .map(expectation -> Json.of(expectation.text()))
                          .toList()))
              .build());
    }
    return Json.object()
        .put("workspace", plan.workspace())
        .put("digest", plan.digest())
        .put("checks", Json.array(checks))
        .put(
            "stages",
            Json.array(
                plan.stages().stream()
                    .map(stage -> Json.array(stage.stream().map(Json::of).toList()))
                    .toList()))
        .build();
  }
}
