package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;

/**
 * Mocha's JSON reporter: all tests in one list, and again in the lists of what became of them. A
 * failed hook stands among the failures only; it counts as a failure and not as a test.
 */
final class MochaReader implements DocumentReader {

  private final Reading reading;
  private long listed = -1;
  private long told;

  MochaReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "tests" -> {
          listed = Math.max(0, listed);
          if (json.array()) {
            while (json.item()) {
              listed++;
              json.skip();
            }
          }
        }
        case "passes" -> list(json, Result.PASSED);
        case "failures" -> list(json, Result.FAILED);
        case "pending" -> list(json, Result.SKIPPED);
        default -> json.skip();
      }
    }
  }

  private void list(JsonScanner json, Result result) throws IOException {
    if (!json.array()) {
      return;
    }
    while (json.item()) {
      if (json.object()) {
        test(json, result);
      }
    }
  }

  private void test(JsonScanner json, Result result) throws IOException {
    CaseDraft draft = new CaseDraft();
    draft.result = result;
    String full = "";
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "title" -> draft.name = json.text();
        case "fullTitle" -> full = json.text();
        case "file" -> draft.file = json.text();
        case "duration" -> draft.took = Millis.of(json.number(), 1);
        case "err" -> error(json, draft);
        default -> json.skip();
      }
    }
    boolean ends = full.length() > draft.name.length() && full.endsWith(draft.name);
    draft.suite = ends ? full.substring(0, full.length() - draft.name.length()).strip() : "";
    told++;
    reading.testCase(draft.build());
  }

  static void error(JsonScanner json, CaseDraft draft) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "message" -> draft.message = json.text();
        case "stack", "estack" -> draft.detail(json.text());
        case "name", "code" -> draft.type = json.text();
        default -> json.skip();
      }
    }
  }

  @Override
  public Report report() {
    if (listed >= 0 && listed != told) {
      reading.notice(
          Rule.TOTALS,
          false,
          1,
          1,
          "lists "
              + listed
              + " tests, but says of "
              + told
              + " what became of them; hooks that failed, and tests that never ran, make the"
              + " difference");
      reading.count(listed - told, 0, 0, 0);
    }
    return reading.testReport(Format.MOCHA);
  }
}
