package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.util.Locale;

/** The Common Test Report Format. Pending and other tests are skipped. */
final class CtrfReader implements DocumentReader {

  private final Reading reading;
  private long declaredFailed = -1;

  CtrfReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      if (name.equals("results")) {
        results(json);
      } else {
        json.skip();
      }
    }
  }

  private void results(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      if (name.equals("tests")) {
        if (json.array()) {
          while (json.item()) {
            test(json);
          }
        }
      } else if (name.equals("summary")) {
        summary(json);
      } else {
        json.skip();
      }
    }
  }

  private void summary(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      if (name.equals("failed")) {
        double failed = json.number();
        declaredFailed = failed >= 0 ? (long) failed : -1;
      } else {
        json.skip();
      }
    }
  }

  private void test(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    CaseDraft draft = new CaseDraft();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "name" -> draft.name = json.text();
        case "suite" -> draft.suite = joined(json);
        case "status" -> draft.result = result(json.text());
        case "duration" -> draft.took = Millis.of(json.number(), 1);
        case "message" -> draft.message = json.text();
        case "trace" -> draft.detail(json.text());
        case "filePath" -> draft.file = json.text();
        case "line" -> draft.line = json.text();
        default -> json.skip();
      }
    }
    reading.testCase(draft.build());
  }

  /** A text, or the texts of an array with {@code >} between them. */
  static String joined(JsonScanner json) throws IOException {
    if (json.kind() != JsonScanner.Value.ARRAY) {
      return json.text();
    }
    StringBuilder joined = new StringBuilder();
    json.array();
    while (json.item()) {
      String part = json.text();
      if (joined.length() < Texts.LONGEST_NAME && !part.isBlank()) {
        joined.append(joined.isEmpty() ? "" : " > ").append(part);
      }
    }
    return joined.toString();
  }

  private static Result result(String status) {
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "passed" -> Result.PASSED;
      case "failed" -> Result.FAILED;
      default -> Result.SKIPPED;
    };
  }

  @Override
  public Report report() {
    if (declaredFailed > 0 && reading.failing() == 0) {
      Totals.compareFailing(reading, declaredFailed);
    }
    return reading.testReport(Format.CTRF);
  }
}
