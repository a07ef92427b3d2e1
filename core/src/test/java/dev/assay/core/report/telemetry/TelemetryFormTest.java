package dev.assay.core.report.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.MetricReport;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.SampleRun;
import dev.assay.core.report.telemetry.TelemetryForm.Part;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OTLP is read by OpenTelemetry's own definitions, which take nothing that they do not know. */
class TelemetryFormTest {

  private static final String URL = "https://assay.example/projects/shop/runs/1";

  static List<RunReport> runs() {
    return List.of(
        SampleRun.full(),
        SampleRun.small(),
        SampleRun.green(),
        SampleRun.hostile(),
        SampleRun.huge());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aTraceHoldsTheRunItsChecksAndTheirOutcomes(RunReport run) throws Exception {
    List<Span> spans = spans(run);
    Span root = spans.getFirst();
    assertThat(root.getParentSpanId().isEmpty()).isTrue();
    assertThat(root.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(spans).allMatch(span -> span.getTraceId().equals(root.getTraceId()));
    assertThat(spans.stream().map(Span::getSpanId).distinct()).hasSameSizeAs(spans);
    assertThat(spans).allMatch(span -> span.getEndTimeUnixNano() >= span.getStartTimeUnixNano());
    Set<Object> checks =
        spans.stream()
            .filter(span -> span.getParentSpanId().equals(root.getSpanId()))
            .map(Span::getSpanId)
            .collect(Collectors.toSet());
    assertThat(checks)
        .hasSize((int) run.checks().stream().filter(check -> check.opened() != null).count());
    assertThat(spans.stream().skip(1))
        .allMatch(span ->
            span.getParentSpanId().equals(root.getSpanId())
                || checks.contains(span.getParentSpanId()));
    long outcomes = run.checks().stream().mapToLong(check -> check.evidence().size()).sum();
    assertThat(spans)
        .hasSize(1 + checks.size() + (int) Math.min(outcomes, OtlpTrace.MOST_OUTCOMES));
  }

  @Test
  void aTraceIsBoundedWhateverTheRunPrinted() {
    String body = TelemetryForm.OTLP.parts(SampleRun.huge(), URL).getFirst().body();
    assertThat(body.length()).isLessThan(8_000_000);
  }

  @Test
  void idsAreHexadecimalAndTheSameEachTime() {
    RunReport run = SampleRun.full();
    assertThat(TelemetryForm.OTLP.parts(run, URL)).isEqualTo(TelemetryForm.OTLP.parts(run, URL));
    Json.Obj span =
        json(TelemetryForm.OTLP.parts(run, URL).getFirst())
            .array("resourceSpans")
            .getFirst()
            .asObject()
            .array("scopeSpans")
            .getFirst()
            .asObject()
            .array("spans")
            .get(1)
            .asObject();
    assertThat(span.text("traceId")).matches("[0-9a-f]{32}");
    assertThat(span.text("spanId")).matches("[0-9a-f]{16}");
    assertThat(span.text("parentSpanId")).matches("[0-9a-f]{16}");
    assertThat(span.text("startTimeUnixNano")).matches("\\d{19}");
  }

  @Test
  void whatFailedIsAnErrorWithItsException() throws Exception {
    RunReport run = SampleRun.full();
    long failed = run.checks().stream().mapToLong(check -> check.evidence().failed()).sum();
    List<Span> errors =
        spans(run).stream()
            .filter(span -> attribute(span, "test.case.result.status").equals("fail"))
            .toList();
    assertThat(errors).hasSize((int) failed).isNotEmpty();
    assertThat(errors)
        .allMatch(span -> span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
        .allMatch(
            span -> span.getEventsList().stream().anyMatch(e -> e.getName().equals("exception")));
  }

  private static String attribute(Span span, String name) {
    return span.getAttributesList().stream()
        .filter(each -> each.getKey().equals(name))
        .map(each -> each.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void metricsAreReadByWhoeverSpeaksOtlp(RunReport run) throws Exception {
    assertThat(metrics(run))
        .extracting(Metric::getName)
        .doesNotHaveDuplicates()
        .contains("assay.run.passed");
    assertThat(metrics(run)).allMatch(metric -> metric.getGauge().getDataPointsCount() > 0);
  }

  @Test
  void aPercentileIsToldInSecondsOfTheCheckThatMeasuredIt() throws Exception {
    RunReport run = SampleRun.full();
    CheckReport check =
        run.checks().stream()
            .filter(each -> each.evidence().metrics().stream().anyMatch(TelemetryFormTest::latency))
            .findFirst()
            .orElseThrow();
    MetricReport latency =
        check.evidence().metrics().stream()
            .filter(TelemetryFormTest::latency)
            .findFirst()
            .orElseThrow();
    NumberDataPoint point =
        metrics(run).stream()
            .filter(metric -> metric.getName().equals("assay.metric.latency"))
            .flatMap(metric -> metric.getGauge().getDataPointsList().stream())
            .filter(
                each -> has(each, "assay.statistic", "p99") && has(each, "assay.check", check.id()))
            .filter(each -> !has(each, "assay.step"))
            .findFirst()
            .orElseThrow();
    double nanos = ((MetricReport.Spread) latency.total()).p99();
    assertThat(point.getAsDouble()).isCloseTo(nanos / 1e9, within(1e-12));
    assertThat(metrics(run)).extracting(Metric::getName).contains("assay.timeline.latency");
  }

  private static boolean latency(MetricReport metric) {
    return metric.key().equals("latency") && metric.total() instanceof MetricReport.Spread;
  }

  private static boolean has(NumberDataPoint point, String name, String... value) {
    return point.getAttributesList().stream()
        .anyMatch(each ->
            each.getKey().equals(name)
                && (value.length == 0 || each.getValue().getStringValue().equals(value[0])));
  }

  @Test
  void metricsSayNothingOfTheOneRunSoThatTheNextGoesOnWithTheirLines() {
    RunReport run = SampleRun.full();
    String commit = String.valueOf(run.subject().commit());
    assertThat(TelemetryForm.OTLP.parts(run, URL).get(1).body()).doesNotContain(run.id(), commit);
    TelemetryForm.DATADOG.parts(run, URL).stream()
        .filter(part -> part.path().equals("/api/v2/series"))
        .forEach(part -> assertThat(part.body()).doesNotContain(run.id(), commit));
    assertThat(TelemetryForm.OTLP.parts(run, URL).getFirst().body())
        .contains(run.id(), commit, URL);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void datadogTakesEverySeries(RunReport run) {
    List<Part> parts = TelemetryForm.DATADOG.parts(run, null);
    List<Part> series = parts.subList(0, parts.size() - 1);
    assertThat(series).isNotEmpty().allMatch(part -> part.path().equals("/api/v2/series"));
    for (Part part : series) {
      assertThat(part.body().getBytes(StandardCharsets.UTF_8).length).isLessThan(512_000);
      for (Json each : json(part).array("series")) {
        Json.Obj one = each.asObject();
        assertThat(one.text("metric")).matches("[A-Za-z][A-Za-z0-9_.]{0,199}");
        assertThat(one.array("points")).isNotEmpty();
        assertThat(one.array("tags")).allMatch(tag -> tag.asText().length() <= 200);
        assertThat(one.whole("type")).isEqualTo(3);
      }
    }
    Json.Obj event = json(parts.getLast());
    assertThat(parts.getLast().path()).isEqualTo("/api/v1/events");
    assertThat(event.text("title")).hasSizeBetween(1, 100);
    assertThat(event.text("text")).hasSizeBetween(1, 4_000);
    assertThat(event.text("alert_type")).isIn("success", "error", "warning");
  }

  @Test
  void whatGreetsIsTakenByOtlp() throws Exception {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    read(TelemetryForm.OTLP.greeting(), request);
    assertThat(request.getResourceSpansCount()).isZero();
  }

  private static List<Span> spans(RunReport run) throws InvalidProtocolBufferException {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    Part part = TelemetryForm.OTLP.parts(run, null).getFirst();
    assertThat(part.path()).isEqualTo("/v1/traces");
    read(part, request);
    return request.getResourceSpans(0).getScopeSpans(0).getSpansList();
  }

  private static List<Metric> metrics(RunReport run) throws InvalidProtocolBufferException {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    Part part = TelemetryForm.OTLP.parts(run, null).get(1);
    assertThat(part.path()).isEqualTo("/v1/metrics");
    read(part, request);
    return request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList();
  }

  private static void read(Part part, Message.Builder into) throws InvalidProtocolBufferException {
    JsonFormat.parser().merge(part.body(), into);
  }

  private static Json.Obj json(Part part) {
    return JsonReader.read(part.body()).asObject();
  }
}
