package dev.assay.suite.runner;

import dev.assay.suite.report.Format;
import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.Request.Matching;
import dev.assay.suite.runner.Request.Units;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code go test}. */
public final class GoRunner implements TestRunner {

  @Override
  public String id() {
    return "go";
  }

  @Override
  public String title() {
    return "go test";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    return project.first("go.mod");
  }

  @Override
  public String program(ProjectFiles project) {
    return "go";
  }

  @Override
  public Unit unit() {
    return Unit.PACKAGE;
  }

  @Override
  public Optional<Invocation> preparation(Request request) {
    return Optional.of(
        new Invocation.Words()
            .add("Go of the machine", "go")
            .add(
                "builds, and runs nothing; its results are kept for what runs next",
                "test",
                "-run=^$",
                "-count=1",
                everywhere(request))
            .writing());
  }

  @Override
  public Optional<Invocation> listing(Request request) {
    return Optional.of(
        new Invocation.Words()
            .add("Go of the machine", "go")
            .add(
                "lists packages with tests",
                "list",
                "-f",
                "{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}",
                everywhere(request))
            .writing());
  }

  @Override
  public List<String> listed(ProjectFiles project, List<String> lines) {
    return lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.contains(" "))
        .distinct()
        .sorted()
        .toList();
  }

  private static String everywhere(Request request) {
    return request.path().isEmpty() ? "./..." : "./" + request.path() + "/...";
  }

  @Override
  public Invocation invocation(Request request) {
    Invocation.Words words =
        new Invocation.Words()
            .add("Go of the machine", "go")
            .add("tells of each test as it ends, in a form that can be read", "test", "-json")
            .add("runs tests also where a result is cached; that would be no proof", "-count=1")
            .all("your own options", request.options());
    switch (request.what()) {
      case Request.All _ -> words.add("which packages", everywhere(request));
      case Matching matching ->
          words
              .add("which tests, by their names", "-run", matching.pattern())
              .add("which packages", everywhere(request));
      case Units units -> words.all("the packages of this part", units.units());
      case Cases cases -> {
        List<String> names =
            cases.cases().stream()
                .map(one -> Pattern.compile("/").split(one.name(), 2)[0])
                .distinct()
                .toList();
        words
            .add("the tests that are tried again", "-run", "^(" + String.join("|", names) + ")$")
            .all("their packages", cases.units());
      }
    }
    return words.printing(Format.GO_TEST);
  }

  @Override
  public List<List<String>> measures() {
    return List.of(List.of("{cover,coverage,c}.{out,txt,cov}"));
  }

  @Override
  public String unit(ProjectFiles project, String suite, Map<String, String> labels) {
    return suite;
  }
}
