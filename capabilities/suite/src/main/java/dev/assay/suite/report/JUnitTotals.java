package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.scan.XmlScanner;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a suite says about itself, beside what its entries say. Not thread-safe.
 *
 * <p>Catch2 writes the number of assertions, not of cases, into its totals; it is known by the
 * property {@code random-seed} that only it writes, and its totals are not compared.
 */
final class JUnitTotals {

  /**
   * A difference.
   *
   * @param grave whether the totals tell of failures that no entry shows
   * @param message one sentence
   */
  record Contradiction(boolean grave, String message) {}

  private final String name;
  private final @Nullable String file;
  private final OptionalLong declaredTests;
  private final OptionalLong declaredFailing;
  private final Optional<Duration> time;
  private long tests;
  private long failing;
  private long failingOutsideCases;
  private boolean comparable = true;

  private JUnitTotals(
      String name,
      @Nullable String file,
      OptionalLong declaredTests,
      OptionalLong declaredFailing,
      Optional<Duration> time) {
    this.name = name;
    this.file = file;
    this.declaredTests = declaredTests;
    this.declaredFailing = declaredFailing;
    this.time = time;
  }

  static JUnitTotals of(XmlScanner xml) {
    OptionalLong failures = number(xml, "failures");
    OptionalLong errors = number(xml, "errors");
    OptionalLong failing =
        failures.isEmpty() && errors.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(failures.orElse(0) + errors.orElse(0));
    String name = xml.attribute("name");
    return new JUnitTotals(
        name == null || xml.name().equals("testsuites") ? "" : name.strip(),
        xml.attribute("file"),
        number(xml, "tests"),
        failing,
        Seconds.parse(xml.attribute("time")));
  }

  private static OptionalLong number(XmlScanner xml, String attribute) {
    String text = xml.attribute(attribute);
    return text == null ? OptionalLong.empty() : Numbers.whole(text);
  }

  /** Its name; empty for the element around all suites. */
  String name() {
    return name;
  }

  @Nullable String file() {
    return file;
  }

  /** How long it says that it took. */
  Optional<Duration> time() {
    return time;
  }

  void property(String property) {
    comparable &= !property.equals("random-seed");
  }

  /** Counts a case of it. */
  void count(TestCase testCase) {
    Result result = testCase.result();
    if (testCase.wholeSuite()) {
      failingOutsideCases++;
    } else {
      tests++;
      failing += result.failure() ? 1 : 0;
    }
  }

  /** Counts the cases of a suite inside it. */
  void add(JUnitTotals inner) {
    tests += inner.tests;
    failing += inner.failing;
    failingOutsideCases += inner.failingOutsideCases;
    comparable &= inner.comparable;
  }

  /** The difference, if there is one. */
  Optional<Contradiction> contradiction() {
    if (!comparable) {
      return Optional.empty();
    }
    boolean testsDiffer =
        declaredTests.isPresent()
            && declaredTests.getAsLong() != tests
            && declaredTests.getAsLong() != tests + failingOutsideCases;
    long declared = declaredFailing.orElse(failing);
    boolean failingDiffers = declared < failing || declared > failing + failingOutsideCases;
    if (!testsDiffer && !failingDiffers) {
      return Optional.empty();
    }
    boolean grave = declared > 0 && failing + failingOutsideCases == 0;
    return Optional.of(
        new Contradiction(
            grave,
            "has a suite '"
                + Texts.shown(name)
                + "' that says "
                + (declaredTests.isPresent() ? declaredTests.getAsLong() + " tests, " : "")
                + declared
                + " failed, but its entries are "
                + tests
                + " tests, "
                + failing
                + " failed; the entries count"));
  }
}
