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

/** Jest. */
public final class JestRunner implements TestRunner {

  private static final String[] CONFIGURATIONS = {
    "jest.config.js", "jest.config.ts", "jest.config.mjs", "jest.config.cjs", "jest.config.json"
  };
  private static final String SEQUENCER = "assay-order.cjs";

  @Override
  public String id() {
    return "jest";
  }

  @Override
  public String title() {
    return "Jest";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    return project
        .first(CONFIGURATIONS)
        .or(() ->
            NodeScript.names(project, "jest")
                ? Optional.of("`npm test` in package.json")
                : Optional.empty())
        .or(() ->
            project.testScript().isEmpty() && project.dependsOn("jest")
                ? Optional.of("package.json depends on jest")
                : Optional.empty());
  }

  @Override
  public String program(ProjectFiles project) {
    return NodeScript.missing(project, "jest");
  }

  @Override
  public Unit unit() {
    return Unit.FILE;
  }

  @Override
  public boolean keepsOrder(ProjectFiles project) {
    return true;
  }

  private static Invocation.Words start(Request request) {
    return new Invocation.Words()
        .add(NodeScript.program(request.project(), "jest"))
        .all("as `npm test` says", NodeScript.of(request.project(), "jest").options());
  }

  @Override
  public Optional<Invocation> listing(Request request) {
    Invocation.Words words = start(request).add("lists, and runs nothing", "--listTests");
    words.all("your own options", request.options());
    return Optional.of(words.writing(environment(request)));
  }

  @Override
  public List<String> listed(ProjectFiles project, List<String> lines) {
    return lines.stream()
        .map(String::strip)
        .filter(line -> line.startsWith("/") && line.matches(".*\\.[cm]?[jt]sx?"))
        .map(project::relative)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public Invocation invocation(Request request) throws IOException {
    Path report = request.reports().resolve("jest.json");
    Invocation.Words words =
        start(request)
            .add("a snapshot that is missing fails, and is not written", "--ci")
            .add(
                "writes a report that can be read",
                "--json",
                "--testLocationInResults",
                "--outputFile=" + report)
            .all("your own options", request.options());
    switch (request.what()) {
      case Request.All _ -> {}
      case Matching matching -> words.add("which tests, by their names", "-t", matching.pattern());
      case Units units -> {
        words.add("in the order in which they are named", "--testSequencer=" + sequencer(request));
        files(words, units.units(), "the files of this part");
      }
      case Cases cases -> {
        words.add("the tests that are tried again", "-t", "^" + NodeScript.pattern(cases.cases()));
        files(words, cases.units(), "their files");
      }
    }
    if (!request.path().isEmpty() && !(request.what() instanceof Units)) {
      words.add("which tests", request.path());
    }
    return words.writing(environment(request), report.toString());
  }

  private static Map<String, String> environment(Request request) {
    return NodeScript.of(request.project(), "jest").environment();
  }

  private static void files(Invocation.Words words, List<String> files, String why) {
    words.add("names are files, not patterns", "--runTestsByPath").all(why, files);
  }

  /** Jest orders by itself unless a class says otherwise. */
  private static Path sequencer(Request request) throws IOException {
    Path file = request.reports().resolve(SEQUENCER);
    Files.writeString(
        file,
        """
        const named = process.argv.map((word) => require('node:path').resolve(word));
        module.exports = class {
          sort(tests) {
            const at = (test) => named.indexOf(test.path);
            return [...tests].sort((one, other) => at(one) - at(other));
          }
          shard(tests) { return tests; }
          allFailedTests(tests) { return tests; }
          cacheResults() {}
        };
        """);
    return file;
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
