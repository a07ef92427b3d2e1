package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.LineScanner;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code cargo test} prints, as stable Rust writes no report. Results are the lines {@code
 * test NAME ... ok}; why a test failed stands further below, under its name. Failed tests of a
 * target wait for that; others are told as they are read.
 */
final class CargoTestReader {

  static final Pattern BEGIN = Pattern.compile("running (\\d+) tests?");
  static final Pattern TEST =
      Pattern.compile("test (.+?)(?: - should panic)? \\.\\.\\. (ok|FAILED|ignored)(?:, (.*))?");
  private static final Pattern TARGET =
      Pattern.compile("\\s+(?:Running (?:unittests )?(\\S+)|Doc-tests (\\S+)).*");
  private static final Pattern REASON = Pattern.compile("---- (.+) stdout ----");
  private static final Pattern END = Pattern.compile("test result: (?:ok|FAILED)\\..*");
  private static final Pattern PANIC =
      Pattern.compile("thread '.*' .*panicked at (\\S+?):(\\d+):.*");

  private final Reading reading;
  private final Map<String, CaseDraft> failed = new LinkedHashMap<>();
  private final StringBuilder detail = new StringBuilder();
  private String target = "";
  private @Nullable CaseDraft told;
  private long expected;
  private long seen;
  private boolean open;

  CargoTestReader(Reading reading) {
    this.reading = reading;
  }

  Report read(LineScanner lines) throws IOException {
    while (lines.next()) {
      line(lines.text(), lines.number());
    }
    if (open) {
      reading.notice(
          Rule.TRUNCATED,
          true,
          lines.number(),
          1,
          "ends before the tests of '" + target + "' do: " + seen + " of " + expected + " have");
    }
    flush();
    return reading.testReport(Format.CARGO_TEST);
  }

  private void line(String line, long number) {
    Matcher ofTarget = TARGET.matcher(line);
    Matcher begin = BEGIN.matcher(line);
    Matcher test = TEST.matcher(line);
    Matcher reason = REASON.matcher(line);
    if (!open && ofTarget.matches()) {
      target = ofTarget.group(1) == null ? "doc-tests " + ofTarget.group(2) : ofTarget.group(1);
    } else if (begin.matches()) {
      crashed(number);
      open = true;
      expected = Long.parseLong(begin.group(1));
      seen = 0;
    } else if (open && test.matches()) {
      testCase(test);
    } else if (open && reason.matches()) {
      tell();
      told = failed.get(reason.group(1));
    } else if (END.matcher(line).matches()) {
      open = false;
      flush();
    } else if (line.equals("failures:")) {
      tell();
    } else if (line.startsWith("error: test failed") || line.startsWith("error: process")) {
      crashed(number);
    } else if (told != null && detail.length() < (1 << 18)) {
      detail.append(line).append('\n');
    }
  }

  /** A target that ends without its result, such as by an abort, failed outside its tests. */
  private void crashed(long number) {
    if (open) {
      open = false;
      flush();
      reading.outside(
          number,
          1,
          target,
          "it ended after " + seen + " of " + expected + " tests, without a result",
          "");
    }
  }

  private void testCase(Matcher line) {
    CaseDraft draft = new CaseDraft();
    draft.suite = target;
    draft.name = line.group(1);
    seen++;
    switch (line.group(2)) {
      case "ok" -> reading.testCase(draft.build());
      case "ignored" -> {
        draft.result = Result.SKIPPED;
        draft.message = line.group(3);
        reading.testCase(draft.build());
      }
      default -> {
        draft.result = Result.FAILED;
        failed.put(draft.name, draft);
      }
    }
  }

  /** Gives a failed test what was printed under its name. */
  private void tell() {
    CaseDraft draft = told;
    if (draft != null) {
      String text = detail.toString().strip();
      draft.detail(text);
      String[] linesOf = text.split("\n", 8);
      for (int i = 0; i < linesOf.length; i++) {
        Matcher panic = PANIC.matcher(linesOf[i]);
        if (panic.matches()) {
          draft.type = "panic";
          draft.file = panic.group(1);
          draft.line = panic.group(2);
          draft.message = i + 1 < linesOf.length ? linesOf[i + 1] : null;
          break;
        }
      }
    }
    told = null;
    detail.setLength(0);
  }

  private void flush() {
    tell();
    failed.values().forEach(draft -> reading.testCase(draft.build()));
    failed.clear();
  }
}
