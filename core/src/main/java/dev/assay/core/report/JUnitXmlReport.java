package dev.assay.core.report;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run as JUnit XML in the dialect of Maven Surefire 3, which continuous integration servers read.
 *
 * <p>Each check is a suite, each outcome a case with every attempt ({@code flakyFailure}, {@code
 * rerunFailure}), and each reason of the verdict a case of its own. What failed is a {@code
 * failure}; what is inconclusive, stale or was not run is an {@code error}: a server that counts
 * only these two never shows more green than the judge did.
 */
public final class JUnitXmlReport {

  private final Markup xml = new Markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");

  private JUnitXmlReport() {}

  /** The document, to be stored as UTF-8. */
  public static String write(RunReport run) {
    return new JUnitXmlReport().run(run);
  }

  /** How many cases a suite has of each kind. */
  private record Tally(long tests, long failures, long errors, long skipped) {

    static Tally of(CheckReport check) {
      long failures = 0;
      long errors = 0;
      long skipped = 0;
      for (Outcome outcome : check.evidence().outcomes()) {
        Attempt.Result result = outcome.result();
        failures += result == Result.FAILED ? 1 : 0;
        errors += result == Result.ERROR ? 1 : 0;
        skipped += result == Result.SKIPPED ? 1 : 0;
      }
      List<Reason> cases = cases(check);
      failures += cases.stream().filter(reason -> reason.decision() == Decision.FAIL).count();
      errors +=
          cases.stream()
              .filter(reason ->
                  reason.decision() != Decision.FAIL && reason.decision() != Decision.PASS)
              .count();
      return new Tally(
          check.evidence().outcomes().size() + cases.size(), failures, errors, skipped);
    }

    Tally plus(Tally other) {
      return new Tally(
          tests + other.tests,
          failures + other.failures,
          errors + other.errors,
          skipped + other.skipped);
    }

    boolean green() {
      return failures == 0 && errors == 0;
    }
  }

  private String run(RunReport run) {
    Tally checks = run.checks().stream().map(Tally::of).reduce(new Tally(0, 0, 0, 0), Tally::plus);
    boolean extra = run.decision() != Decision.PASS && checks.green();
    Tally whole = whole(run.decision(), extra);
    Tally all = checks.plus(whole);
    xml.open(
        "testsuites",
        "name",
        "assay " + run.summary().workspace(),
        "tests",
        Long.toString(all.tests()),
        "failures",
        Long.toString(all.failures()),
        "errors",
        Long.toString(all.errors()),
        "skipped",
        Long.toString(all.skipped()),
        "time",
        seconds(run.took()),
        "timestamp",
        run.summary().opened().toString());
    run.checks().forEach(check -> suite(run, check));
    if (extra) {
      suite(run, whole);
    }
    return xml.line().close("testsuites").line().toString();
  }

  private static Tally whole(Decision decision, boolean extra) {
    if (!extra) {
      return new Tally(0, 0, 0, 0);
    }
    return decision == Decision.FAIL ? new Tally(1, 1, 0, 0) : new Tally(1, 0, 1, 0);
  }

  /** A run that did not pass although none of its checks says why: interrupted, or empty. */
  private void suite(RunReport run, Tally tally) {
    open("run " + run.id(), tally, run.took(), run.summary().opened().toString());
    testcase("run", "verdict", Duration.ZERO);
    problem(run.decision(), run.because(), run.because());
    xml.close("testcase").line().close("testsuite");
  }

  private void suite(RunReport run, CheckReport check) {
    var opened = check.opened();
    open(
        check.id(),
        Tally.of(check),
        check.took(),
        Objects.requireNonNullElse(opened, run.summary().opened()).toString());
    properties(run, check);
    check.evidence().outcomes().forEach(outcome -> outcome(check, outcome));
    for (Reason reason : cases(check)) {
      testcase(
          check.id() + ".expectations",
          reason.expectation().isEmpty() ? "verdict" : "expectation " + reason.expectation(),
          Duration.ZERO);
      if (reason.decision() != Decision.PASS) {
        problem(reason.decision(), reason.sentence(), detail(check, reason));
      }
      xml.close("testcase");
    }
    xml.line().close("testsuite");
  }

