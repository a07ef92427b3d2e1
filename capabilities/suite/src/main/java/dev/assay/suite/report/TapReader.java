package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.LineScanner;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Test Anything Protocol, versions 12 to 14, as {@code prove} reads it: a test is an unindented
 * test point; subtests are indented and summed up in the point that follows them. {@code # SKIP}
 * and {@code # TODO} are skipped, whatever stands before them, as neither can fail a run.
 */
final class TapReader {

  static final Pattern POINT =
      Pattern.compile(
          "(not )?ok\\b(?:[ \\t]+(\\d{1,18})(?=[ \\t]|$))?[ \\t]*(?:-(?=[ \\t]|$))?[ \\t]*(.*)");
  static final Pattern PLAN = Pattern.compile("1\\.\\.(\\d{1,15})[ \\t]*(#.*)?");
  static final Pattern BAIL = Pattern.compile("(?i)bail out!(.*)");
  private static final Pattern DIRECTIVE =
      Pattern.compile("(?i)#[ \\t]*(skip|todo)(?:(?<=(?i:skip))\\S*|\\b)(.*)");
  private static final Pattern TIME =
      Pattern.compile(
          "#[ \\t]*time=([0-9.]{1,20})[ \\t]*(ms|s)?|\\s+duration_ms: *([0-9.]{1,20})\\s*");
  private static final Pattern YAML_TEXT =
      Pattern.compile("\\s{1,8}(message|error|severity):\\s*['\"]?(.*?)['\"]?\\s*");
  private static final Pattern COMMENTED_SUBTEST = Pattern.compile("\\s+# Subtest.*");

  private final Reading reading;
  private @Nullable CaseDraft last;
  private long planned = -1;
  private long points;
  private boolean bailed;

  TapReader(Reading reading) {
    this.reading = reading;
  }

  Report read(LineScanner lines) throws IOException {
    while (lines.next()) {
      line(lines);
    }
    finish();
    conclude(lines.number());
    return reading.testReport(Format.TAP);
  }

  private void line(LineScanner lines) {
    int first = lines.length() == 0 ? -1 : lines.first();
    if (first < 0) {
      return;
    }
    String text = lines.text();
    if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
      detail(text);
      return;
    }
    Matcher point = POINT.matcher(text);
    Matcher plan = PLAN.matcher(text);
    Matcher bail = BAIL.matcher(text);
    if (point.matches()) {
      finish();
      last = point(point);
    } else if (plan.matches()) {
      // streams that were written one after the other each have a plan
      planned = Math.max(0, planned) + Long.parseLong(plan.group(1));
    } else if (bail.matches()) {
      finish();
      bailed = true;
      reading.outside(lines.number(), 1, "test run", "Bail out!" + bail.group(1), "");
    } else if (text.startsWith("#")) {
      comment(text);
    }
  }

  private CaseDraft point(Matcher point) {
    points++;
    CaseDraft draft = new CaseDraft();
    String rest = point.group(3).strip();
    int hash = delimiter(rest);
    Matcher directive = DIRECTIVE.matcher(rest.substring(hash));
    draft.result = point.group(1) == null ? Result.PASSED : Result.FAILED;
    if (directive.matches()) {
      draft.result = Result.SKIPPED;
      draft.type = directive.group(1).toLowerCase(Locale.ROOT);
      draft.message = directive.group(2).strip();
      rest = rest.substring(0, hash).strip();
    }
    Matcher time = TIME.matcher(rest);
    if (time.find()) {
      draft.took = time(time);
      rest = rest.substring(0, time.start()).strip();
    }
    if (rest.endsWith(" {")) {
      rest = rest.substring(0, rest.length() - 2).strip(); // its subtests follow
    }
    String number = point.group(2);
    draft.name = rest.isEmpty() ? "test " + (number == null ? points : number) : rest;
    return draft;
  }

  /**
   * Where what follows is no description any more: at the first {@code #} that no backslash escapes
   * and that stands between blanks or begins a directive; the end where there is none.
   */
  private static int delimiter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '#') {
        boolean before = i == 0 || Character.isWhitespace(text.charAt(i - 1));
        boolean after = i + 1 == text.length() || Character.isWhitespace(text.charAt(i + 1));
        if ((before && after) || DIRECTIVE.matcher(text.substring(i)).matches()) {
          return i;
        }
      }
    }
    return text.length();
  }

  private static Optional<java.time.Duration> time(Matcher time) {
    boolean yaml = time.group(3) != null;
    boolean seconds = "s".equals(time.group(2));
    return Millis.of(yaml ? time.group(3) : time.group(1), seconds ? 1000 : 1);
  }

  private void detail(String text) {
    CaseDraft draft = last;
    if (draft == null) {
      return;
    }
    if (COMMENTED_SUBTEST.matcher(text).matches()) {
      finish(); // what is indented from here on belongs to the next point
      return;
    }
    Matcher time = TIME.matcher(text);
    if (draft.took.isEmpty() && time.matches() && time.group(3) != null) {
      draft.took = time(time);
    }
    if (draft.result == Result.FAILED) {
      Matcher yaml = YAML_TEXT.matcher(text);
      if (draft.message == null && yaml.matches() && !yaml.group(2).isBlank()) {
        draft.message = yaml.group(2);
      }
      append(draft, text);
    }
  }

  private void comment(String text) {
    CaseDraft draft = last;
    if (draft != null && draft.result == Result.FAILED && !text.startsWith("# Subtest")) {
      append(draft, text);
    }
  }

  private static void append(CaseDraft draft, String text) {
    byte[] bytes = (text + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    draft.detailText().append(bytes, 0, bytes.length);
  }

  private void finish() {
    CaseDraft draft = last;
    if (draft != null) {
      reading.testCase(draft.build());
      last = null;
    }
  }

  private void conclude(long lines) {
    if (bailed) {
      return;
    }
    if (planned < 0) {
      reading.notice(
          Rule.TRUNCATED, true, lines, 1, "has no plan (1..N), so its end may be missing");
    } else if (planned != points) {
      reading.notice(
          Rule.MISSING,
          true,
          lines,
          1,
          "planned " + planned + " tests, but has results of " + points);
    }
  }
}
