package dev.assay.core.report;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.Where;
import dev.assay.api.verdict.Decision;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A run as JSON of the shape {@code "report":"assay-run/1"}, described in {@code docs/reports.md}.
 * A new member may appear in it; none changes its meaning or goes without a new version. Times are
 * ISO 8601 in UTC, durations whole nanoseconds, and values in the unit that stands beside them.
 * Holds everything the other forms show.
 */
public final class JsonReport {

  private JsonReport() {}

  /** The report, indented for people, with a line end. */
  public static String write(RunReport run) {
    return JsonWriter.pretty(json(run)) + "\n";
  }

  /** The report as a value. */
  public static Json.Obj json(RunReport run) {
    return json(run, JsonReport::listed);
  }

  /** The lists of evidence that have no bound. */
  enum Part {
    OUTCOMES(Outcome.class),
    FINDINGS(Finding.class),
    EVENTS(Event.class);

    private final Class<? extends Evidence> kind;

    Part(Class<? extends Evidence> kind) {
      this.kind = kind;
    }

    boolean has(Evidence evidence) {
      return kind.isInstance(evidence);
    }

    /** Those that a report holds. */
    List<? extends Evidence> held(EvidenceReport evidence) {
      return switch (this) {
        case OUTCOMES -> evidence.outcomes();
        case FINDINGS -> evidence.findings();
        case EVENTS -> evidence.events();
      };
    }

    /** Whether a report holds all of them. */
    boolean isWhole(EvidenceReport evidence) {
      return switch (this) {
        case OUTCOMES -> evidence.left().all() == 0;
        case FINDINGS -> evidence.others().findings() == 0;
        case EVENTS -> evidence.others().events() == 0;
      };
    }
  }

  /** What evidence holds of a part. */
  static Json listed(EvidenceReport evidence, Part part) {
    return Json.array(part.held(evidence).stream().map(EvidenceCodec::encode).toList());
  }

  /** The evidence of all checks, then of all services, in their order. */
  static List<EvidenceReport> evidence(RunReport run) {
    List<EvidenceReport> all = new ArrayList<>();
    run.checks().forEach(check -> all.add(check.evidence()));
    run.services().forEach(service -> all.add(service.evidence()));
    return all;
  }

  /**
   * The same with something in the place of long lists.
   *
   * @param lists asked with the value that stands in the report itself
   */
  static Json.Obj json(RunReport run, BiFunction<EvidenceReport, Part, Json> lists) {
    return Json.object()
        .put("report", "assay-run/1")
        .put("run", run.id())
        .put("workspace", run.summary().workspace())
        .put("digest", run.summary().digest())
        .put("subject", LedgerCodec.encode(run.subject()))
        .put("assay", run.version())
        .put("seed", run.seed())
        .put("opened", run.summary().opened().toString())
        .put("closed", moment(run.closed()))
        .put("took", nanos(run.took()))
        .put("ending", word(run.ending()))
        .put("resumed", run.resumed())
        .put("decision", run.decision().name())
        .put("headline", run.headline())
        .put("because", run.because())
        .put(
            "checks",
            Json.array(run.checks().stream().map(check -> check(run.id(), check, lists)).toList()))
        .put(
            "services",
            Json.array(run.services().stream().map(service -> service(service, lists)).toList()))
        .build();
  }