  /** The reasons, and the verdict itself where no reason says what it says. */
  private static List<Reason> cases(CheckReport check) {
    List<Reason> reasons = check.reasons();
    boolean said = reasons.stream().anyMatch(reason -> reason.decision() == check.decision());
    if (said) {
      return reasons;
    }
    Reason verdict = new Reason(check.decision(), "", check.because(), Map.of(), List.of());
    return Stream.concat(reasons.stream(), Stream.of(verdict)).toList();
  }

  private void open(String name, Tally tally, @Nullable Duration took, String timestamp) {
    xml.line()
        .open(
            "testsuite",
            "name",
            name,
            "tests",
            Long.toString(tally.tests()),
            "failures",
            Long.toString(tally.failures()),
            "errors",
            Long.toString(tally.errors()),
            "skipped",
            Long.toString(tally.skipped()),
            "time",
            seconds(took),
            "timestamp",
            timestamp);
  }

  private void properties(RunReport run, CheckReport check) {
    xml.line().open("properties");
    property("assay.run", run.id());
    property("assay.seed", Long.toString(run.seed()));
    property("assay.environment", run.subject().environment());
    property("assay.check.type", check.type());
    property("assay.check.decision", check.decision().word());
    xml.close("properties");
  }

  private void property(String name, String value) {
    xml.empty("property", "name", name, "value", value);
  }

  private void testcase(String classname, String name, Duration took) {
    xml.line().open("testcase", "classname", classname, "name", name, "time", seconds(took));
  }

  private void outcome(CheckReport check, Outcome outcome) {
    Duration took =
        outcome.attempts().stream().map(Attempt::took).reduce(Duration.ZERO, Duration::plus);
    testcase(outcome.suite().isEmpty() ? check.id() : outcome.suite(), outcome.name(), took);
    List<Attempt> failures =
        outcome.attempts().stream().filter(attempt -> attempt.result().failure()).toList();
    switch (outcome.result()) {
      case PASSED -> failures.forEach(attempt -> again("flaky", attempt));
      case SKIPPED -> {
        xml.empty("skipped", "message", outcome.attempts().getLast().message());
        failures.forEach(attempt -> again("flaky", attempt));
      }
      case FAILED, ERROR -> {
        Attempt first = failures.getFirst();
        // The last attempt decides whether it is a failure or an error; Surefire tells the first.
        xml.element(
            outcome.result() == Result.FAILED ? "failure" : "error",
            Objects.requireNonNullElse(first.detail(), ""),
            "message",
            first.message(),
            "type",
            Objects.requireNonNullElse(first.type(), first.result().name()));
        failures.stream().skip(1).forEach(attempt -> again("rerun", attempt));
      }
    }
    xml.close("testcase");
  }

  private void again(String prefix, Attempt attempt) {
    String name = prefix + (attempt.result() == Result.FAILED ? "Failure" : "Error");
    xml.open(
        name,
        "message",
        attempt.message(),
        "type",
        Objects.requireNonNullElse(attempt.type(), attempt.result().name()));
    xml.element("stackTrace", Objects.requireNonNullElse(attempt.detail(), ""));
    xml.close(name);
  }

  private void problem(Decision decision, String sentence, String detail) {
    xml.element(
        decision == Decision.FAIL ? "failure" : "error",
        detail,
        "message",
        sentence,
        "type",
        "assay." + decision.name().toLowerCase(Locale.ROOT));
  }

  private static String detail(CheckReport check, Reason reason) {
    StringBuilder detail = new StringBuilder(reason.sentence());
    reason
        .numbers()
        .forEach((name, value) ->
            detail
                .append('\n')
                .append(name)
                .append(" = ")
                .append(Bound.format(reason, name, value)));
    if (!reason.evidence().isEmpty()) {
      detail.append("\nevidence: ").append(String.join(", ", reason.evidence()));
    }
    String problem = check.problem();
    return problem == null || problem.equals(reason.sentence())
        ? detail.toString()
        : detail.append('\n').append(problem).toString();
  }

  private static String seconds(@Nullable Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration == null ? 0 : duration.toNanos() / 1e9);
  }
}
