package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Cucumber's JSON. A test is a scenario; it failed if a step or hook did, and is skipped if one was
 * skipped, pending or undefined. Backgrounds are a part of their scenarios.
 */
final class CucumberReader implements DocumentReader {

  private final Reading reading;

  CucumberReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.array();
    while (json.item()) {
      feature(json);
    }
  }

  private void feature(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    String feature = "";
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "name" -> feature = json.text();
        case "uri" -> feature = feature.isEmpty() ? json.text() : skipped(json, feature);
        case "elements" -> {
          if (json.array()) {
            while (json.item()) {
              scenario(json, feature);
            }
          }
        }
        default -> json.skip();
      }
    }
  }

  private static String skipped(JsonScanner json, String known) throws IOException {
    json.skip();
    return known;
  }

  private void scenario(JsonScanner json, String feature) throws IOException {
    if (!json.object()) {
      return;
    }
    CaseDraft draft = new CaseDraft();
    draft.suite = feature;
    draft.took = Optional.of(Duration.ZERO);
    boolean background = false;
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "name" -> draft.name = json.text();
        case "line" -> draft.line = json.text();
        case "type" -> background = json.text().equals("background");
        case "steps", "before", "after" -> {
          if (json.array()) {
            while (json.item()) {
              step(json, draft);
            }
          }
        }
        default -> json.skip();
      }
    }
    if (!background) {
      reading.testCase(draft.build());
    } else if (draft.result.failure()) {
      reading.outside(1, 1, feature, "a background failed: " + draft.message, "");
    }
  }

  private static void step(JsonScanner json, CaseDraft draft) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      if (name.equals("result") && json.object()) {
        result(json, draft);
      } else if (!name.equals("result")) {
        json.skip();
      }
    }
  }

  private static void result(JsonScanner json, CaseDraft draft) throws IOException {
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "status" -> {
          String status = json.text().toLowerCase(Locale.ROOT);
          boolean failed = status.equals("failed") || status.equals("ambiguous");
          draft.result =
              failed || draft.result == Result.FAILED
                  ? Result.FAILED
                  : status.equals("passed") ? draft.result : Result.SKIPPED;
        }
        case "duration" ->
            draft.took =
                Optional.of(
                    draft
                        .took
                        .orElse(Duration.ZERO)
                        .plus(Millis.of(json.number(), 1e-6).orElse(Duration.ZERO)));
        case "error_message" -> draft.message = json.text();
        default -> json.skip();
      }
    }
  }

  @Override
  public Report report() {
    return reading.testReport(Format.CUCUMBER);
  }
}
