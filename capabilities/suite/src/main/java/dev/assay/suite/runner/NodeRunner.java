package dev.assay.suite.runner;

import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.Request.Matching;
import dev.assay.suite.runner.Request.Units;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Node's own {@code node --test}, version 20 or later. */
public final class NodeRunner implements TestRunner {

  private static final String REPORTER = "assay-reporter.mjs";

  /** As Node looks for them where no file is named. */
  private static final List<String> SOURCES =
      List.of(
          "{,**/}{*.test,*-test,*_test,test-*,test}.{js,cjs,mjs}", "{,**/}test/**.{js,cjs,mjs}");

  @Override
  public String id() {
    return "node";
  }

  @Override
  public String title() {
    return "node --test";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    String script = project.testScript();
    return script.matches("(?s).*\\bnode\\b.*\\s--test\\b.*")
        ? Optional.of("`npm test` in package.json")
        : Optional.empty();
  }

  @Override
  public String program(ProjectFiles project) {
    return "node";
  }

  @Override
  public Unit unit() {
    return Unit.FILE;
  }

  @Override
  public List<String> units(Request request) throws IOException {
    Set<String> files = new TreeSet<>();
    for (String glob : SOURCES) {
      files.addAll(request.project().below(request.path(), glob));
    }
    return List.copyOf(files);
  }

  @Override
  public Invocation invocation(Request request) throws IOException {
    Path report = request.reports().resolve("node.xml");
    NodeScript script = NodeScript.of(request.project(), "node");
    Invocation.Words words =
        new Invocation.Words()
            .add("Node of the machine", "node")
            .all("as `npm test` says", script.options())
            .add("runs tests", "--test")
            .add("shows what it does", "--test-reporter=spec", "--test-reporter-destination=stdout")
            .add(
                "writes a report that can be read, in which each test names its file",
                "--test-reporter=" + reporter(request).toUri(),
                "--test-reporter-destination=" + report)
            .all("your own options", request.options());
    switch (request.what()) {
      case Request.All _ -> {
        if (!request.path().isEmpty()) {
          words.add("which tests", request.path());
        }
      }
      case Matching matching ->
          words.add("which tests, by their names", "--test-name-pattern=" + matching.pattern());
      case Units units -> words.all("the files of this part", units.units());
      case Cases cases -> {
        Set<String> patterns = new LinkedHashSet<>();
        for (Request.Case one : cases.cases()) {
          // Node 20 looks at a test's own name, later ones at that with those around it
          String name = one.name().replaceFirst("(?s).* > ", "");
          patterns.add(
              "--test-name-pattern=" + name.replaceAll("[.*+?^${}()|\\[\\]\\\\/]", "\\\\$0") + "$");
        }
        words.all("the tests that are tried again", List.copyOf(patterns));
        words.all("their files", cases.units());
      }
    }
    return words.writing(script.environment(), report.toString());
  }

  private static Path reporter(Request request) throws IOException {
    Path file = request.reports().resolve(REPORTER);
    try (InputStream source =
        Objects.requireNonNull(NodeRunner.class.getResourceAsStream(REPORTER))) {
      Files.write(file, source.readAllBytes());
    }
    return file;
  }

  @Override
  public List<List<String>> measures() {
    return List.of(List.of("{lcov.info,coverage/lcov.info,coverage/coverage-final.json}"));
  }

  @Override
  public String unit(ProjectFiles project, String suite, Map<String, String> labels) {
    String file = labels.get("file");
    return file == null ? "" : project.relative(file);
  }
}
