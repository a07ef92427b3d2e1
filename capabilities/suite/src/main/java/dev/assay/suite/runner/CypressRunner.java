package dev.assay.suite.runner;

import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.Request.Matching;
import dev.assay.suite.runner.Request.Units;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cypress. A single test cannot be named; its file is run. */
public final class CypressRunner implements TestRunner {

  private static final String SOURCES = "{,**/}*.cy.{js,jsx,ts,tsx}";

  @Override
  public String id() {
    return "cypress";
  }

  @Override
  public String title() {
    return "Cypress";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    return project
        .matching("cypress.config.{js,ts,mjs,cjs}")
        .or(() -> project.first("cypress.json"));
  }

  @Override
  public String program(ProjectFiles project) {
    return NodeScript.missing(project, "cypress");
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
    NodeScript script = NodeScript.of(request.project(), "cypress");
    Invocation.Words words =
        new Invocation.Words()
            .add(NodeScript.program(request.project(), "cypress"))
            .add("runs once, without a window", "run")
            .all("as `npm test` says", script.options())
            .add(
                "writes reports that can be read, one a file",
                "--reporter",
                "junit",
                "--reporter-options",
                "mochaFile=" + request.reports() + "/[hash].xml,toConsole=false");
    if (request.retries() > 0) {
      words.add("tries a failed test again", "--config", "retries=" + request.retries());
    }
    words.all("your own options", request.options());
    String files =
        switch (request.what()) {
          case Request.All _ -> request.path();
          case Matching matching -> matching.pattern();
          case Units units -> String.join(",", units.units());
          case Cases cases -> String.join(",", cases.units());
        };
    if (!files.isEmpty()) {
      words.add("which files", "--spec", files);
    }
    return words.writing(script.environment(), request.reports() + "/*.xml");
  }

  @Override
  public String unit(ProjectFiles project, String suite, Map<String, String> labels) {
    String file = labels.get("file");
    return file == null ? "" : project.relative(file);
  }
}
