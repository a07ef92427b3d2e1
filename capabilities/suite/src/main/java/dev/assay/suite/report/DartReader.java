package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.BrokenTextException;
import dev.assay.suite.scan.JsonScanner;
import dev.assay.suite.scan.LineScanner;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The events of Dart's and Flutter's JSON reporter. Hidden tests, by which files are loaded, do not
 * count, unless loading failed: then the reporter itself shows them. A test that began and never
 * ended is an error.
 */
final class DartReader {

  private static final int MOST_OPEN = 1_000_000;

  /** What an event says, of all kinds of events. */
  private static final class Event {
    String type = "";
    String id = "";
    String name = "";
    String suite = "";
    String path = "";
    String result = "";
    String error = "";
    String stack = "";
    String line = "";
    boolean hidden;
    boolean skipped;
    double time = Double.NaN;
  }

  /** A test that has begun. */
  private record Begun(CaseDraft draft, double time) {}

  private final Reading reading;
  private final JsonScanner json = new JsonScanner();
  private final Map<String, String> suites = new HashMap<>();
  private final Map<String, Begun> open = new LinkedHashMap<>();
  private boolean done;
  private boolean broken;

  DartReader(Reading reading) {
    this.reading = reading;
  }

  Report read(LineScanner lines) throws IOException {
    while (lines.next()) {
      if (lines.first() == '{') {
        json.line(lines);
        try {
          accept(event());
        } catch (BrokenTextException wrong) {
          broken = true;
          reading.notice(
              lines.ended() ? Rule.MALFORMED : Rule.TRUNCATED,
              true,
              lines.number(),
              wrong.flaw().column(),
              "has a line that " + wrong.flaw().message());
        }
      }
    }
    if (!done && !broken) {
      reading.notice(
          Rule.TRUNCATED, true, lines.number(), 1, "has no event 'done', so its end is missing");
    }
    unfinished();
    return reading.testReport(Format.DART);
  }

  /** Tests that began and never ended, because the run was killed. */
  private void unfinished() {
    for (Begun begun : open.values()) {
      if (!begun.draft.name.startsWith("loading ")) {
        begun.draft.result = Result.ERROR;
        begun.draft.message = "the test began and never ended";
        reading.testCase(begun.draft.build());
      }
    }
  }

  private Event event() throws IOException {
    Event event = new Event();
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "type" -> event.type = json.text();
        case "time" -> event.time = json.number();
        case "testID" -> event.id = json.text();
        case "result" -> event.result = json.text();
        case "hidden" -> event.hidden = json.yes();
        case "skipped" -> event.skipped = json.yes();
        case "error" -> event.error = json.text();
        case "stackTrace" -> event.stack = json.text();
        case "test", "suite" -> inner(event);
        default -> json.skip();
      }
    }
    return event;
  }

  private void inner(Event event) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "id" -> event.id = json.text();
        case "name" -> event.name = json.text();
        case "suiteID" -> event.suite = json.text();
        case "path" -> event.path = json.text();
        case "line" -> event.line = json.text();
        default -> json.skip();
      }
    }
  }

  private void accept(Event event) {
    switch (event.type) {
      case "suite" -> {
        if (suites.size() < MOST_OPEN) {
          suites.put(event.id, event.path);
        }
      }
      case "testStart" -> {
        CaseDraft draft = new CaseDraft();
        draft.suite = suites.getOrDefault(event.suite, "");
        draft.file = draft.suite;
        draft.line = event.line;
        draft.name = event.name;
        if (open.size() < MOST_OPEN) {
          open.put(event.id, new Begun(draft, event.time));
        }
      }
      case "error" -> {
        Begun begun = open.get(event.id);
        if (begun != null && begun.draft.message == null) {
          begun.draft.message = event.error;
          begun.draft.detail(event.stack);
        }
      }
      case "testDone" -> end(event);
      case "done" -> done = true;
      default -> {
        // start, allSuites, group, print
      }
    }
  }

  private void end(Event event) {
    Begun begun = open.remove(event.id);
    if (event.hidden) {
      return;
    }
    CaseDraft draft = begun == null ? new CaseDraft() : begun.draft;
    if (begun != null) {
      draft.took = Millis.of(event.time - begun.time, 1);
    }
    draft.result =
        switch (event.result) {
          case "failure" -> Result.FAILED;
          case "error" -> Result.ERROR;
          default -> event.skipped ? Result.SKIPPED : Result.PASSED;
        };
    reading.testCase(draft.build());
  }
}
