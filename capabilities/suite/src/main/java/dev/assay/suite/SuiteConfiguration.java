package dev.assay.suite;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import dev.assay.suite.flaky.OnFlaky;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a suite is run and where its reports are.
 *
 * @param path the project's folder; which tool runs its tests is found out
 * @param maven the Maven project's folder
 * @param gradle the Gradle project's folder
 * @param pytest the folder or file of the tests
 * @param jest the folder of package.json
 * @param vitest the folder of package.json
 * @param node the folder of package.json
 * @param go the folder of go.mod
 * @param cargo the folder of Cargo.toml
 * @param dotnet the folder of the solution or project
 * @param playwright the folder of its configuration
 * @param cypress the folder of its configuration
 * @param goals words for Maven and Gradle
 * @param options words for any other tool
 * @param tests which tests
 * @param retries how often a failed test is tried again
 * @param workers how many parts run at once
 * @param order which tests run first
 * @param budget how long the tests may take
 * @param flaky what becomes of a test that failed and then passed
 * @param quarantine the file that names tests that may fail for a while
 * @param select which tests run at all
 * @param cache what tests mean that were not run
 * @param command what runs the suite
 * @param folder where the command starts
 * @param reports patterns of report files
 * @param coverage reports of what was executed
 * @param environment variables of the runner
 * @param exitCodes the exit codes of a runner that did its work
 * @param place where it is written
 */
