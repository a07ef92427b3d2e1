package dev.assay.core.report.telemetry;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.json.Json;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.verdict.Decision;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run as a trace, in an {@code ExportTraceServiceRequest} of OTLP: the run, in it its checks with
 * their events and findings, in them their outcomes, by OpenTelemetry's semantic conventions for
 * CI/CD pipelines and tests. Ids follow from the run, so that what is sent twice is one trace. Not
 * for use by several threads.
 */
final class OtlpTrace {

  /** How many outcomes of a run are spans, those first that need attention. */
  static final int MOST_OUTCOMES = 2_000;

  /** How many events, and as many findings, of a check are told. */
  static final int MOST_EVENTS = 100;

  /** How many characters of details, such as stack traces, are told of a run in all. */
  static final int MOST_DETAILS = 1 << 20;

  private static final int MOST_FAILURES = 5;
  private static final int LONGEST_NAME = 200;
  private static final int INTERNAL = 1;
  private static final int SERVER = 2;

  private final RunReport run;
  private final List<Json> spans = new ArrayList<>();
  private int outcomes;
  private int details = MOST_DETAILS;

  private OtlpTrace(RunReport run) {
    this.run = run;
  }

  /** The body; {@code url} is where people look at the run, null where nobody can. */
  static Json.Obj of(RunReport run, @Nullable String url) {
    OtlpTrace trace = new OtlpTrace(run);
    trace.run();
    run.checks().forEach(trace::check);
    Json scope =
        Json.object()
            .put("scope", OtlpResource.scope(run))
            .put("spans", Json.array(trace.spans))
            .build();
    Json resource =
        Json.object()
            .put("resource", OtlpResource.ofOne(run, url))
            .put("scopeSpans", Json.array(List.of(scope)))
            .build();
    return Json.object().put("resourceSpans", Json.array(List.of(resource))).build();
  }

  /** What a span is called in the trace, from what it is of. */
  private String id(String of) {
    return EvidenceCodec.sha256(run.id() + "\n" + of).substring(0, 16);
  }

  private Json.Builder span(
      String id, @Nullable String parent, String name, int kind, Instant from, Instant to) {
    return Json.object()
        .put("traceId", EvidenceCodec.sha256(run.id()).substring(0, 32))
        .put("spanId", id)
        .putIfPresent("parentSpanId", parent)
        .put("name", Words.cut(name, LONGEST_NAME))
        .put("kind", kind)
        .put("startTimeUnixNano", OtlpResource.nanos(from))
        .put("endTimeUnixNano", OtlpResource.nanos(to.isBefore(from) ? from : to));
  }

  private void run() {
    Instant from = run.summary().opened();
    Instant to = Objects.requireNonNullElse(run.closed(), from);
    Map<String, String> about = new LinkedHashMap<>();
    about.put("cicd.pipeline.name", run.summary().workspace());
    about.put("cicd.pipeline.run.id", run.id());
    about.put("cicd.pipeline.result", result(run.decision(), run.ending()));
    about.put("assay.decision", run.decision().name());
    about.put("assay.because", run.because());
    spans.add(
        span(id(""), null, "RUN " + run.summary().workspace(), SERVER, from, to)
            .put("attributes", OtlpResource.attributes(about))
            .put("status", status(run.decision(), run.because()))
            .build());
  }

  private void check(CheckReport check) {
    Instant from = check.opened();
    if (from == null) {
      return; // it took no time
    }
    Instant to = Objects.requireNonNullElse(check.closed(), from);
    Map<String, String> about = new LinkedHashMap<>();
    about.put("cicd.pipeline.task.name", check.id());
    about.put("cicd.pipeline.task.run.id", check.id());
    about.put("cicd.pipeline.task.type", "test");
    about.put("cicd.pipeline.task.run.result", result(check.decision(), check.ending()));
    about.put("assay.check", check.id());
    about.put("assay.check.type", check.type());
    about.put("assay.decision", check.decision().name());
    about.put("assay.because", check.because());
    spans.add(
        span(id(check.id()), id(""), check.id(), INTERNAL, from, to)
            .put("attributes", OtlpResource.attributes(about))
            .put("events", Json.array(told(check)))
            .put("status", status(check.decision(), check.because()))
            .build());
    for (Outcome outcome : check.evidence().gravestFirst()) {
      if (outcomes++ < MOST_OUTCOMES) {
        outcome(check, outcome);
      }
    }
  }

