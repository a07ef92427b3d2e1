package dev.assay.suite;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Capability.Requirement;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Metric.Better;
import dev.assay.api.spi.Metric.Shape;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import dev.assay.api.value.Unit;
import dev.assay.suite.runner.Runners;
import dev.assay.suite.runner.TestRunner;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code suite:} runs tests that exist already. Immutable. */
public final class SuiteCheckType implements CheckType<SuiteConfiguration> {

  static final String DURATION = "duration";
  static final String TEST_TIME = "test.time";
  static final String MISSED = "missed";
  static final String STANDING = "standing";
  static final String STANDING_FAILED = "standing.failed";
  static final String LINES = "coverage.line";
  static final String BRANCHES = "coverage.branch";
  static final String DIFF = "coverage.diff";
  static final String DIFF_UNCOVERED = "coverage.diff.uncovered";
  static final String MUTATION = "mutation.score";
  static final String MUTATION_DIFF = "mutation.score.diff";
  static final String MUTATION_DIFF_UNNOTICED = "mutation.score.diff.unnoticed";
  private static final int MOST_RETRIES = 10;

  @Override
  public String name() {
    return "suite";
  }

  @Override
  public String summary() {
    return "Runs a test suite with its own runner and reads what became of each test.";
  }

  @Override
  public Class<SuiteConfiguration> configuration() {
    return SuiteConfiguration.class;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        new Metric(
            DURATION,
            Unit.NANOSECONDS,
            Shape.SCALAR,
            Better.LOWER,
            "How long the runner took, from its start to its end."),
        new Metric(
            TEST_TIME,
            Unit.NANOSECONDS,
            Shape.DISTRIBUTION,
            Better.LOWER,
            "How long each test case took, of those whose report says it."),
        new Metric(
            MISSED,
            Unit.RATIO,
            Shape.SCALAR,
            Better.LOWER,
            "With a `budget`: the probability that at least one test that was left out would have"
                + " failed."),
        new Metric(
            STANDING,
            Unit.NONE,
            Shape.SCALAR,
            Better.HIGHER,
            "With `select: affected`: tests that ran, and tests not run whose inputs are those of"
                + " an earlier run in which they passed."),
        new Metric(
            STANDING_FAILED,
            Unit.NONE,
            Shape.SCALAR,
            Better.LOWER,
            "With `select: affected`: tests of those that ran and failed; 0 also where none had to"
                + " run, of which `failed` can say nothing."),
        share(LINES, "Lines that tests executed, of those that reports of coverage speak of."),
        share(BRANCHES, "Branches that tests took."),
        share(
            DIFF,
            "Changed lines that tests executed, of those that can be executed; not measured where"
                + " there is none, or where it is not known what changed."),
        count(
            DIFF_UNCOVERED,
            "Changed lines that no test executed; 0 also where none of them can be executed, of"
                + " which `coverage.diff` can say nothing."),
        share(MUTATION, "Mutants that tests noticed, of those that they could have."),
        share(MUTATION_DIFF, "The same of mutants on changed lines; not measured without any."),
        count(
            MUTATION_DIFF_UNNOTICED,
            "Mutants on changed lines that no test noticed; may be 0 of 0."));
  }

  private static Metric share(String name, String summary) {
    return new Metric(name, Unit.RATIO, Shape.PROPORTION, Better.HIGHER, summary);
  }

  private static Metric count(String name, String summary) {
    return new Metric(name, Unit.NONE, Shape.COUNT, Better.LOWER, summary);
  }

  @Override
  public List<Implied> implied(SuiteConfiguration configuration) {
    boolean accepts = configuration.cache() == SuiteConfiguration.Cache.ACCEPT;
    return List.of(
        new Implied(accepts ? STANDING : "tests", "> 0", true),
        new Implied(accepts ? STANDING_FAILED : "failed", "= 0", false));
  }

  @Override
  public void validate(SuiteConfiguration suite, Consumer<Problem> problems) {
    Map<String, Template> runners = suite.runners();
    int named = runners.size() + (suite.command() == null ? 0 : 1);
    if (named == 0) {
      wrong(suite, "the suite has no runner", "add `maven: FOLDER` or `command: …`", problems);
    } else if (named > 1) {
      List<String> names = new ArrayList<>(runners.keySet());
      if (suite.command() != null) {
        names.add("command");
      }
      wrong(
          suite,
          "the suite has "
              + names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(" and ")),
          "keep one of them",
          problems);
    } else if (suite.command() != null) {
      command(suite, problems);
    } else {
      tool(suite, runners.entrySet().iterator().next(), problems);
    }
    boolean selects = suite.select() == SuiteConfiguration.Select.AFFECTED;
    if (selects && (suite.command() != null || suite.tests() != null)) {
      wrong(
          suite,
          "`select: affected` leaves tests out, which cannot be told to a `command`, nor beside"
              + " `tests`",
          "remove the one or the other",
          problems);
    }
    if (!selects && suite.cache() == SuiteConfiguration.Cache.ACCEPT) {
      wrong(
          suite,
          "`cache: accept` is for tests that `select: affected` leaves out",
          "add `select: affected`, or remove `cache`",
          problems);
    }
    if (suite.retries() < 0 || suite.retries() > MOST_RETRIES) {
      wrong(
          suite,
          "`retries` is " + suite.retries(),
          "write a number from 0 to " + MOST_RETRIES,
          problems);
    }
    Template quarantine = suite.quarantine();
    if (quarantine != null && quarantine.names().isEmpty()) {
      String shown = quarantine.fill(name -> "");
      workspace(suite.place())
          .ifPresent(
              folder -> collect(() -> QuarantineFile.read(folder.resolve(shown), shown), problems));
    }
  }

  private static void wrong(
      SuiteConfiguration suite, String what, String mend, Consumer<Problem> problems) {
    problems.accept(SuiteProblems.RUNNER.at(suite.place(), what, mend));
  }

  /** Something that may be wrong. */
  private interface Attempted {
    void make();
  }

  private static void collect(Attempted attempted, Consumer<Problem> problems) {
    try {
      attempted.make();
    } catch (ProblemException wrong) {
      wrong.problems().forEach(problems);
    }
  }

  private static void command(SuiteConfiguration suite, Consumer<Problem> problems) {
    if (suite.goals() != null
        || suite.options() != null
        || suite.tests() != null
        || suite.retries() != 0
        || suite.inParts()) {
      wrong(
          suite,
          "`goals`, `options`, `tests`, `retries`, `workers`, `order` and `budget` are for a tool"
              + " that is known, and the suite has a `command`",
          "put such options into the command",
          problems);
    }
    if (suite.reports().isEmpty()) {
      problems.accept(
          SuiteProblems.REPORTS.at(
              suite.place(),
              "the suite has a `command` but no `reports`",
              "add `reports: [ \"reports/*.xml\" ]` with the place where the runner writes JUnit"
                  + " XML"));
    }
    Template folder = suite.folder();
    if (folder != null && folder.names().isEmpty()) {
      workspace(suite.place())
          .ifPresent(workspace ->
              collect(
                  () ->
                      SuiteProject.existing(
                          suite.place(), "folder", workspace, folder.fill(name -> "")),
                  problems));
    }
  }

  private static void tool(
      SuiteConfiguration suite, Map.Entry<String, Template> named, Consumer<Problem> problems) {
    if (suite.folder() != null) {
      wrong(
          suite,
          "`folder` is for a `command`, and the suite has `" + named.getKey() + "`",
          "write the folder as `" + named.getKey() + ": " + suite.folder() + "`",
          problems);
    }
    try {
      Workers.parse(suite.workers());
    } catch (IllegalArgumentException wrong) {
      wrong(
          suite,
          String.valueOf(wrong.getMessage()),
          "write a number from 1 to " + Workers.MOST + ", or auto",
          problems);
    }
    if (suite.inParts() && suite.tests() != null) {
      wrong(
          suite,
          "`tests` cannot be used with `workers`, `order` or `budget`, which choose the tests",
          "remove one of them",
          problems);
    }
    Optional<TestRunner> runner = Runners.named(named.getKey());
    if (named.getValue().names().isEmpty()) {
      Optional<Path> workspace = workspace(suite.place());
      if (workspace.isPresent()) {
        try {
          runner =
              Optional.of(
                  SuiteProject.find(
                          suite.place(),
                          named.getKey(),
                          workspace.get(),
                          named.getValue().fill(name -> ""))
                      .runner());
        } catch (ProblemException wrong) {
          wrong.problems().forEach(problems);
        }
      }
    }
    runner.ifPresent(known -> options(suite, known, problems));
  }

  private static void options(
      SuiteConfiguration suite, TestRunner runner, Consumer<Problem> problems) {
    boolean hasGoals = runner.id().equals("maven") || runner.id().equals("gradle");
    if (hasGoals && suite.options() != null || !hasGoals && suite.goals() != null) {
      wrong(
          suite,
          "`" + (hasGoals ? "options" : "goals") + "` is not for " + runner.title(),
          "write `" + (hasGoals ? "goals" : "options") + "`",
          problems);
    }
    CommandLine goals = suite.goals();
    boolean onlyTests =
        goals == null
            || goals.words().stream()
                .map(Template::source)
                .allMatch(word -> word.startsWith("-") || word.equals("test"));
    if (suite.inParts() && !onlyTests) {
      wrong(
          suite,
          "`workers`, `order` and `budget` run unit tests, and `goals` asks for more",
          "keep `test` and options in `goals`, and give the rest a check of its own",
          problems);
    }
    boolean parts = runner.besideItself();
    if (suite.inParts() && !parts) {
      wrong(
          suite,
          "`workers`, `order` and `budget` cannot be used with " + runner.title(),
          "use the workers of " + runner.title() + " itself",
          problems);
    }
  }

  /** The folder of the workspace file, where the place is of a file that can be found. */
  private static Optional<Path> workspace(Place place) {
    try {
      Path file = Path.of(place.file()).toAbsolutePath().normalize();
      return Files.isRegularFile(file) ? Optional.ofNullable(file.getParent()) : Optional.empty();
    } catch (InvalidPathException notFromDisk) {
      return Optional.empty();
    }
  }

  /** The tool, where the project does not bring it itself; of a command its program. */
  @Override
  public List<Requirement> requirements(SuiteConfiguration suite, Path workspace) {
    CommandLine command = suite.command();
    if (command != null) {
      Template program = command.words().getFirst();
      boolean known = program.names().isEmpty() && program.source().indexOf('/') < 0;
      return known
          ? List.of(
              new Requirement(
                  program.source(), "the command of a suite", "install it, or correct the command"))
          : List.of();
    }
    Map.Entry<String, Template> named = suite.runners().entrySet().iterator().next();
    if (!named.getValue().names().isEmpty()) {
      return List.of(); // where it lies is known only in a run
    }
    try {
      SuiteProject project =
          SuiteProject.find(
              suite.place(), named.getKey(), workspace, named.getValue().fill(name -> ""));
      String program = project.runner().program(project.files());
      return program.isEmpty()
          ? List.of()
          : List.of(
              new Requirement(
                  program,
                  "the suite in " + project.files().folder(),
                  "install what " + project.runner().title() + " needs"));
    } catch (ProblemException wrong) {
      return List.of(); // which is told where the configuration is looked at
    }
  }

  /** A tool runs in its project; what a command reads cannot be known. */
  @Override
  public List<Template> inputs(SuiteConfiguration suite) {
    if (suite.command() != null) {
      return List.of();
    }
    List<Template> inputs = new ArrayList<>(suite.runners().values());
    Template tests = suite.pytest();
    if (tests != null) {
      inputs.clear(); // what it tests lies beside the tests, wherever that is
    }
    Template quarantine = suite.quarantine();
    if (quarantine != null && !inputs.isEmpty()) {
      inputs.add(quarantine);
    }
    return List.copyOf(inputs);
  }

  @Override
  public Check prepare(SuiteConfiguration configuration) {
    return new SuiteCheck(configuration);
  }
}