@Doc("Runs a test suite with its own runner and reads the reports that it writes.")
public record SuiteConfiguration(
    @Doc(
            "The folder of a project, relative to the workspace. Which tool runs its tests is told"
                + " by its files; `assay suite runners` shows what is found.")
        @Shorthand
        @Nullable Template path,
    @Doc(
            "The folder of a Maven project, relative to the workspace. Uses its Maven wrapper where"
                + " it has one, else `mvn`.")
        @Nullable Template maven,
    @Doc("The folder of a Gradle project. Uses its wrapper where it has one, else `gradle`.")
        @Nullable Template gradle,
    @Doc(
            "A folder or file of tests that pytest runs, in the nearest folder around it that"
                + " configures pytest.")
        @Nullable Template pytest,
    @Doc("The folder of a project whose tests Jest runs.") @Nullable Template jest,
    @Doc("The folder of a project whose tests Vitest runs.") @Nullable Template vitest,
    @Doc("The folder of a project whose tests `node --test` runs.") @Nullable Template node,
    @Doc("The folder of a Go module.") @Nullable Template go,
    @Doc("The folder of a Cargo package or workspace.") @Nullable Template cargo,
    @Doc("The folder of a .NET solution or project.") @Nullable Template dotnet,
    @Doc("The folder of a project whose tests Playwright runs.") @Nullable Template playwright,
    @Doc("The folder of a project whose tests Cypress runs.") @Nullable Template cypress,
    @Doc(
            "Goals, tasks and options for Maven or Gradle, such as `-o verify`; `test` where not"
                + " written.")
        @Nullable CommandLine goals,
    @Doc("Options for any other tool, such as `--project chromium`.") @Nullable CommandLine options,
    @Doc(
            "Which tests, by a pattern of the tool: Surefire's `-Dtest` (`OrderTest`,"
                + " `*Order*#create*`), pytest's `-k`, the `-t` of Jest and Vitest, Go's `-run`.")
        @Nullable String tests,
    @Doc(
            "How often a failed test is tried again, 0 to 10. Every attempt is kept; a test that"
                + " failed and passed counts as flaky. Maven, Playwright and Cypress do it"
                + " themselves; with others the test is tried alone or in a fresh process,"
                + " whichever teaches more.")
        @Default("0")
        int retries,
    @Doc(
            "How many parts of the suite run at once, each a process of its own: a number, or"
                + " `auto` for as many as help. Parts are balanced by past durations.")
        @Default("1")
        String workers,
    @Doc("Which tests run first.") @Default("as given") Order order,
    @Doc(
            "How long the tests may take. Those that are most likely to fail for their time are"
                + " run; the others are skipped, and the report names the probability that one of"
                + " them would have failed.")
        @Nullable Duration budget,
    @Doc(
            "What a test means that failed and then passed: `pass`, or `fail` although it was tried"
                + " again to learn.")
        @Default("pass")
        OnFlaky flaky,
    @Doc(
            "A file that names tests which may fail for a while, each with an owner, a reason and"
                + " its last day. They still run and do not count; after the last day they fail.")
        @Nullable Template quarantine,
    @Doc(
            "Which tests run: `all`, or those `affected` by what has changed since each last"
                + " passed. Those that are left out are skipped with their reason.")
        @Default("all")
        Select select,
    @Doc(
            "What tests mean that `select: affected` left out: with `refuse` the verdict is"
                + " inconclusive, as what was not run is no pass; with `accept` it stands by the"
                + " earlier run in which they passed with the same inputs.")
        @Default("refuse")
        Cache cache,
    @Doc("The command that runs any other suite, started without a shell.")
        @Nullable CommandLine command,
    @Doc("The folder that the command starts in, relative to the workspace.")
        @Nullable Template folder,
    @Doc(
            "Patterns of the reports, relative to the folder: `reports/*.xml`, `**/TEST-*.xml`."
                + " Only files that this run wrote are read. A known tool writes its own where it"
                + " is not written.")
        List<Template> reports,
    @Doc(
            "Reports of coverage and of mutants: their patterns, or `{ reports: …, against: BRANCH"
                + " }`. They give the metrics `coverage…` and `mutation…`.")
        @Nullable CoverageConfiguration coverage,
    @Doc("Variables added to the environment of the runner.") Map<String, Template> environment,
    @Doc(
            "The exit codes that mean all is well; 0 where it is not written. Another code with"
                + " tests that all passed makes the verdict inconclusive.")
        List<Integer> exitCodes,
    Place place) {

  /** Which tests run first. */
  public enum Order {
    /** As the tool orders them. */
    AS_GIVEN,
    /** Those first that are most likely to fail for the time they take. */
    FAILING_FIRST
  }

  /** Which tests run. */
  public enum Select {
    /** All. */
    ALL,
    /** Those that a change can break. */
    AFFECTED
  }

  /** What tests mean that were left out. */
  public enum Cache {
    /** Nothing: the verdict is inconclusive. */
    REFUSE,
    /** What they meant when they passed with the same inputs. */
    ACCEPT
  }

  /** Copies the collections. */
  public SuiteConfiguration {
    reports = List.copyOf(reports);
    environment = Map.copyOf(environment);
    exitCodes = List.copyOf(exitCodes);
  }

  boolean expects(int exitCode) {
    return exitCodes.isEmpty() ? exitCode == 0 : exitCodes.contains(exitCode);
  }

  /** The tools that are written, with their folders; {@code path} where it is to be found out. */
  Map<String, Template> runners() {
    Map<String, Template> all = new LinkedHashMap<>();
    put(all, "path", path);
    put(all, "maven", maven);
    put(all, "gradle", gradle);
    put(all, "pytest", pytest);
    put(all, "jest", jest);
    put(all, "vitest", vitest);
    put(all, "node", node);
    put(all, "go", go);
    put(all, "cargo", cargo);
    put(all, "dotnet", dotnet);
    put(all, "playwright", playwright);
    put(all, "cypress", cypress);
    return all;
  }

  private static void put(Map<String, Template> all, String key, @Nullable Template written) {
    if (written != null) {
      all.put(key, written);
    }
  }

  /** Whether the suite is taken apart, instead of left to its tool as a whole. */
  boolean inParts() {
    return !workers.equals("1") || order != Order.AS_GIVEN || budget != null;
  }
}
