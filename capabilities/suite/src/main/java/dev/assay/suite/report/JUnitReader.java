package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.XmlScanner;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JUnit XML of any dialect.
 *
 * <p>Attempts follow Surefire, which Gradle, nextest, Marathon and Playwright share: {@code
 * flakyFailure} and {@code flakyError} are earlier attempts of a case that passed in the end;
 * {@code rerunFailure} and {@code rerunError} are later attempts of one that failed, or earlier
 * ones where the case has no {@code failure} of its own. Two cases of the same name are two cases:
 * parametrised tests are often written so, and nothing in the format tells them from repetitions,
 * so a failure is never hidden by a namesake that passed.
 *
 * <p>A case has failed if it has a {@code failure} or {@code error} (also beside a {@code
 * skipped}), or if only an attribute says so ({@code status}, {@code result}, {@code success}). A
 * failure that stands in a suite outside every case becomes a notice, and a case that is not
 * counted.
 *
 * <p>Not thread-safe.
 */
final class JUnitReader implements ElementReader {

  private static final Set<String> TROUBLE =
      Set.of("failure", "error", "rerunFailure", "rerunError", "flakyFailure", "flakyError");

  private final Reading reading;
  private final JUnitSuites suites = new JUnitSuites();
  private @Nullable JUnitCaseBuilder open;
  private Optional<Duration> declaredTime = Optional.empty();
  private boolean report;

  JUnitReader(Reading reading) {
    this.reading = reading;
  }

  /** Whether an element with this name is one of JUnit's that others do not have. */
  static boolean knows(String element) {
    return element.equals("testsuites")
        || element.equals("testsuite")
        || element.equals("testcase");
  }

  @Override
  public boolean recognised() {
    return report;
  }

  @Override
  public void start(XmlScanner xml) {
    String element = xml.name();
    report |= knows(element);
    JUnitCaseBuilder current = open;
    if (element.equals("testcase")) {
      xml.listen(null);
      open = JUnitCaseBuilder.of(xml, suites, current);
    } else if (current != null) {
      inCase(current, element, xml);
    } else if (element.equals("testsuite") || element.equals("testsuites")) {
      suites.begin(JUnitTotals.of(xml));
    } else if (element.equals("property")) {
      property(xml);
    } else if (report && (element.equals("failure") || element.equals("error"))) {
      JUnitCaseBuilder whole = JUnitCaseBuilder.ofSuite(suites);
      whole.trouble(element, xml);
      open = whole;
    }
  }

  private void property(XmlScanner xml) {
    JUnitTotals current = suites.current();
    String name = current == null ? null : xml.attribute("name");
    if (current != null && name != null) {
      current.property(name);
    }
  }

  private static void inCase(JUnitCaseBuilder current, String element, XmlScanner xml) {
    switch (element) {
      case "failure", "error", "rerunFailure", "rerunError", "flakyFailure", "flakyError" ->
          current.trouble(element, xml);
      case "skipped", "disabled", "ignored", "skip" -> current.skip(xml);
      case "system-out", "system-err" -> current.output(element, xml);
      default -> {
        // what stands inside a failure is a part of its account
      }
    }
  }

  @Override
  public void end(XmlScanner xml) {
    String element = xml.name();
    JUnitCaseBuilder current = open;
    if (current != null) {
      boolean ends = current.wholeSuite() ? TROUBLE.contains(element) : element.equals("testcase");
      if (ends) {
        xml.listen(null);
        open = current.around();
        finish(current, xml);
      } else {
        current.end(element, xml);
      }
    } else if (element.equals("testsuite") || element.equals("testsuites")) {
      endSuite(xml);
    }
  }

  private void endSuite(XmlScanner xml) {
    JUnitTotals ended = suites.end();
    if (ended == null) {
      return;
    }
    ended
        .contradiction()
        .ifPresent(found ->
            reading.notice(Rule.TOTALS, found.grave(), xml.line(), xml.column(), found.message()));
    if (suites.current() == null && ended.time().isPresent()) {
      declaredTime = ended.time();
    }
  }

  private void finish(JUnitCaseBuilder built, XmlScanner xml) {
    TestCase testCase = built.build();
    JUnitTotals current = suites.current();
    if (current != null) {
      current.count(testCase);
    }
    reading.testCase(testCase);
    if (testCase.wholeSuite()) {
      reading.notice(
          Rule.OUTSIDE_TESTS,
          false,
          xml.line(),
          xml.column(),
          "says that suite '" + Texts.shown(testCase.suite()) + "' failed outside its tests");
    }
  }

  @Override
  public Report report(boolean cut) {
    JUnitCaseBuilder current = open;
    while (cut && current != null) {
      if (current.failed()) {
        // its failure was read, so it is known however the rest would have gone
        reading.testCase(current.build());
      }
      current = current.around();
    }
    reading.elseDuration(declaredTime);
    return reading.testReport(Format.JUNIT);
  }
}
