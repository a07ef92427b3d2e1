package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One of Allure 2's {@code *-result.json}: one test, at one time. */
final class AllureReader implements DocumentReader {

  /**
   * What one file says.
   *
   * @param history the same for all retries of a test; null where the file does not say
   * @param stop when it ended, in milliseconds
   */
  record Found(TestCase testCase, @Nullable String history, double stop) {}

  private final Reading reading;
  private @Nullable Found found;

  AllureReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    CaseDraft draft = new CaseDraft();
    String history = null;
    double start = Double.NaN;
    double stop = Double.NaN;
    String status = "";
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "name" -> draft.name = json.text();
        case "fullName" -> draft.suite = json.text();
        case "historyId" -> history = json.text();
        case "status" -> status = json.text();
        case "statusDetails" -> details(json, draft);
        case "start" -> start = json.number();
        case "stop" -> stop = json.number();
        default -> json.skip();
      }
    }
    draft.result = result(status);
    draft.took = Millis.of(stop - start, 1);
    found = new Found(draft.build(), history == null || history.isBlank() ? null : history, stop);
  }

  /** Broken is what could not be carried out; unknown says neither yes nor no. */
  static Result result(String status) {
    return switch (status) {
      case "passed" -> Result.PASSED;
      case "failed" -> Result.FAILED;
      case "broken" -> Result.ERROR;
      default -> Result.SKIPPED;
    };
  }

  private static void details(JsonScanner json, CaseDraft draft) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "message" -> draft.message = json.text();
        case "trace" -> draft.detail(json.text());
        default -> json.skip();
      }
    }
  }

  @Nullable Found found() {
    return found;
  }

  @Override
  public Report report() {
    Found one = found;
    if (one != null) {
      reading.testCase(one.testCase());
    }
    return reading.testReport(Format.ALLURE);
  }
}
