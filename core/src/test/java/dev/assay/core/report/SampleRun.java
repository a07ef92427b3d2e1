package dev.assay.core.report;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.plan.Subject;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.stats.HistogramEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/** Runs as a real workspace would give them, made from a seed. */
public final class SampleRun {

  /** What no report may let through as markup, colour or structure. */
  public static final String HOSTILE =
      "<script>alert('x')</script> & \"quoted\" | pipe `tick` ]]> \u001b[31mred\u0000 \ud800 ${x} *b*"
          + " @all";

  private static final Instant START = Instant.parse("2026-03-04T09:30:00Z");
  private static final String SHA =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  private final List<LedgerEntry> entries = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(42);

  private SampleRun() {}

  /** Pass, fail, inconclusive and not run; a load of 30 s, 300 tests of which some fail. */
  public static RunReport full() {
    return new SampleRun().shop();
  }

  /** Every text that can be in a report is {@link #HOSTILE}. */
  public static RunReport hostile() {
    return new SampleRun().attack();
  }

  /** One passing check and one that was skipped after the other failed; small enough to read. */
  public static RunReport small() {
    return new SampleRun().few();
  }

  /** All pass. */
  public static RunReport green() {
    return new SampleRun().fine();
  }

  /** More of everything than a report should show, with texts that grow when they are escaped. */
  public static RunReport huge() {
    return new SampleRun().crowd();
  }

  private RunReport crowd() {
    String text = "<".repeat(3_000);
    Planned[] planned = new Planned[200];
    for (int i = 0; i < planned.length; i++) {
      planned[i] = new Planned(i + text, "suite", SHA, 0);
    }
    entries.add(opened(text, planned));
    for (Planned check : planned) {
      open(check.id(), 1);
      record(
          new Outcome(
              check.id(),
              at(1),
              text,
              text,
              List.of(Attempt.failed(millis(1), "T", text, (text + "\n").repeat(20))),
              Map.of()));
      close(check.id(), 2, Decision.FAIL, reason(Decision.FAIL, text, text, text, 1));
    }
    return end(text, 3, Decision.FAIL);
  }

  public static RunSummary summary(String workspace, Subject subject) {
    return new RunSummary(
        "20260304-093000-7k2m", workspace, SHA, subject, START, null, Decision.NOT_RUN, null, 0);
  }

  public static Subject subject() {
    return new Subject("local", "3f2a1bc94e0d77aa01b2c3d4e5f60718293a4b5c", "main", true, null);
  }

  public static RunOpened opened(String workspace, Planned... planned) {
    return new RunOpened(START, workspace, SHA, subject(), 4711, "0.1.0", Arrays.asList(planned));
  }

  public static Instant at(double seconds) {
    return START.plusNanos((long) (seconds * 1e9));
  }

  public static Duration millis(double millis) {
    return Duration.ofNanos((long) (millis * 1e6));
  }

  private void record(Evidence evidence) {
    entries.add(new Recorded(evidence));
  }

  private void open(String check, double at) {
    entries.add(new CheckOpened(at(at), check));
  }

  private void close(String check, double at, Decision decision, Reason... reasons) {
    entries.add(new CheckClosed(at(at), check, Ending.COMPLETED, null, Map.of()));
    judge(check, decision, reasons);
  }

  private void judge(String check, Decision decision, Reason... reasons) {
    entries.add(new Judged(check, new Verdict(decision, Arrays.asList(reasons), SHA, SHA)));
  }

