package dev.assay.suite;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is started, where, and which reports it should write. Immutable.
 *
 * @param words the program and its arguments
 * @param folder where it starts
 * @param environment variables added to its environment
 * @param reports patterns of its reports, relative to the folder
 */
record RunnerCommand(
    List<String> words, Path folder, Map<String, String> environment, List<String> reports) {

  private static final List<String> MAVEN_REPORTS =
      List.of("**/target/surefire-reports/TEST-*.xml", "**/target/failsafe-reports/TEST-*.xml");

  static RunnerCommand of(SuiteConfiguration suite, CheckContext context) {
    Template maven = suite.maven();
    Template written = maven == null ? suite.folder() : maven;
    String path = written == null ? "." : context.fill(written);
    SuiteCheckType.wrongFolder(
            Where.named("check " + context.check()),
            maven == null ? "folder" : "maven",
            context.folder(),
            path,
            maven != null)
        .ifPresent(problem -> {
          throw new ProblemException(problem);
        });
    Path folder = context.folder().resolve(path).normalize();
    CommandLine command = suite.command();
    List<String> words =
        maven != null || command == null
            ? mavenWords(suite, context, folder)
            : fill(context, command);
    List<String> reports = suite.reports().stream().map(context::fill).toList();
    return new RunnerCommand(
        words,
        folder,
        environment(suite, context),
        reports.isEmpty() && maven != null ? MAVEN_REPORTS : reports);
  }

  private static List<String> mavenWords(
      SuiteConfiguration suite, CheckContext context, Path folder) {
    List<String> words = new ArrayList<>();
    Path wrapper = folder.resolve("mvnw");
    if (Files.isExecutable(wrapper)) {
      words.add(wrapper.toAbsolutePath().toString());
    } else if (Files.isRegularFile(wrapper)) {
      // a checkout that lost its permissions
      words.addAll(List.of("sh", wrapper.toAbsolutePath().toString()));
    } else {
      words.add("mvn");
    }
    // A failing test must fail the build, else a crash could not be told from it; all modules are
    // tried, so that the reports are complete.
    words.addAll(
        List.of(
            "--batch-mode",
            "--no-transfer-progress",
            "--fail-at-end",
            "-Dstyle.color=never",
            "-Dmaven.test.failure.ignore=false"));
    if (suite.retries() > 0) {
      words.add("-Dsurefire.rerunFailingTestsCount=" + suite.retries());
      words.add("-Dfailsafe.rerunFailingTestsCount=" + suite.retries());
    }
    if (suite.tests() != null) {
      words.add("-Dtest=" + suite.tests());
      // modules without such a test are fine; a run without any is caught by `tests > 0`
      words.add("-Dsurefire.failIfNoSpecifiedTests=false");
    }
    CommandLine goals = suite.goals();
    words.addAll(goals == null ? List.of("test") : fill(context, goals));
    return List.copyOf(words);
  }

  private static List<String> fill(CheckContext context, CommandLine line) {
    return line.words().stream().map(context::fill).toList();
  }

  private static Map<String, String> environment(SuiteConfiguration suite, CheckContext context) {
    Map<String, String> filled = new LinkedHashMap<>();
    suite.environment().forEach((name, value) -> filled.put(name, context.fill(value)));
    return filled;
  }
}
