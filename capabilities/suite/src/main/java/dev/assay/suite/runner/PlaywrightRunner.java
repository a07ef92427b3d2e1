package dev.assay.suite.runner;

import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.Request.Matching;
import dev.assay.suite.runner.Request.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Playwright Test. */
public final class PlaywrightRunner implements TestRunner {

  private static final String SOURCES = "{,**/}*.{spec,test}.{js,ts,mjs,cjs,mts,cts,jsx,tsx}";

  @Override
  public String id() {
    return "playwright";
  }

  @Override
  public String title() {
    return "Playwright";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    return project.matching("playwright.config.{js,ts,mjs,mts,cjs,cts}");
  }

  @Override
  public String program(ProjectFiles project) {
    return NodeScript.missing(project, "playwright");
  }

  @Override
  public Unit unit() {
    return Unit.FILE;
  }

  @Override
  public boolean retriesByItself() {
    return true;
  }

  @Override
  public List<String> units(Request request) throws IOException {
    return request.project().below(request.path(), SOURCES);
  }

  @Override
  public Invocation invocation(Request request) {
    Path report = request.reports().resolve("playwright.json");
    NodeScript script = NodeScript.of(request.project(), "playwright");
    Invocation.Words words =
        new Invocation.Words()
            .add(NodeScript.program(request.project(), "playwright"))
            .add("runs tests", "test")
            .all("as `npm test` says", script.options())
            .add("shows what it does, and writes a report that can be read", "--reporter=line,json")
            .add(
                "what it leaves is kept apart", "--output=" + request.reports().resolve("results"));
    if (request.retries() > 0) {
      words.add(
          "tries a failed test again, in a process of its own", "--retries=" + request.retries());
    }
    words.all("your own options", request.options());
    switch (request.what()) {
      case Request.All _ -> {
        if (!request.path().isEmpty()) {
          words.add("which tests", request.path());
        }
      }
      case Matching matching -> words.add("which tests, by their names", "-g", matching.pattern());
      case Units units -> words.all("the files of this part", units.units());
      case Cases cases ->
          words
              .add("the tests that are tried again", "-g", NodeScript.pattern(cases.cases()))
              .all("their files", cases.units());
    }
    Map<String, String> environment = new LinkedHashMap<>(script.environment());
    environment.put("PLAYWRIGHT_JSON_OUTPUT_NAME", report.toString());
    environment.put("PLAYWRIGHT_JSON_OUTPUT_FILE", report.toString());
    environment.put("CI", "1");
    return words.writing(environment, report.toString());
  }

  @Override
  public String unit(ProjectFiles project, String suite, Map<String, String> labels) {
    String file = labels.get("file");
    return file == null ? "" : project.relative(file);
  }
}
