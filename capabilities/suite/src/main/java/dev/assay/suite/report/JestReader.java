package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.Flaw;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The JSON of Jest and of Vitest. Pending, todo and disabled tests are skipped. A test file that
 * failed though none of its tests did, because it could not be loaded, failed outside every test.
 */
final class JestReader implements DocumentReader {

  /** More tests of one file than that do not wait for its name. */
  private static final int MOST_WAITING = 20_000;

  private final Reading reading;

  JestReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      if (!name.equals("testResults") || !json.array()) {
        if (!name.equals("testResults")) {
          json.skip();
        }
        continue;
      }
      while (json.item()) {
        file(json);
      }
    }
  }

  private void file(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    long failing = reading.failing();
    String path = "";
    String status = "";
    String message = "";
    boolean broken = false;
    List<TestCase> waiting = new ArrayList<>();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "name", "testFilePath" -> path = json.text();
        case "status" -> status = json.text();
        case "message", "failureMessage" -> message = json.text();
        case "testExecError" -> {
          broken = json.kind() == JsonScanner.Value.OBJECT;
          json.skip();
        }
        case "assertionResults", "testResults" -> {
          if (json.array()) {
            while (json.item()) {
              test(json, waiting);
              if (waiting.size() > MOST_WAITING) {
                tell(waiting, path);
              }
            }
          }
        }
        default -> json.skip();
      }
    }
    tell(waiting, path);
    if ((status.equals("failed") || broken) && reading.failing() == failing) {
      Flaw here = json.here(Flaw.Kind.UNCLEAN, "");
      reading.outside(here.line(), here.column(), path, message, message);
    }
  }

  /** The name of a file stands behind its tests, which wait for it. */
  private void tell(List<TestCase> waiting, String path) {
    for (TestCase one : waiting) {
      reading.testCase(path.isEmpty() ? one : one.in(path));
    }
    waiting.clear();
  }

  private void test(JsonScanner json, List<TestCase> waiting) throws IOException {
    if (!json.object()) {
      return;
    }
    CaseDraft draft = new CaseDraft();
    String full = "";
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "title" -> draft.name = json.text();
        case "fullName" -> full = json.text();
        case "ancestorTitles" -> draft.suite = CtrfReader.joined(json);
        case "status" -> draft.result = result(json.text());
        case "duration" -> draft.took = Millis.of(json.number(), 1);
        case "failureMessages" -> draft.message = CtrfReader.joined(json);
        default -> json.skip();
      }
    }
    draft.name = draft.name.isEmpty() ? full : draft.name;
    waiting.add(draft.build());
  }

  static Result result(String status) {
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "passed", "focused" -> Result.PASSED;
      case "failed" -> Result.FAILED;
      default -> Result.SKIPPED;
    };
  }

  @Override
  public Report report() {
    return reading.testReport(Format.JEST);
  }
}
