package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.Where;
import dev.assay.suite.failure.Diagnosis;
import dev.assay.suite.failure.DiagnosisForms;
import dev.assay.suite.failure.FailureAnalysis;
import dev.assay.suite.failure.PastRun;
import dev.assay.suite.failure.TestId;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says why the tests of a run failed. */
@Command(
    name = "failures",
    description = {
      "Says why the tests of a run failed.",
      "Which failures are one, since when, whose commits are suspect, who owns the code, what mended",
      "the like before, and how to see it again."
    },
    mixinStandardHelpOptions = true,
    subcommands = FailuresCommand.Explain.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay failures",
      "  assay failures 20261121 --json",
      "  assay failures explain OrderTest#total",
      "",
      "Exit code 0 where no test failed, 1 where one did."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class FailuresCommand implements Callable<Integer> {

  private static final int MOST_TESTS = 5;

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = "latest",
      paramLabel = "RUN",
      description = "The run's id or its beginning (default: ${DEFAULT-VALUE}).")
  private String run;

  @Mixin private WorkspaceOption workspace;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() {
    return show(assay.console(), workspace, run, null, json);
  }

  private static int show(
      Console console, WorkspaceOption workspace, String run, @Nullable String test, boolean json) {
    try (Ledger ledger = workspace.ledger()) {
      RunSummary summary = Runs.find(ledger, run);
      FailureAnalysis analysis = new FailureAnalysis(ledger, workspace.root());
      TestId only = test == null ? null : find(PastRun.read(ledger, summary), test);
      List<Diagnosis> diagnoses = analysis.of(summary, only);
      if (json) {
        console
            .out()
            .println(
                JsonWriter.pretty(
                    Json.object()
                        .put("run", summary.id())
                        .put(
                            "failures",
                            Json.array(diagnoses.stream().map(DiagnosisForms::json).toList()))
                        .build()));
      } else {
        print(console, summary, diagnoses, test == null ? MOST_TESTS : Integer.MAX_VALUE);
        if (test != null && !diagnoses.isEmpty()) {
          detail(console.out(), diagnoses.getFirst(), Objects.requireNonNull(only));
        }
      }
      return (diagnoses.isEmpty() ? ExitCode.PASS : ExitCode.FAIL).code();
    }
  }

  /** The one failed test that is meant. */
  private static TestId find(PastRun run, String written) {
    List<TestId> meant = run.tests().keySet().stream().filter(test -> test.meant(written)).toList();
    List<TestId> failed =
        meant.stream()
            .filter(test -> Objects.requireNonNull(run.tests().get(test)).result().failure())
            .toList();
    if (failed.isEmpty()) {
      List<String> failures =
          run.tests().entrySet().stream()
              .filter(entry -> entry.getValue().result().failure())
              .map(entry -> entry.getKey().text())
              .limit(5)
              .toList();
      throw CliProblems.NO_TEST.failure(
          Where.named("run " + run.run().id()),
          meant.isEmpty()
              ? "no test of the run is called '" + written + "'"
              : "'" + meant.getFirst().text() + "' did not fail in the run",
          failures.isEmpty()
              ? "name another run; no test failed in this one"
              : "name one that failed: " + String.join(", ", failures));
    }
    return failed.getFirst();
  }

  private static void print(
      Console console, RunSummary run, List<Diagnosis> diagnoses, int mostTests) {
    PrintStream out = console.out();
    if (diagnoses.isEmpty()) {
      out.println("no test failed in run " + run.id());
      return;
    }
    int tests = diagnoses.stream().mapToInt(one -> one.cluster().tests().size()).sum();
    out.println(
        "run "
            + run.id()
            + ": "
            + tests
            + (tests == 1 ? " test" : " tests")
            + " failed for "
            + (diagnoses.size() == 1 ? "one reason" : diagnoses.size() + " reasons"));
    for (Diagnosis diagnosis : diagnoses) {
      out.println();
      out.println(diagnosis.cluster().example().title());
      List<TestId> names = diagnosis.cluster().tests();
      boolean several = names.stream().map(TestId::check).distinct().count() > 1;
      names.stream()
          .limit(mostTests)
          .forEach(
              test -> out.println("  · " + (several ? test.check() + ": " : "") + test.text()));
      if (names.size() > mostTests) {
        out.println("  · … and " + (names.size() - mostTests) + " more");
      }
      for (DiagnosisForms.Fact fact : DiagnosisForms.facts(diagnosis)) {
        out.printf("  %-9s  %s%n", fact.name(), fact.text());
      }
      out.printf("  %-9s  %s%n", "print", diagnosis.cluster().fingerprint());
    }
  }

  private static void detail(PrintStream out, Diagnosis diagnosis, TestId test) {
    diagnosis.cluster().failures().stream()
        .filter(failure -> failure.test().equals(test))
        .map(failure -> failure.attempt().detail())
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(detail -> {
          out.println();
          detail.lines().limit(200).forEach(line -> out.println("  " + line));
        });
  }

  /** Explains one test. */
  @Command(
      name = "explain",
      description = "Says all that is known of why one test failed, with its stack trace.",
      mixinStandardHelpOptions = true)
  static final class Explain implements Callable<Integer> {

    @ParentCommand private FailuresCommand failures;

    @Parameters(
        index = "0",
        paramLabel = "TEST",
        description = "Its name, its class, or both: OrderTest#total.")
    private String test;

    @Parameters(
        index = "1",
        arity = "0..1",
        defaultValue = "latest",
        paramLabel = "RUN",
        description = "The run's id or its beginning (default: ${DEFAULT-VALUE}).")
    private String run;

    @Mixin private WorkspaceOption workspace;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
      return show(failures.assay.console(), workspace, run, test, json);
    }
  }
}
