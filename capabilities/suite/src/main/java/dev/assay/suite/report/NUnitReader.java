package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.XmlScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * NUnit's XML. Version 3 says {@code result} and {@code label}; version 2 says {@code executed},
 * {@code success} and, since 2.5, {@code result}.
 *
 * <p>Inconclusive, ignored, explicit and not runnable cases are skipped: they say neither yes nor
 * no. Version 3 counts a test that threw among those that failed and tells them apart by a label
 * only, so it is a failure here too; version 2 has a result of its own for it. A warning has
 * passed.
 */
final class NUnitReader implements ElementReader {

  /** A suite that is open. */
  private record Suite(String name, String result, String site) {}

  private final Reading reading;
  private final Format format;
  private final Deque<Suite> suites = new ArrayDeque<>();
  private OptionalLong declaredFailing = OptionalLong.empty();
  private @Nullable CaseDraft open;
  private @Nullable CaseDraft suiteFailure;
  private boolean first = true;
  private boolean assertions;

  NUnitReader(Reading reading, Format format) {
    this.reading = reading;
    this.format = format;
  }

  @Override
  public void start(XmlScanner xml) {
    if (first) {
      first = false;
      root(xml);
    }
    CaseDraft current = open == null ? suiteFailure : open;
    switch (xml.name()) {
      case "test-suite" -> suites.push(suite(xml));
      case "test-case" -> open = testCase(xml);
      case "failure" -> {
        if (open == null && !suites.isEmpty()) {
          suiteFailure = new CaseDraft();
        }
      }
      case "assertions" -> assertions = true; // what they say, the failure says too
      case "message" -> xml.listen(current == null || assertions ? null : current.messageText());
      case "stack-trace" -> xml.listen(current == null || assertions ? null : current.detailText());
      default -> {
        // properties, attachments, output
      }
    }
  }

  private void root(XmlScanner xml) {
    String failed = xml.attribute(format == Format.NUNIT3 ? "failed" : "failures");
    String errors = xml.attribute("errors");
    OptionalLong one = failed == null ? OptionalLong.empty() : Numbers.whole(failed);
    OptionalLong two = errors == null ? OptionalLong.empty() : Numbers.whole(errors);
    if (one.isPresent()) {
      declaredFailing = OptionalLong.of(one.getAsLong() + two.orElse(0));
    }
  }

  private static Suite suite(XmlScanner xml) {
    return new Suite(
        text(xml, "fullname", text(xml, "name", "")),
        text(xml, "result", ""),
        text(xml, "site", ""));
  }

  private static String text(XmlScanner xml, String attribute, String otherwise) {
    String value = xml.attribute(attribute);
    return value == null ? otherwise : value;
  }

  private CaseDraft testCase(XmlScanner xml) {
    CaseDraft draft = new CaseDraft();
    draft.name = text(xml, "name", text(xml, "fullname", ""));
    draft.suite =
        text(xml, "classname", suites.isEmpty() ? "" : String.valueOf(suites.peek().name()));
    String time = xml.attribute("duration");
    draft.took = Seconds.parse(time == null ? xml.attribute("time") : time);
    draft.type = xml.attribute("label");
    draft.result = result(xml);
    return draft;
  }

  private Result result(XmlScanner xml) {
    String result = text(xml, "result", "").toLowerCase(Locale.ROOT);
    return switch (result) {
      case "passed", "success", "warning" -> Result.PASSED;
      case "failed", "failure" -> Result.FAILED;
      case "error", "cancelled" -> Result.ERROR;
      case "skipped", "ignored", "inconclusive", "notrunnable", "explicit", "notexecuted" ->
          Result.SKIPPED;
      default -> olderResult(xml, result);
    };
  }

  /** What NUnit before 2.5 wrote: no result, but whether it ran and whether that was well. */
  private Result olderResult(XmlScanner xml, String unknown) {
    if (!unknown.isEmpty()) {
      reading.notice(
          Rule.UNKNOWN,
          false,
          xml.line(),
          xml.column(),
          "has a test case with the unknown result '" + Texts.shown(unknown) + "'");
    }
    if ("false".equalsIgnoreCase(xml.attribute("executed"))) {
      return Result.SKIPPED;
    }
    return "false".equalsIgnoreCase(xml.attribute("success")) ? Result.FAILED : Result.PASSED;
  }

  @Override
  public void end(XmlScanner xml) {
    switch (xml.name()) {
      case "message", "stack-trace" -> xml.listen(null);
      case "test-case" -> {
        CaseDraft draft = open;
        if (draft != null) {
          reading.testCase(draft.build());
        }
        open = null;
        assertions = false;
      }
      case "assertions" -> assertions = false;
      case "test-suite" -> endSuite();
      case "failure" -> endFailure(xml);
      default -> {
        // nothing ends with it
      }
    }
  }

  private void endSuite() {
    if (!suites.isEmpty()) {
      suites.pop();
    }
  }

  /** A suite repeats that its tests have failed; only what broke itself is news. */
  private void endFailure(XmlScanner xml) {
    CaseDraft draft = suiteFailure;
    Suite suite = suites.peek();
    if (draft == null || suite == null) {
      return;
    }
    suiteFailure = null;
    String said = draft.messageText().toString();
    boolean ofChildren =
        suite.site().equals("Child")
            || suite.site().equals("Parent")
            || said.contains("One or more child tests had errors")
            || said.contains("Child test failed");
    if (!ofChildren && (suite.site().length() > 0 || said.contains("TearDown"))) {
      reading.outside(xml.line(), xml.column(), suite.name(), said, draft.detailText().toString());
    }
  }

  @Override
  public Report report(boolean cut) {
    if (!cut && declaredFailing.isPresent()) {
      Totals.compareFailing(reading, declaredFailing.getAsLong());
    }
    return reading.testReport(format);
  }
}
