package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.BrokenTextException;
import dev.assay.suite.scan.JsonScanner;
import dev.assay.suite.scan.LineScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The events of {@code go test -json} (test2json). Each end of a test is a test, of subtests and of
 * the tests around them alike, as gotestsum and go-junit-report count; a test that runs twice is
 * two. A test that began and never ended, because its package panicked or was killed, failed,
 * unless its package passed: benchmarks never end. A package that failed without a failed test,
 * such as one that does not build, failed outside every test.
 */
final class GoTestReader {

  private static final int MOST_OPEN = 200_000;

  /** So many bytes of output are kept of all tests that run. */
  private static final long MOST_HELD = 32L << 20;

  static final Pattern BUILD = Pattern.compile("FAIL\\s+(\\S+)\\s+\\[(build|setup) failed]");

  /** One event. */
  private static final class Event {
    String action = "";
    String pack = "";
    String test = "";
    String output = "";
    String failedBuild = "";
    double elapsed = Double.NaN;
  }

  private final Reading reading;
  private final JsonScanner json = new JsonScanner();

  /** The tests that run, by package. */
  private final Map<String, Map<String, CaseDraft>> open = new LinkedHashMap<>();

  private int opened;
  private long held;
  private final Map<String, CaseDraft> packages = new HashMap<>();
  private final Set<String> failing = new HashSet<>();
  private final Set<String> broken = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private long badLines;

  GoTestReader(Reading reading) {
    this.reading = reading;
  }

  Report read(LineScanner lines) throws IOException {
    while (lines.next()) {
      if (lines.first() == '{') {
        json.line(lines);
        accept(event(lines), lines.number());
      } else {
        Matcher build = BUILD.matcher(lines.text());
        if (build.find()) {
          brokenBuild(build.group(1), lines.number());
        }
      }
    }
    conclude(lines.number());
    return reading.testReport(Format.GO_TEST);
  }

  private Event event(LineScanner lines) throws IOException {
    Event event = new Event();
    try {
      json.object();
      for (String name = json.name(); name != null; name = json.name()) {
        switch (name) {
          case "Action" -> event.action = json.text();
          case "Package", "ImportPath" -> event.pack = json.text();
          case "Test" -> event.test = json.text();
          case "Output" -> event.output = json.text();
          case "Elapsed" -> event.elapsed = json.number();
          case "FailedBuild" -> event.failedBuild = json.text();
          default -> json.skip();
        }
      }
    } catch (BrokenTextException wrong) {
      if (++badLines <= 10) {
        boolean last = !lines.ended();
        reading.notice(
            last ? Rule.TRUNCATED : Rule.MALFORMED,
            true,
            lines.number(),
            wrong.flaw().column(),
            "has a line that " + wrong.flaw().message());
      }
    }
    return event;
  }

  private void accept(Event event, long line) {
    switch (event.action) {
      case "run" -> begin(event);
      case "output", "build-output" -> output(event);
      case "pass", "fail", "skip" -> {
        if (event.test.isEmpty()) {
          endPackage(event, line);
        } else {
          end(event);
        }
      }
      case "build-fail" -> brokenBuild(event.pack, line);
      default -> {
        // start, pause, cont, bench, attr
      }
    }
  }

  private void begin(Event event) {
    if (opened < MOST_OPEN && !event.test.isEmpty()) {
      CaseDraft before =
          open.computeIfAbsent(event.pack, pack -> new LinkedHashMap<>())
              .put(event.test, draft(event));
      opened += before == null ? 1 : 0;
    }
  }

  private @Nullable CaseDraft opened(Event event) {
    Map<String, CaseDraft> tests = open.get(event.pack);
    return tests == null ? null : tests.get(event.test);
  }

  private static CaseDraft draft(Event event) {
    CaseDraft draft = new CaseDraft();
    draft.suite = event.pack;
    draft.name = event.test;
    return draft;
  }

  private void output(Event event) {
    CaseDraft target = opened(event);
    if (target == null && event.test.isEmpty() && packages.size() < MOST_OPEN) {
      target = packages.computeIfAbsent(event.pack, pack -> new CaseDraft());
    }
    if (target != null && held < MOST_HELD) {
      byte[] bytes = event.output.getBytes(StandardCharsets.UTF_8);
      int before = target.detailText().length();
      target.detailText().append(bytes, 0, Math.min(bytes.length, 8192));
      held += target.detailText().length() - before;
    }
  }

  private void end(Event event) {
    CaseDraft known = opened(event);
    CaseDraft draft = known == null ? draft(event) : known;
    if (known != null) {
      opened--;
      held -= known.detailText().length();
      open.getOrDefault(event.pack, Map.of()).remove(event.test);
    }
    draft.took = Millis.of(event.elapsed, 1000);
    draft.result =
        switch (event.action) {
          case "fail" -> Result.FAILED;
          case "skip" -> Result.SKIPPED;
          default -> Result.PASSED;
        };
    if (draft.result == Result.FAILED) {
      failing.add(event.pack);
    }
    reading.testCase(draft.build());
  }

  private void endPackage(Event event, long line) {
    ended.add(event.pack);
    CaseDraft said = packages.remove(event.pack);
    held -= said == null ? 0 : said.detailText().length();
    boolean failed = event.action.equals("fail");
    boolean unfinished = unfinished(event.pack, !failed);
    if (!failed) {
      return;
    }
    if (!event.failedBuild.isEmpty()) {
      brokenBuild(event.failedBuild, line);
    } else if (!unfinished && !failing.contains(event.pack) && !broken.contains(event.pack)) {
      String output = said == null ? "" : said.detailText().toString();
      broken.add(event.pack);
      reading.outside(line, 1, event.pack, "the package failed, but none of its tests did", output);
    }
  }

  /** Counts the tests of a package that will not end any more. */
  private boolean unfinished(String pack, boolean passed) {
    Map<String, CaseDraft> left = open.remove(pack);
    if (left == null || left.isEmpty()) {
      return false;
    }
    opened -= left.size();
    for (CaseDraft draft : left.values()) {
      held -= draft.detailText().length();
      draft.result = passed ? Result.PASSED : Result.FAILED;
      draft.message = passed ? null : "the test began and never ended";
      reading.testCase(draft.build());
    }
    return true;
  }

  private void brokenBuild(String importPath, long line) {
    int bracket = importPath.indexOf(' ');
    String pack = bracket < 0 ? importPath : importPath.substring(0, bracket);
    if (broken.add(pack)) {
      CaseDraft said = packages.get(importPath);
      reading.outside(
          line,
          1,
          pack,
          "the package does not build",
          said == null ? "" : said.detailText().toString());
    }
  }

  private void conclude(long lines) {
    for (String pack : List.copyOf(open.keySet())) {
      boolean unfinished = unfinished(pack, false);
      if (unfinished && !ended.contains(pack)) {
        reading.notice(
            Rule.TRUNCATED, true, lines, 1, "ends before package '" + Texts.shown(pack) + "' does");
      }
    }
  }
}
