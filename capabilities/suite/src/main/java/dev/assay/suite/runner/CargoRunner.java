package dev.assay.suite.runner;

import dev.assay.suite.report.Format;
import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.Request.Matching;
import dev.assay.suite.runner.Request.Units;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code cargo test}. Stable Rust writes no report, so its output is read; it does not say how long
 * each test took.
 */
public final class CargoRunner implements TestRunner {

  @Override
  public String id() {
    return "cargo";
  }

  @Override
  public String title() {
    return "cargo test";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    return project.first("Cargo.toml");
  }

  @Override
  public String program(ProjectFiles project) {
    return "cargo";
  }

  @Override
  public Unit unit() {
    return Unit.NONE;
  }

  @Override
  public boolean besideItself() {
    return false;
  }

  @Override
  public Invocation invocation(Request request) {
    Invocation.Words words =
        new Invocation.Words()
            .add("Cargo of the machine", "cargo")
            .add("runs tests", "test")
            .add("goes on after a target with a failing test", "--no-fail-fast")
            .add("leaves colours out of the output, which is the report", "--color=never")
            .all("your own options", request.options());
    switch (request.what()) {
      case Request.All _ -> {}
      case Matching matching -> words.add("which tests, by their names", matching.pattern());
      case Units units ->
          throw new IllegalArgumentException("cargo runs no units alone: " + units.units());
      case Cases cases ->
          words
              .add("names of tests are whole names", "--", "--exact")
              .all(
                  "the tests that are tried again",
                  cases.cases().stream().map(Request.Case::name).distinct().toList());
    }
    return words.printing(Format.CARGO_TEST);
  }

  @Override
  public List<List<String>> measures() {
    return List.of(List.of("{,target/,coverage/}lcov.info", "{,target/,coverage/}cobertura.xml"));
  }

  @Override
  public String unit(ProjectFiles project, String suite, Map<String, String> labels) {
    return suite;
  }

  @Override
  public List<String> units(Request request) {
    return List.of();
  }
}
