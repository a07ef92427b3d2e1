package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.Flaw;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Playwright's JSON. A test is a spec in one project, with its retries as attempts; one that failed
 * as it was expected to has passed.
 */
final class PlaywrightReader implements DocumentReader {

  private static final int MOST_ATTEMPTS = 100;

  private final Reading reading;

  PlaywrightReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "suites" -> suites(json, "");
        case "errors" -> errors(json);
        default -> json.skip();
      }
    }
  }

  private void errors(JsonScanner json) throws IOException {
    if (!json.array()) {
      return;
    }
    while (json.item()) {
      CaseDraft draft = new CaseDraft();
      MochaReader.error(json, draft);
      Flaw here = json.here(Flaw.Kind.UNCLEAN, "");
      String message = draft.message == null ? "" : draft.message;
      reading.outside(here.line(), here.column(), "test run", message, "");
    }
  }

  private void suites(JsonScanner json, String around) throws IOException {
    if (!json.array()) {
      return;
    }
    while (json.item()) {
      if (json.object()) {
        suite(json, around);
      }
    }
  }

  private void suite(JsonScanner json, String around) throws IOException {
    String path = around;
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "title" -> {
          String title = json.text();
          path = around.isEmpty() ? title : Texts.cut(around + " > " + title);
        }
        case "suites" -> suites(json, path);
        case "specs" -> {
          if (json.array()) {
            while (json.item()) {
              spec(json, path);
            }
          }
        }
        default -> json.skip();
      }
    }
  }

  private void spec(JsonScanner json, String suite) throws IOException {
    if (!json.object()) {
      return;
    }
    String title = "";
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "title" -> title = json.text();
        case "tests" -> {
          if (json.array()) {
            while (json.item()) {
              test(json, suite, title);
            }
          }
        }
        default -> json.skip();
      }
    }
  }

  private void test(JsonScanner json, String suite, String title) throws IOException {
    if (!json.object()) {
      return;
    }
    String project = "";
    String status = "";
    List<Attempt> attempts = new ArrayList<>();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "projectName" -> project = json.text();
        case "status" -> status = json.text();
        case "results" -> {
          if (json.array()) {
            while (json.item()) {
              Attempt attempt = attempt(json);
              if (attempts.size() < MOST_ATTEMPTS) {
                attempts.add(attempt);
              }
            }
          }
        }
        default -> json.skip();
      }
    }
    tell(suite, project.isEmpty() ? title : title + " [" + project + "]", status, attempts);
  }

  private void tell(String suite, String title, String status, List<Attempt> attempts) {
    Result last = attempts.isEmpty() ? Result.SKIPPED : attempts.getLast().result();
    Result result =
        switch (status) {
          case "expected" -> last == Result.SKIPPED ? Result.SKIPPED : Result.PASSED;
          case "flaky" -> Result.PASSED;
          case "skipped" -> Result.SKIPPED;
          case "unexpected" -> Result.FAILED;
          default -> last;
        };
    Duration sum = attempts.stream().map(Attempt::took).reduce(Duration.ZERO, Duration::plus);
    if (attempts.isEmpty() || last != result) {
      attempts.add(new Attempt(result, Duration.ZERO, null, status, null));
    }
    reading.testCase(
        new TestCase(suite, Texts.cut(title), false, result, attempts, Optional.of(sum), Map.of()));
  }

  private static Attempt attempt(JsonScanner json) throws IOException {
    CaseDraft draft = new CaseDraft();
    if (json.object()) {
      for (String name = json.name(); name != null; name = json.name()) {
        switch (name) {
          case "status" ->
              draft.result =
                  switch (json.text()) {
                    case "passed" -> Result.PASSED;
                    case "skipped" -> Result.SKIPPED;
                    default -> Result.FAILED;
                  };
          case "duration" -> draft.took = Millis.of(json.number(), 1);
          case "error" -> MochaReader.error(json, draft);
          default -> json.skip();
        }
      }
    }
    return draft.build().attempts().getFirst();
  }

  @Override
  public Report report() {
    return reading.testReport(Format.PLAYWRIGHT);
  }
}