  private static List<Json> told(CheckReport check) {
    List<Json> told = new ArrayList<>();
    for (Event event : first(check.evidence().events())) {
      told.add(
          event(event.kind(), event.at(), with(event.labels(), "assay.message", event.message())));
    }
    for (Finding finding : first(check.evidence().findings())) {
      Map<String, String> about = new LinkedHashMap<>(finding.labels());
      about.put("assay.rule", finding.rule());
      about.put("assay.severity", finding.severity().name());
      about.put("assay.message", finding.message());
      if (finding.place() != null) {
        about.put("assay.place", finding.place());
      }
      told.add(event("finding", finding.at(), about));
    }
    return told;
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(all.size(), MOST_EVENTS));
  }

  private static Map<String, String> with(Map<String, String> about, String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(about);
    all.put(name, value);
    return all;
  }

  private static Json event(String name, Instant at, Map<String, String> about) {
    return Json.object()
        .put("timeUnixNano", OtlpResource.nanos(at))
        .put("name", name)
        .put("attributes", OtlpResource.attributes(about))
        .build();
  }

  private void outcome(CheckReport check, Outcome outcome) {
    Duration took =
        outcome.attempts().stream().map(Attempt::took).reduce(Duration.ZERO, Duration::plus);
    Attempt last = outcome.attempts().getLast();
    Map<String, String> about = new LinkedHashMap<>();
    about.put("test.case.name", outcome.name());
    if (!outcome.suite().isEmpty()) {
      about.put("test.suite.name", outcome.suite());
    }
    if (last.result() != Attempt.Result.SKIPPED) {
      about.put("test.case.result.status", last.result().failure() ? "fail" : "pass");
    }
    about.put("assay.check", check.id());
    about.put("assay.result", outcome.flaky() ? "FLAKY" : last.result().name());
    about.put("assay.attempts", String.valueOf(outcome.attempts().size()));
    String name =
        outcome.suite().isEmpty() ? outcome.name() : outcome.suite() + " " + outcome.name();
    spans.add(
        span(
                id(check.id() + "\n" + EvidenceCodec.id(outcome)),
                id(check.id()),
                name,
                INTERNAL,
                outcome.at().minus(took),
                outcome.at())
            .put("attributes", OtlpResource.attributes(about))
            .put("events", Json.array(failures(outcome)))
            .put(
                "status",
                last.result().failure()
                    ? error(Objects.requireNonNullElse(last.message(), ""))
                    : status(Decision.PASS, ""))
            .build());
  }

  /** Each attempt that failed, as an exception. */
  private List<Json> failures(Outcome outcome) {
    List<Json> failures = new ArrayList<>();
    for (Attempt attempt : outcome.attempts()) {
      if (attempt.result().failure() && failures.size() < MOST_FAILURES) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("exception.type", Objects.requireNonNullElse(attempt.type(), "failure"));
        about.put("exception.message", Objects.requireNonNullElse(attempt.message(), ""));
        String detail = attempt.detail();
        int length = Math.min(detail == null ? 0 : detail.length(), OtlpResource.LONGEST_STACK);
        if (detail != null && length <= details) {
          details -= length;
          about.put(OtlpResource.STACK, detail);
        }
        failures.add(event("exception", outcome.at(), about));
      }
    }
    return failures;
  }

  /** {@code cicd.pipeline.result}. */
  private static String result(Decision decision, @Nullable Ending ending) {
    if (ending == Ending.TIMED_OUT) {
      return "timeout";
    }
    if (ending == Ending.CANCELLED) {
      return "cancellation";
    }
    if (ending == Ending.SKIPPED) {
      return "skip";
    }
    return switch (decision) {
      case PASS -> "success";
      case FAIL -> "failure";
      case INCONCLUSIVE, STALE, NOT_RUN -> "error";
    };
  }

  private static Json status(Decision decision, String why) {
    return decision == Decision.PASS ? Json.object().put("code", 1).build() : error(why);
  }

  private static Json error(String why) {
    return Json.object()
        .put("message", Words.cut(why, OtlpResource.LONGEST))
        .put("code", 2)
        .build();
  }
}