  /** A problem, as {@code --json} shows it on standard output. */
  public static Json.Obj problem(Problem problem) {
    Json.Builder where = Json.object().put("text", problem.where().text());
    if (problem.where() instanceof Place place) {
      where.put("file", place.file()).put("line", place.line()).put("column", place.column());
    } else if (problem.where() instanceof Where.Named named) {
      where.put("name", named.text());
    }
    Json.Builder json =
        Json.object()
            .put("code", problem.code())
            .put("kind", problem.kind().name())
            .put("title", problem.type().title())
            .put("what", problem.what())
            .put("where", where.build())
            .put("mend", problem.mend());
    Throwable cause = problem.cause();
    if (problem.kind() == ProblemKind.INTERNAL && cause != null) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace, true));
      json.put("trace", trace.toString());
    }
    return json.build();
  }

  private static Json check(
      String run, CheckReport check, BiFunction<EvidenceReport, Part, Json> lists) {
    Json.Builder json =
        Json.object()
            .put("id", check.id())
            .put("type", check.type())
            .put("digest", check.digest())
            .put("stage", check.stage())
            .put("decision", check.decision().name())
            .put("because", check.because())
            .put("opened", moment(check.opened()))
            .put("closed", moment(check.closed()))
            .put("took", nanos(check.took()))
            .put("ending", word(check.ending()))
            .put("problem", text(check.problem()))
            .put("saved", Json.array(check.saved().stream().map(Json::of).toList()));
    if (check.decision() == Decision.FAIL) {
      json.put("reproduce", Words.again(run, check));
    }
    var verdict = check.verdict();
    json.put("verdict", verdict == null ? Json.Null.VALUE : LedgerCodec.encode(verdict));
    return evidence(json, check.evidence(), lists).build();
  }

  private static Json service(ServiceReport service, BiFunction<EvidenceReport, Part, Json> lists) {
    return evidence(Json.object().put("name", service.name()), service.evidence(), lists).build();
  }

  private static Json.Builder evidence(
      Json.Builder json, EvidenceReport evidence, BiFunction<EvidenceReport, Part, Json> lists) {
    Json counts =
        Json.object()
            .put("tests", evidence.size())
            .put("failed", evidence.failed())
            .put("flaky", evidence.flaky())
            .build();
    return json.put("counts", counts)
        .put("outcomes", lists.apply(evidence, Part.OUTCOMES))
        .put("metrics", Json.array(evidence.metrics().stream().map(JsonReport::metric).toList()))
        .put("findings", lists.apply(evidence, Part.FINDINGS))
        .put("events", lists.apply(evidence, Part.EVENTS))
        .put(
            "artifacts",
            Json.array(evidence.artifacts().stream().map(JsonReport::artifact).toList()));
  }

  private static Json artifact(Artifact artifact) {
    return EvidenceCodec.encode(artifact);
  }

  private static Json metric(MetricReport metric) {
    List<Json> timeline = new ArrayList<>();
    for (MetricReport.Slice slice : metric.timeline()) {
      timeline.add(
          Json.object()
              .put("from", slice.from().toString())
              .put("to", slice.to().toString())
              .put("value", summary(slice.value()))
              .build());
    }
    Map<String, Json> parts = new LinkedHashMap<>();
    metric.parts().forEach((part, count) -> parts.put(part, Json.of(count)));
    return Json.object()
        .put("metric", metric.metric())
        .put("step", text(metric.step()))
        .put("unit", metric.unit().code())
        .put("total", summary(metric.total()))
        .put("parts", new Json.Obj(parts))
        .put("unreadable", metric.unreadable())
        .put("timeline", Json.array(timeline))
        .build();
  }

  private static Json summary(MetricReport.Summary summary) {
    Json.Builder json = Json.object();
    switch (summary) {
      case MetricReport.Events events -> json.put("count", events.count());
      case MetricReport.Share share ->
          json.put("hits", share.hits()).put("total", share.of()).put("ratio", real(share.ratio()));
      case MetricReport.Readings read ->
          json.put("count", read.count())
              .put("last", real(read.last()))
              .put("min", real(read.min()))
              .put("mean", real(read.mean()))
              .put("max", real(read.max()));
      case MetricReport.Spread spread ->
          json.put("count", spread.count())
              .put("min", real(spread.min()))
              .put("mean", real(spread.mean()))
              .put("p50", real(spread.p50()))
              .put("p90", real(spread.p90()))
              .put("p95", real(spread.p95()))
              .put("p99", real(spread.p99()))
              .put("p99.9", real(spread.p999()))
              .put("max", real(spread.max()));
    }
    return json.build();
  }

  private static Json real(double value) {
    return Double.isFinite(value) ? Json.of(value) : Json.Null.VALUE;
  }

  private static Json text(@Nullable String text) {
    return text == null ? Json.Null.VALUE : Json.of(text);
  }

  private static Json moment(@Nullable Instant at) {
    return at == null ? Json.Null.VALUE : Json.of(at.toString());
  }

  private static Json nanos(@Nullable Duration duration) {
    return duration == null ? Json.Null.VALUE : Json.of(duration.toNanos());
  }

  private static Json word(@Nullable Enum<?> word) {
    return word == null ? Json.Null.VALUE : Json.of(word.name());
  }
}