  public static Reason reason(
      Decision decision, String expectation, String sentence, Object... numbers) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < numbers.length; i += 2) {
      named.put((String) numbers[i], ((Number) numbers[i + 1]).doubleValue());
    }
    return new Reason(decision, expectation, sentence, named, List.of("a1b2c3d4e5f60718"));
  }

  private RunReport end(String workspace, double at, Decision decision) {
    entries.add(new RunClosed(at(at), Ending.COMPLETED, decision));
    return RunReport.from(summary(workspace, subject()), entries);
  }

  private RunReport few() {
    entries.add(
        opened(
            "shop",
            new Planned("unit", "suite", SHA, 0),
            new Planned("smoke", "http", SHA, 0),
            new Planned("checkout", "load", SHA, 1)));
    open("unit", 0.1);
    record(
        new Outcome(
            "unit",
            at(1),
            "shop.OrderTest",
            "totalsAddUp",
            List.of(
                Attempt.failed(
                    millis(12), "AssertionError", "expected 3 <but> was 4", "at OrderTest:12"),
                Attempt.passed(millis(11))),
            Map.of()));
    record(
        new Outcome(
            "unit",
            at(1.1),
            "shop.OrderTest",
            "emptyCart",
            List.of(Attempt.passed(millis(2))),
            Map.of()));
    close(
        "unit",
        2.5,
        Decision.PASS,
        reason(Decision.PASS, "tests > 0", "2 tests ran, which is more than 0.", "observed", 2),
        reason(Decision.PASS, "failed = 0", "0 of 2 tests failed.", "observed", 0));
    open("smoke", 0.1);
    record(
        new Outcome(
            "smoke",
            at(0.6),
            "",
            "GET /products",
            List.of(
                Attempt.failed(
                    millis(30), "status", "status was 500, not 200", "HTTP/1.1 500\n\nboom"),
                Attempt.failed(millis(31), "status", "status was 503, not 200", null)),
            Map.of()));
    record(
        new Measurement(
            "smoke",
            "latency",
            Unit.NANOSECONDS,
            at(0.5),
            at(0.6),
            Map.of("step", "products"),
            distribution(30e6, 31e6)));
    close(
        "smoke",
        1.2,
        Decision.FAIL,
        reason(
            Decision.FAIL,
            "failed = 0",
            "1 of 1 steps failed: GET /products answered with status 503 where 200 was expected.",
            "observed",
            1,
            "tests",
            1));
    entries.add(
        new CheckClosed(
            at(2.5),
            "checkout",
            Ending.SKIPPED,
            "ASSAY-RUN-004 check checkout: it needs 'smoke', which did not pass (mend smoke first)",
            Map.of()));
    judge("checkout", Decision.NOT_RUN);
    return end("shop", 2.6, Decision.FAIL);
  }

  private RunReport fine() {
    entries.add(opened("shop", new Planned("unit", "suite", SHA, 0)));
    open("unit", 0.1);
    record(
        new Outcome(
            "unit",
            at(1),
            "shop.OrderTest",
            "emptyCart",
            List.of(Attempt.passed(millis(2))),
            Map.of()));
    close(
        "unit",
        2.5,
        Decision.PASS,
        reason(Decision.PASS, "tests > 0", "1 test ran, which is more than 0.", "observed", 1));
    return end("shop", 2.6, Decision.PASS);
  }

  private RunReport attack() {
    String text = HOSTILE;
    entries.add(
        opened(text, new Planned(text, text, text, 0), new Planned("b" + text, "x", "y", 1)));
    open(text, 0.1);
    record(
        new Outcome(
            text,
            at(1),
            text,
            text,
            List.of(
                Attempt.failed(millis(1), text, text, text + "\n```\n" + text),
                Attempt.failed(millis(1), text, text, text)),
            Map.of(text, text)));
    record(
        new Outcome(
            text,
            at(1),
            text,
            text,
            List.of(Attempt.failed(millis(1), text, text, text), Attempt.passed(millis(1))),
            Map.of()));
    record(
        new Outcome(
            text,
            at(1),
            text,
            text,
            List.of(new Attempt(Attempt.Result.SKIPPED, millis(0), null, text, null)),
            Map.of()));
    record(new Finding(text, at(1), text, Finding.Severity.INVALID, text, text, text, Map.of()));
    record(new Event(text, at(1.5), text, text, Map.of()));
    record(new Event("service:" + text, at(1.5), text, text, Map.of()));
    record(new Artifact(text, at(1), text, text, 12, text));
    for (int second = 0; second < 3; second++) {
      record(
          new Measurement(
              text,
              text,
              Unit.NANOSECONDS,
              at(1 + second),
              at(2 + second),
              Map.of("step", text, text, text),
              distribution(1e6, 2e6, 3e6)));
      record(
          new Measurement(
              text,
              "count" + text,
              Unit.NONE,
              at(1 + second),
              at(2 + second),
              Map.of(text, text),
              new Measured.Count(3)));
    }
    record(
        new Measurement(
            text,
            "broken",
            Unit.NANOSECONDS,
            at(1),
            at(2),
            Map.of(),
            new Measured.Distribution(4, text)));
    record(
        new Measurement(
            text, "nan", Unit.NONE, at(1), at(2), Map.of(), new Measured.Scalar(Double.NaN)));
    entries.add(new CheckClosed(at(4), text, Ending.BROKEN, text, Map.of(text, text)));
    judge(
        text,
        Decision.FAIL,
        new Reason(Decision.FAIL, text + " < 5 ms", text, Map.of(text, 3.0), List.of(text)),
        new Reason(Decision.INCONCLUSIVE, text, text, Map.of(text, 3.0), List.of(text)));
    entries.add(new RunClosed(at(5), Ending.COMPLETED, Decision.FAIL));
    return RunReport.from(summary(text, new Subject(text, text, text, true, text)), entries);
  }

  private RunReport shop() {
    entries.add(
        opened(
            "shop",
            new Planned("unit", "suite", SHA, 0),
            new Planned("smoke", "http", SHA, 0),
            new Planned("checkout", "load", SHA, 1),
            new Planned("search", "load", SHA, 1),
            new Planned("contract", "http", SHA, 1),
            new Planned("crash", "chaos", SHA, 2)));
    event("service:shop", 0.2, "service.starting", "java Shop.java --port 41873");
    event("service:shop", 1.9, "service.ready", "GET /health answered 200 after 1.7 s");
    suite();
    smoke();
    checkout();
    search();
    open("contract", 14.3);
    record(
        new Finding(
            "contract",
            at(14.6),
            "openapi.unreachable",
            Finding.Severity.INVALID,
            "openapi.yaml:118",
            "operation 'getInvoice' has no example and was not exercised",
            "f00d",
            Map.of()));
    close(
        "contract",
        15.1,
        Decision.INCONCLUSIVE,
        reason(
            Decision.INCONCLUSIVE,
            "operations.covered >= 95 %",
            "Only 3 operations were exercised, and at least 20 are needed to say anything about"
                + " coverage.",
            "observed",
            0.75,
            "samples",
            3));
    entries.add(
        new CheckClosed(
            at(45.2),
            "crash",
            Ending.SKIPPED,
            "ASSAY-RUN-004 check crash: it needs 'checkout', which did not pass (mend checkout first)",
            Map.of()));
    judge("crash", Decision.NOT_RUN);
    event("service:shop", 45.4, "service.stopped", "exit code 143 after SIGTERM");
    record(new Artifact("service:shop", at(45.4), "shop.log", "text/plain", 48_211, SHA));
    return end("shop", 45.5, Decision.FAIL);
  }

  private void event(String check, double at, String kind, String message) {
    record(new Event(check, at(at), kind, message, Map.of()));
  }

  private void suite() {
    open("unit", 0.3);
    String[] classes = {
      "OrderTest", "CartTest", "PriceTest", "StockTest", "CustomerTest", "TaxTest"
    };
    for (int i = 0; i < 300; i++) {
      String suite = "dev.example.shop." + classes[i % classes.length];
      double took = 1 + random.nextDouble() * 40;
      List<Attempt> attempts = List.of(Attempt.passed(millis(took)));
      if (i == 77) {
        attempts =
            List.of(
                Attempt.failed(
                    millis(2011),
                    "java.util.concurrent.TimeoutException",
                    "stock was not released within 2 s",
                    trace("StockTest.releasesStockAfterTimeout(StockTest.java:88)")),
                Attempt.passed(millis(120)));
      } else if (i % 60 == 11) {
        attempts =
            List.of(new Attempt(Attempt.Result.SKIPPED, millis(0), null, "needs Docker", null));
      }
      record(new Outcome("unit", at(0.5 + i * 0.04), suite, name(i), attempts, Map.of()));
    }
    record(
        new Artifact(
            "unit", at(13), "surefire/TEST-OrderTest.xml", "application/xml", 18_422, SHA));
    record(
        new Measurement(
            "unit",
            "coverage.line",
            Unit.RATIO,
            at(13),
            at(13),
            Map.of(),
            new Measured.Proportion(4_211, 4_902)));
    close(
        "unit",
        13.4,
        Decision.PASS,
        reason(
            Decision.PASS,
            "coverage.line >= 80 %",
            "coverage.line is 85.9 % (4,211 of 4,902), which is at least 80 %.",
            "observed",
            0.859,
            "hits",
            4211,
            "total",
            4902),
        reason(Decision.PASS, "tests > 0", "300 tests ran, which is more than 0.", "observed", 300),
        reason(Decision.PASS, "failed = 0", "0 of 300 tests failed.", "observed", 0));
  }

  private static String name(int i) {
    String[] names = {
      "totalsAddUp",
      "anEmptyCartCostsNothing",
      "roundsHalfUp",
      "keepsReservedStock",
      "refusesTwoOfTheSame",
      "aVoucherCountsOnce"
    };
    return names[i / 6 % names.length] + "[" + i + "]";
  }

  private static String trace(String at) {
    return "java.util.concurrent.TimeoutException: stock was not released within 2 s\n"
        + "\tat dev.example.shop."
        + at
        + "\n\tat java.base/java.util.concurrent.FutureTask.get(FutureTask.java:205)\n"
        + "\tat org.junit.platform.engine.support.hierarchical.NodeTestTask.execute(NodeTestTask.java:155)";
  }

  private void smoke() {
    open("smoke", 2.0);
    for (String step : List.of("GET /health", "GET /products", "POST /orders")) {
      record(
          new Outcome("smoke", at(2.4), "", step, List.of(Attempt.passed(millis(14))), Map.of()));
    }
    record(
        new Outcome(
            "smoke",
            at(2.6),
            "",
            "GET /orders/42",
            List.of(
                Attempt.failed(
                    millis(31),
                    "expectation",
                    "status was 500 where 200 was expected",
                    "GET http://127.0.0.1:41873/orders/42\nHTTP/1.1 500 Internal Server"
                        + " Error\ncontent-type: application/json\n\n{\"error\":\"no such table:"
                        + " order_line\"}")),
            Map.of()));
    close(
        "smoke",
        2.9,
        Decision.FAIL,
        reason(
            Decision.FAIL,
            "failed = 0",
            "1 of 4 steps failed: GET /orders/42 answered with status 500 where 200 was expected.",
            "observed",
            1,
            "tests",
            4),
        reason(Decision.PASS, "tests > 0", "4 steps ran, which is more than 0.", "observed", 4));
  }

  private void checkout() {
    open("checkout", 14.1);
    for (int second = 0; second < 30; second++) {
      Histogram latency = new Histogram(3);
      double slow = second >= 18 && second < 23 ? 9 : 1;
      int count = second == 20 ? 240 : 495 + random.nextInt(10);
      for (int i = 0; i < count; i++) {
        double tail = random.nextDouble();
        double value = (4 + 3 * -Math.log(1 - random.nextDouble())) * slow;
        value *= tail > 0.97 ? 12 : tail > 0.9 ? 3 : 1;
        latency.recordValue((long) (value * 1e6));
      }
      for (String step : List.of("orders")) {
        record(
            new Measurement(
                "checkout",
                "latency",
                Unit.NANOSECONDS,
                at(14.2 + second),
                at(15.2 + second),
                Map.of("step", step),
                new Measured.Distribution(
                    latency.getTotalCount(), HistogramEncoding.encode(latency))));
      }
      long errors = second >= 18 && second < 23 ? random.nextInt(3, 9) : 0;
      record(
          new Measurement(
              "checkout",
              "errors",
              Unit.RATIO,
              at(14.2 + second),
              at(15.2 + second),
              Map.of("kind", "timeout"),
              new Measured.Proportion(errors, count)));
    }
    event(
        "checkout",
        32.2,
        "garbage.collection",
        "full collection of 4.8 s seen in the service's log");
    close(
        "checkout",
        44.6,
        Decision.FAIL,
        reason(
            Decision.FAIL,
            "latency.p95 < 50 ms",
            "p95 of latency is 81.9 ms over 14,706 requests, above 50 ms; the worst second was the"
                + " 21st with 391 ms.",
            "observed",
            81.9e6,
            "bound",
            50e6,
            "samples",
            14_706),
        reason(
            Decision.FAIL,
            "errors < 0.1 %",
            "0.204 % of requests failed (30 of 14,706), above 0.1 %.",
            "observed",
            0.00204,
            "hits",
            30,
            "total",
            14_706),
        reason(
            Decision.PASS,
            "latency.p50 < 20 ms",
            "p50 of latency is 7.17 ms over 14,706 requests, below 20 ms.",
            "observed",
            7.17e6,
            "samples",
            14_706),
        reason(Decision.PASS, "requests > 0", "14,706 requests were sent.", "observed", 14_706));
  }

  private void search() {
    open("search", 14.2);
    for (int second = 0; second < 30; second++) {
      for (String step : List.of("suggest", "results")) {
        Histogram latency = new Histogram(3);
        for (int i = 0; i < 100; i++) {
          latency.recordValue((long) ((2 - Math.log(1 - random.nextDouble())) * 1e6));
        }
        record(
            new Measurement(
                "search",
                "latency",
                Unit.NANOSECONDS,
                at(14.4 + second),
                at(15.4 + second),
                Map.of("step", step),
                new Measured.Distribution(100, HistogramEncoding.encode(latency))));
      }
    }
    close(
        "search",
        44.9,
        Decision.PASS,
        reason(
            Decision.PASS,
            "latency.p99 < 10 ms",
            "p99 of latency is 6.6 ms over 6,000 requests, below 10 ms.",
            "observed",
            6.6e6,
            "samples",
            6_000));
  }

  public static Measured distribution(double... values) {
    Histogram histogram = new Histogram(3);
    for (double value : values) {
      histogram.recordValue((long) value);
    }
    return new Measured.Distribution(values.length, HistogramEncoding.encode(histogram));
  }

  /** A check of a minute that only events are known of. */
  public static CheckReport ofEvents(String id, String type, Event... events) {
    return new CheckReport(
        id,
        type,
        "",
        0,
        at(0),
        at(60),
        null,
        null,
        List.of(),
        null,
        new EvidenceReport(List.of(), List.of(), List.of(), List.of(events), List.of()));
  }
}
