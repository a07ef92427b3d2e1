package dev.assay.suite.runner;

import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.Request.Matching;
import dev.assay.suite.runner.Request.Units;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Vitest. */
public final class VitestRunner implements TestRunner {

  @Override
  public String id() {
    return "vitest";
  }

  @Override
  public String title() {
    return "Vitest";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    return project
        .matching("vitest.config.{js,ts,mjs,mts,cjs,cts}")
        .or(() ->
            NodeScript.names(project, "vitest")
                ? Optional.of("`npm test` in package.json")
                : Optional.empty())
        .or(() ->
            project.testScript().isEmpty() && project.dependsOn("vitest")
                ? Optional.of("package.json depends on vitest")
                : Optional.empty());
  }

  @Override
  public String program(ProjectFiles project) {
    return NodeScript.missing(project, "vitest");
  }

  @Override
  public Unit unit() {
    return Unit.FILE;
  }

  @Override
  public Optional<Invocation> listing(Request request) {
    Invocation.Words words =
        new Invocation.Words()
            .add(NodeScript.program(request.project(), "vitest"))
            .add("lists, and runs nothing", "list", "--filesOnly")
            .all("as `npm test` says", script(request).options())
            .all("your own options", request.options());
    if (!request.path().isEmpty()) {
      words.add("which tests", request.path());
    }
    return Optional.of(words.writing(script(request).environment()));
  }

  @Override
  public List<String> listed(ProjectFiles project, List<String> lines) {
    return lines.stream()
        .map(line -> line.strip().replaceFirst("^\\[[^]]*] ", ""))
        .filter(line -> line.matches("\\S.*\\.[cm]?[jt]sx?"))
        .map(project::relative)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public Invocation invocation(Request request) {
    Path report = request.reports().resolve("vitest.json");
    Invocation.Words words =
        new Invocation.Words()
            .add(NodeScript.program(request.project(), "vitest"))
            .add("runs once, and does not watch", "run")
            .all("as `npm test` says", script(request).options())
            .add("shows what it does", "--reporter=default")
            .add(
                "writes a report that can be read",
                "--reporter=json",
                "--outputFile.json=" + report)
            .add("a test says where it is", "--includeTaskLocation")
            .all("your own options", request.options());
    switch (request.what()) {
      case Request.All _ -> {
        if (!request.path().isEmpty()) {
          words.add("which tests", request.path());
        }
      }
      case Matching matching -> words.add("which tests, by their names", "-t", matching.pattern());
      case Units units -> words.all("the files of this part", units.units());
      case Cases cases ->
          words
              .add("the tests that are tried again", "-t", "^" + NodeScript.pattern(cases.cases()))
              .all("their files", cases.units());
    }
    return words.writing(script(request).environment(), report.toString());
  }

  private static NodeScript script(Request request) {
    return NodeScript.of(request.project(), "vitest");
  }

  @Override
  public List<List<String>> measures() {
    return NodeScript.measures();
  }

  @Override
  public String unit(ProjectFiles project, String suite, Map<String, String> labels) {
    String file = labels.get("file");
    return file == null ? "" : project.relative(file);
  }
}
