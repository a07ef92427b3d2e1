package dev.assay.suite;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a suite is run and where its reports are.
 *
 * @param maven the Maven project's folder
 * @param goals words for Maven
 * @param tests which unit tests
 * @param retries how often a failed test is tried again
 * @param command what runs the suite
 * @param folder where the command starts
 * @param reports patterns of report files
 * @param environment variables of the runner
 * @param exitCodes the exit codes of a runner that did its work
 * @param place where it is written
 */
@Doc("Runs a test suite with its own runner and reads its JUnit XML reports.")
public record SuiteConfiguration(
    @Doc(
            "The folder of a Maven project, relative to the workspace. Uses its Maven wrapper where"
                + " it has one, else `mvn`.")
        @Nullable Template maven,
    @Doc("Goals and options for Maven, such as `-o verify`; `test` where it is not written.")
        @Nullable CommandLine goals,
    @Doc("Which unit tests Maven runs, as Surefire's `-Dtest`: `OrderTest`, `*Order*#create*`.")
        @Nullable String tests,
    @Doc(
            "How often Maven tries a failed test again, 0 to 10. Every attempt is kept; a test that"
                + " failed and passed counts as flaky.")
        @Default("0")
        int retries,
    @Doc("The command that runs any other suite, started without a shell.")
        @Nullable CommandLine command,
    @Doc("The folder that the command starts in, relative to the workspace.")
        @Nullable Template folder,
    @Doc(
            "Patterns of the JUnit XML reports, relative to the folder: `reports/*.xml`,"
                + " `**/TEST-*.xml`. Only files that this run wrote are read. With `maven:` the"
                + " reports of Surefire and Failsafe in all modules where it is not written.")
        List<Template> reports,
    @Doc("Variables added to the environment of the runner.") Map<String, Template> environment,
    @Doc(
            "The exit codes that mean all is well; 0 where it is not written. Another code with"
                + " tests that all passed makes the verdict inconclusive.")
        List<Integer> exitCodes,
    Place place) {

  /** Copies the collections. */
  public SuiteConfiguration {
    reports = List.copyOf(reports);
    environment = Map.copyOf(environment);
    exitCodes = List.copyOf(exitCodes);
  }

  boolean expects(int exitCode) {
    return exitCodes.isEmpty() ? exitCode == 0 : exitCodes.contains(exitCode);
  }
}
