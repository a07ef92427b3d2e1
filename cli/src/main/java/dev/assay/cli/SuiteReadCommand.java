package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.core.report.JsonReport;
import dev.assay.core.report.terminal.ProblemText;
import dev.assay.suite.report.Report;
import dev.assay.suite.report.ReportForms;
import dev.assay.suite.report.ReportListener;
import dev.assay.suite.report.ReportNotice;
import dev.assay.suite.report.ReportProblems;
import dev.assay.suite.report.Reports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Reads report files and says what is in them. */
@Command(
    name = "read",
    description =
        "Reads reports of tests, coverage, mutants and findings, and counts their entries.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay suite read target/surefire-reports/*.xml",
      "  assay suite read coverage/lcov.info results.trx report.sarif --json",
      "  assay suite read allure-results",
      "",
      "Exit code 2 where a report is damaged, 3 where a file is none."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SuiteReadCommand implements Callable<Integer> {

  @ParentCommand private SuiteCommand suite;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Report files, or a folder of Allure results. What is in them tells the format.")
  private List<Path> files;

  @Option(names = "--json", description = "One JSON object a file, each on a line.")
  private boolean json;

  @Override
  public Integer call() {
    List<Problem> problems = new ArrayList<>();
    boolean damaged = false;
    int width = files.stream().mapToInt(file -> file.toString().length()).max().orElse(0);
    for (Path file : files) {
      List<Problem> wrong = read(file, Math.min(width, 60));
      damaged |= wrong.stream().anyMatch(SuiteReadCommand::damage);
      wrong.stream().filter(problem -> !damage(problem)).forEach(problems::add);
    }
    if (!problems.isEmpty()) {
      return ExitCode.of(problems).code();
    }
    return (damaged ? ExitCode.UNDECIDED : ExitCode.PASS).code();
  }

  private static boolean damage(Problem problem) {
    return problem.code().equals(ReportProblems.DAMAGED.code());
  }

  /** Shows what a file says, and what is wrong with it, which is the result. */
  private List<Problem> read(Path file, int width) {
    Console console = suite.console();
    String name = file.toString();
    List<Problem> problems;
    try {
      Report report = Reports.read(file, name, ReportListener.none());
      console
          .out()
          .println(
              json
                  ? JsonWriter.canonical(ReportForms.json(name, report))
                  : pad(name, width) + "  " + ReportForms.line(report));
      if (!json) {
        notes(name, report);
      }
      problems = ReportForms.damages(name, report);
    } catch (ProblemException noReport) {
      problems = noReport.problems();
    } catch (IOException | UncheckedIOException unreadable) {
      problems = List.of(unreadable(name, unreadable));
    }
    boolean failed = problems.stream().anyMatch(problem -> !damage(problem));
    if (failed && json) {
      console
          .out()
          .println(
              JsonWriter.canonical(
                  Json.object()
                      .put("file", name)
                      .put("format", Json.Null.VALUE)
                      .put("problem", JsonReport.problem(problems.getFirst()))
                      .build()));
    }
    problems.forEach(
        problem -> console.err().print(new ProblemText(console.ink()).render(problem)));
    return problems;
  }

  private void notes(String name, Report report) {
    for (ReportNotice notice : report.notices()) {
      if (!notice.grave()) {
        suite
            .console()
            .err()
            .println(
                "note: "
                    + name
                    + ":"
                    + notice.line()
                    + ":"
                    + notice.column()
                    + ": the report "
                    + notice.message());
      }
    }
  }

  private static Problem unreadable(String name, Exception unreadable) {
    boolean missing = unreadable instanceof NoSuchFileException;
    boolean refused = unreadable instanceof AccessDeniedException;
    String why =
        missing
            ? "there is no such file"
            : refused ? "it may not be read by this user" : String.valueOf(unreadable.getMessage());
    return ReportProblems.UNREADABLE.at(
        Where.named(name),
        "the report cannot be opened: " + why,
        missing ? "look at the name and at the folder you are in" : "look at its permissions");
  }

  private static String pad(String name, int width) {
    return name.length() >= width ? name : name + " ".repeat(width - name.length());
  }
}
