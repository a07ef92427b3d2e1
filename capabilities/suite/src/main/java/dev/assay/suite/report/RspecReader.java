package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;

/** RSpec's JSON. Pending examples are skipped; errors outside of examples are just that. */
final class RspecReader implements DocumentReader {

  private final Reading reading;

  RspecReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      if (name.equals("examples")) {
        if (json.array()) {
          while (json.item()) {
            example(json);
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
      if (!name.equals("errors_outside_of_examples_count")) {
        json.skip();
      } else if (json.number() > 0) {
        reading.outside(1, 1, "test run", "errors occurred outside of examples", "");
      }
    }
  }

  private void example(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    CaseDraft draft = new CaseDraft();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "full_description" -> draft.name = json.text();
        case "status" ->
            draft.result =
                switch (json.text()) {
                  case "passed" -> Result.PASSED;
                  case "failed" -> Result.FAILED;
                  default -> Result.SKIPPED;
                };
        case "file_path" -> draft.file = json.text();
        case "line_number" -> draft.line = json.text();
        case "run_time" -> draft.took = Millis.of(json.number(), 1000);
        case "exception" -> exception(json, draft);
        default -> json.skip();
      }
    }
    draft.suite = draft.file == null ? "" : draft.file;
    reading.testCase(draft.build());
  }

  private static void exception(JsonScanner json, CaseDraft draft) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "class" -> draft.type = json.text();
        case "message" -> draft.message = json.text();
        case "backtrace" -> draft.detail(CtrfReader.joined(json));
        default -> json.skip();
      }
    }
  }

  @Override
  public Report report() {
    return reading.testReport(Format.RSPEC);
  }
}
