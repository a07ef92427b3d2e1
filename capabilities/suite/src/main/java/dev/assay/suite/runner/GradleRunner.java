package dev.assay.suite.runner;

import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.Request.Matching;
import dev.assay.suite.runner.Request.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gradle. What it must be told that has no flag is in an init script, which changes no file of the
 * project.
 */
public final class GradleRunner implements TestRunner {

  private static final String[] BUILDS = {
    "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"
  };

  @Override
  public String id() {
    return "gradle";
  }

  @Override
  public String title() {
    return "Gradle";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    return project.first(BUILDS);
  }

  @Override
  public String program(ProjectFiles project) {
    return project.has("gradlew") ? "" : "gradle";
  }

  @Override
  public Unit unit() {
    return Unit.CLASS;
  }

  /** Two builds of one folder wait for each other; its own {@code maxParallelForks} is better. */
  @Override
  public boolean besideItself() {
    return false;
  }

  @Override
  public Invocation invocation(Request request) throws IOException {
    Path script = request.reports().resolve("assay.init.gradle");
    Files.writeString(script, script(request.what()));
    return new Invocation.Words()
        .add(
            request
                .project()
                .wrapper("gradlew")
                .orElse(Flag.of("Gradle of the machine; the project has no wrapper", "gradle")))
        .add("leaves nothing running", "--no-daemon")
        .add("writes plain lines", "--console=plain")
        .add("goes on after a failing test, so that all reports are written", "--continue")
        .add(
            "runs tests also where they are up to date, and chooses them, without a change of the"
                + " build",
            "--init-script",
            script.toString())
        .all(
            "what Gradle is to do",
            request.options().isEmpty() ? List.of("test") : request.options())
        .writing("**/build/test-results/**/*.xml");
  }

  private static String script(Request.Tests what) {
    StringBuilder filter = new StringBuilder();
    List<String> patterns =
        switch (what) {
          case Request.All _ -> List.of();
          case Matching matching -> List.of(matching.pattern().split("\\s*,\\s*"));
          case Units units -> units.units();
          case Cases cases -> cases.cases().stream().map(GradleRunner::pattern).distinct().toList();
        };
    for (String pattern : patterns) {
      filter.append("      includeTestsMatching ").append(quoted(pattern)).append('\n');
    }
    if (!filter.isEmpty()) {
      filter.insert(0, "    filter {\n      failOnNoMatchingTests = false\n").append("    }\n");
    }
    return """
    allprojects {
      tasks.withType(Test) {
        outputs.upToDateWhen { false }
        outputs.cacheIf { false }
    """
        + filter
        + """
          }
        }
        """;
  }

  private static String pattern(Request.Case one) {
    String method = one.name().replaceAll("[(\\[{].*", "").strip();
    return method.matches("[\\p{L}_$][\\p{L}\\p{N}_$]*") ? one.suite() + "." + method : one.suite();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  @Override
  public List<List<String>> measures() {
    return List.of(
        List.of("**/build/reports/jacoco/**.xml", "**/build/reports/kover/**.xml"),
        List.of("**/build/reports/pitest/**mutations.xml"));
  }

  @Override
  public String unit(ProjectFiles project, String suite, Map<String, String> labels) {
    int nested = suite.indexOf('$');
    return nested < 0 ? suite : suite.substring(0, nested);
  }
}
