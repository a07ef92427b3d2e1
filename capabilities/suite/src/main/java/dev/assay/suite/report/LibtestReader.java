package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.BrokenTextException;
import dev.assay.suite.scan.JsonScanner;
import dev.assay.suite.scan.LineScanner;
import java.io.IOException;

/** The JSON of libtest, by which Rust's tests are run: {@code --format json}, also of nextest. */
final class LibtestReader {

  private final Reading reading;
  private final JsonScanner json = new JsonScanner();
  private long openSuites;

  LibtestReader(Reading reading) {
    this.reading = reading;
  }

  Report read(LineScanner lines) throws IOException {
    while (lines.next()) {
      if (lines.first() == '{') {
        json.line(lines);
        try {
          event();
        } catch (BrokenTextException wrong) {
          reading.notice(
              lines.ended() ? Rule.MALFORMED : Rule.TRUNCATED,
              true,
              lines.number(),
              wrong.flaw().column(),
              "has a line that " + wrong.flaw().message());
        }
      }
    }
    if (openSuites > 0) {
      reading.notice(Rule.TRUNCATED, true, lines.number(), 1, "ends before its last suite does");
    }
    return reading.testReport(Format.LIBTEST);
  }

  private void event() throws IOException {
    CaseDraft draft = new CaseDraft();
    String type = "";
    String event = "";
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "type" -> type = json.text();
        case "event" -> event = json.text();
        case "name" -> draft.name = json.text();
        case "stdout" -> draft.detail(json.text());
        case "message" -> draft.message = json.text();
        case "exec_time" -> draft.took = Millis.of(json.number(), 1000);
        default -> json.skip();
      }
    }
    if (type.equals("suite")) {
      openSuites += event.equals("started") ? 1 : -1;
    } else if (type.equals("test") && !event.equals("started") && !event.equals("timeout")) {
      draft.result =
          switch (event) {
            case "ok" -> Result.PASSED;
            case "ignored" -> Result.SKIPPED;
            default -> Result.FAILED;
          };
      reading.testCase(draft.build());
    }
  }
}
