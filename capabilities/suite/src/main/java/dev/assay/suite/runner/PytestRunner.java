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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** pytest. */
public final class PytestRunner implements TestRunner {

  private static final String SOURCES = "{,**/}{test_*,*_test}.py";

  /** As {@code --collect-only -q} lists tests, or with one more {@code -q} their number by file. */
  private static final Pattern LISTED = Pattern.compile("(\\S.*?\\.py)(?:::.*|: \\d+)");

  @Override
  public String id() {
    return "pytest";
  }

  @Override
  public String title() {
    return "pytest";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    return project
        .first("pytest.ini", ".pytest.ini")
        .or(() -> within(project, "pyproject.toml", "[tool.pytest"))
        .or(() -> within(project, "tox.ini", "[pytest]"))
        .or(() -> within(project, "setup.cfg", "[tool:pytest]"))
        .or(() -> project.first("conftest.py", "tests/conftest.py", "test/conftest.py"))
        .or(() -> project.matching("{test_*,*_test}.py"))
        .or(() ->
            Stream.of("tests", "test")
                .flatMap(folder ->
                    new ProjectFiles(project.folder().resolve(folder))
                        .matching("{test_*,*_test}.py").stream().map(name -> folder + "/" + name))
                .findFirst());
  }

  private static Optional<String> within(ProjectFiles project, String file, String section) {
    return project.text(file).contains(section)
        ? Optional.of(file + " has " + section + (section.endsWith("]") ? "" : "…]"))
        : Optional.empty();
  }

  @Override
  public String program(ProjectFiles project) {
    return python(project).words().getFirst();
  }

  private static Flag python(ProjectFiles project) {
    for (String folder : List.of(".venv", "venv")) {
      Path own = project.folder().resolve(folder).resolve("bin").resolve("python");
      if (Files.isExecutable(own)) {
        return Flag.of("the project's own Python", own.toString());
      }
    }
    return Flag.of("Python of the machine; the project has no .venv", "python3");
  }

  @Override
  public Unit unit() {
    return Unit.FILE;
  }

  @Override
  public boolean keepsOrder(ProjectFiles project) {
    return true;
  }

  @Override
  public List<String> units(Request request) throws IOException {
    return request.project().below(request.path(), SOURCES);
  }

  private static Invocation.Words start(Request request) {
    return new Invocation.Words()
        .add(python(request.project()))
        .add("pytest, with the folder on its path", "-m", "pytest");
  }

  @Override
  public Optional<Invocation> listing(Request request) {
    Invocation.Words words = start(request).add("lists, and runs nothing", "--collect-only", "-q");
    words.all("your own options", request.options());
    if (!request.path().isEmpty()) {
      words.add("which tests", request.path());
    }
    return Optional.of(words.writing());
  }

  @Override
  public List<String> listed(ProjectFiles project, List<String> lines) {
    return lines.stream()
        .map(LISTED::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> matcher.group(1))
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public Invocation invocation(Request request) {
    Path report = request.reports().resolve("pytest.xml");
    Invocation.Words words =
        start(request)
            .add("writes a report that can be read", "--junit-xml=" + report)
            .add("each test names its file in the report", "-o", "junit_family=xunit1")
            .all("your own options", request.options());
    switch (request.what()) {
      case Request.All _ -> {
        if (!request.path().isEmpty()) {
          words.add("which tests", request.path());
        }
      }
      case Matching matching -> {
        words.add("which tests, by their names", "-k", matching.pattern());
        if (!request.path().isEmpty()) {
          words.add("which tests", request.path());
        }
      }
      case Units units -> words.all("the files of this part, in this order", units.units());
      case Cases cases ->
          words.all(
              "the tests that are tried again",
              cases.cases().stream().map(PytestRunner::node).distinct().toList());
    }
    return words.writing(report.toString());
  }

  /** The node of a case: its file, the classes around it, and its name. */
  private static String node(Request.Case one) {
    String file = one.unit();
    String stem = file.replaceAll(".*/", "").replaceAll("\\.py$", "");
    String[] parts = one.suite().split("\\.");
    StringBuilder node = new StringBuilder(file);
    boolean within = false;
    for (String part : parts) {
      if (within) {
        node.append("::").append(part);
      }
      within |= part.equals(stem);
    }
    return node.append("::").append(one.name()).toString();
  }

  @Override
  public List<List<String>> measures() {
    return List.of(List.of("coverage.xml", "coverage.lcov", "lcov.info"));
  }

  @Override
  public String unit(ProjectFiles project, String suite, Map<String, String> labels) {
    String file = labels.get("file");
    return file == null ? "" : project.relative(file);
  }
}
