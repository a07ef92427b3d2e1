package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.Flaw;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;

/** Mochawesome's JSON. A hook that failed is outside every test. */
final class MochawesomeReader implements DocumentReader {

  private final Reading reading;

  MochawesomeReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "results" -> suites(json);
        case "suites" -> suite(json);
        default -> json.skip();
      }
    }
  }

  private void suites(JsonScanner json) throws IOException {
    if (json.array()) {
      while (json.item()) {
        suite(json);
      }
    }
  }

  private void suite(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    String title = "";
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "title" -> title = json.text();
        case "suites" -> suites(json);
        case "tests" -> {
          if (json.array()) {
            while (json.item()) {
              test(json, title, false);
            }
          }
        }
        case "beforeHooks", "afterHooks" -> {
          if (json.array()) {
            while (json.item()) {
              test(json, title, true);
            }
          }
        }
        default -> json.skip();
      }
    }
  }

  private void test(JsonScanner json, String suite, boolean hook) throws IOException {
    if (!json.object()) {
      return;
    }
    CaseDraft draft = new CaseDraft();
    draft.suite = suite;
    boolean failed = false;
    boolean skipped = false;
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "title" -> draft.name = json.text();
        case "duration" -> draft.took = Millis.of(json.number(), 1);
        case "fail" -> failed |= json.yes();
        case "pending", "skipped" -> skipped |= json.yes();
        case "state" -> failed |= json.text().equals("failed");
        case "err" -> MochaReader.error(json, draft);
        default -> json.skip();
      }
    }
    draft.result = failed ? Result.FAILED : skipped ? Result.SKIPPED : Result.PASSED;
    if (!hook) {
      reading.testCase(draft.build());
    } else if (failed) {
      Flaw here = json.here(Flaw.Kind.UNCLEAN, "");
      String message = String.valueOf(draft.message);
      reading.outside(here.line(), here.column(), suite + " " + draft.name, message, "");
    }
  }

  @Override
  public Report report() {
    return reading.testReport(Format.MOCHAWESOME);
  }
}
