package dev.assay.suite.junit;

import dev.assay.api.evidence.Attempt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What a reader said about a report, for tests to look at. */
record ReadReport(List<JUnitCase> cases, List<JUnitNotice> notices) {

  static ReadReport of(byte[] bytes) {
    return of(new ByteArrayInputStream(bytes));
  }

  static ReadReport of(InputStream bytes) {
    ReadReport report = new ReadReport(new ArrayList<>(), new ArrayList<>());
    try {
      new JUnitXmlReader(
              new JUnitListener() {
                @Override
                public void testCase(JUnitCase testCase) {
                  report.cases.add(testCase);
                }

                @Override
                public void notice(JUnitNotice notice) {
                  report.notices.add(notice);
                }
              })
          .read(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return report;
  }

  boolean grave() {
    return notices.stream().anyMatch(JUnitNotice::grave);
  }

  /** The whole as lines that a person can check against the report. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (JUnitCase testCase : cases) {
      text.append(testCase.suite()).append(" | ").append(testCase.name());
      text.append(testCase.timed() ? "" : " | untimed");
      if (!testCase.labels().isEmpty()) {
        text.append(" | ").append(new java.util.TreeMap<>(testCase.labels()));
      }
      text.append('\n');
      testCase.attempts().forEach(attempt -> text.append(line(attempt)));
    }
    for (JUnitNotice notice : notices) {
      text.append(notice.grave() ? "INVALID " : "warning ");
      text.append(notice.rule().id()).append(" line ").append(notice.line());
      text.append(": ").append(notice.message()).append('\n');
    }
    return text.toString();
  }

  private static String line(Attempt attempt) {
    StringBuilder text = new StringBuilder("    " + attempt.result() + " " + attempt.took());
    append(text, "type", attempt.type());
    append(text, "message", attempt.message());
    append(text, "detail", attempt.detail());
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, String name, String value) {
    if (value != null) {
      text.append(" ").append(name).append("=[");
      text.append(value.replace("\n", "⏎").replace("\t", "⇥")).append(']');
    }
  }
}
