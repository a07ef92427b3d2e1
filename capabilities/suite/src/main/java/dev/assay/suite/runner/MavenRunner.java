package dev.assay.suite.runner;

import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.Request.Matching;
import dev.assay.suite.runner.Request.Units;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Maven with Surefire and Failsafe. */
public final class MavenRunner implements TestRunner {

  private static final String SUREFIRE = "**/target/surefire-reports/TEST-";
  private static final String FAILSAFE = "**/target/failsafe-reports/TEST-*.xml";

  /** What Surefire takes for tests where nothing else is configured. */
  private static final String SOURCES =
      "{,**/}src/test/{java,kotlin,groovy}/**{Test*,*Test,*Tests,*TestCase}.{java,kt,groovy}";

  private static final Pattern SOURCE =
      Pattern.compile("(?:.*/)?src/test/(?:java|kotlin|groovy)/(.*)\\.(?:java|kt|groovy)");

  @Override
  public String id() {
    return "maven";
  }

  @Override
  public String title() {
    return "Maven";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    return project.first("pom.xml");
  }

  @Override
  public String program(ProjectFiles project) {
    return project.has("mvnw") ? "" : "mvn";
  }

  @Override
  public Unit unit() {
    return Unit.CLASS;
  }

  @Override
  public boolean retriesByItself() {
    return true;
  }

  @Override
  public List<String> units(Request request) throws IOException {
    Set<String> classes = new TreeSet<>();
    for (String file : request.project().below("", SOURCES)) {
      var matcher = SOURCE.matcher(file);
      if (matcher.matches()) {
        classes.add(matcher.group(1).replace('/', '.'));
      }
    }
    return List.copyOf(classes);
  }

  @Override
  public Optional<Invocation> preparation(Request request) {
    return Optional.of(
        start(request)
            .all(
                "your own options",
                request.options().stream().filter(word -> !word.equals("test")).toList())
            .add("compiles once, before several run at once", "test-compile")
            .writing());
  }

  private static Invocation.Words start(Request request) {
    // A failing test must fail the build, else a crash could not be told from it; all modules are
    // tried, so that the reports are complete.
    return new Invocation.Words()
        .add(
            request
                .project()
                .wrapper("mvnw")
                .orElse(Flag.of("Maven of the machine; the project has no wrapper", "mvn")))
        .add("asks nothing", "--batch-mode")
        .add("leaves downloads out of the output", "--no-transfer-progress")
        .add("tries every module, so that all reports are written", "--fail-at-end")
        .add("leaves colours out of the output", "-Dstyle.color=never")
        .add(
            "a failing test fails the build, so that a crash can be told from a pass",
            "-Dmaven.test.failure.ignore=false");
  }

  @Override
  public Invocation invocation(Request request) {
    Invocation.Words words = start(request);
    if (request.retries() > 0) {
      words
          .add(
              "tries a failed unit test again",
              "-Dsurefire.rerunFailingTestsCount=" + request.retries())
          .add(
              "tries a failed integration test again",
              "-Dfailsafe.rerunFailingTestsCount=" + request.retries());
    }
    List<String> reports = List.of(SUREFIRE + "*.xml", FAILSAFE);
    switch (request.what()) {
      case Request.All _ -> {}
      case Matching matching -> only(words, matching.pattern(), "which unit tests run");
      case Units units -> {
        only(words, String.join(",", units.units()), "the test classes of this part");
        reports = reportsOf(units.units());
      }
      case Cases cases -> {
        only(words, methods(cases), "the tests that are tried again");
        reports = reportsOf(cases.units());
      }
    }
    words.all(
        "what Maven is to do", request.options().isEmpty() ? List.of("test") : request.options());
    return words.writing(reports.toArray(String[]::new));
  }

  private static void only(Invocation.Words words, String pattern, String why) {
    words
        .add(why, "-Dtest=" + pattern)
        .add("a module without such a test is fine", "-Dsurefire.failIfNoSpecifiedTests=false");
  }

  /** Nested classes have reports of their own. */
  private static List<String> reportsOf(List<String> classes) {
    return List.of(SUREFIRE + "{" + String.join(",", classes) + "}{,$*}.xml");
  }

  private static String methods(Cases cases) {
    Map<String, Set<String>> byClass = new LinkedHashMap<>();
    for (Request.Case one : cases.cases()) {
      String method = one.name().replaceAll("[(\\[{].*", "").strip();
      byClass.computeIfAbsent(one.suite(), name -> new LinkedHashSet<>()).add(method);
    }
    StringBuilder text = new StringBuilder();
    byClass.forEach((name, methods) -> {
      text.append(text.isEmpty() ? "" : ",").append(name);
      // a display name is no method; then the whole class is run
      if (methods.stream().allMatch(method -> method.matches("[\\p{L}_$][\\p{L}\\p{N}_$]*"))) {
        text.append('#').append(String.join("+", methods));
      }
    });
    return text.toString();
  }

  @Override
  public List<List<String>> measures() {
    return List.of(
        List.of(
            "**/target/site/{jacoco,jacoco-it,jacoco-ut,jacoco-merged,jacoco-aggregate}/jacoco.xml",
            "**/target/site/cobertura/coverage.xml"),
        List.of("**/target/pit-reports/**mutations.xml"));
  }

  @Override
  public String unit(ProjectFiles project, String suite, Map<String, String> labels) {
    int nested = suite.indexOf('$');
    return nested < 0 ? suite : suite.substring(0, nested);
  }
}
