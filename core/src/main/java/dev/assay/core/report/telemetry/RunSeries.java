package dev.assay.core.report.telemetry;

import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.EvidenceReport;
import dev.assay.core.report.MetricReport;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.ServiceReport;
import dev.assay.core.report.telemetry.Series.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a run: how long it and its checks took, whether they passed, how many outcomes and
 * findings there were, and what was measured, over all of a check and, as a line, over time. At
 * most {@value #MOST_POINTS} points; what is over all comes first. Not for use by several threads.
 */
final class RunSeries {

  /** How many points a run may have; the lines over time are left out where there is no room. */
  static final int MOST_POINTS = 20_000;

  private static final double NANOS = 1e-9;
  private static final String COUNT = "count";

  private final List<Series> series = new ArrayList<>();
  private final Instant at;
  private int room = MOST_POINTS;

  private RunSeries(Instant at) {
    this.at = at;
  }

  /** All of a run; where it was interrupted, of the moment in which it began. */
  static List<Series> of(RunReport run) {
    Instant closed = run.closed();
    RunSeries all = new RunSeries(closed == null ? run.summary().opened() : closed);
    all.took("assay.run.duration", run.took(), Map.of());
    all.passed("assay.run.passed", run.decision(), Map.of());
    for (CheckReport check : run.checks()) {
      all.took("assay.check.duration", check.took(), about(check));
      all.passed("assay.check.passed", check.decision(), about(check));
      all.counts(check.evidence(), about(check));
    }
    for (ServiceReport service : run.services()) {
      all.counts(service.evidence(), about(service));
    }
    run.checks().forEach(check -> all.lines(check.evidence(), about(check)));
    run.services().forEach(service -> all.lines(service.evidence(), about(service)));
    return List.copyOf(all.series);
  }

  private static Map<String, String> about(CheckReport check) {
    return Map.of("assay.check", check.id());
  }

  private static Map<String, String> about(ServiceReport service) {
    return Map.of("assay.service", service.name());
  }

  private void took(String name, @Nullable Duration took, Map<String, String> about) {
    if (took != null) {
      add(name, "s", about, took.toNanos() * NANOS);
    }
  }

  private void passed(String name, Decision decision, Map<String, String> about) {
    add(
        name,
        "1",
        with(about, Map.of("assay.decision", decision.name())),
        decision == Decision.PASS ? 1 : 0);
  }

  private void counts(EvidenceReport evidence, Map<String, String> about) {
    Map<String, Long> results = new LinkedHashMap<>();
    results.put("passed", evidence.passed());
    results.put("failed", evidence.failed());
    results.put("skipped", evidence.skipped());
    results.put("flaky", evidence.flaky());
    if (evidence.size() > 0) {
      results.forEach((result, count) ->
          add("assay.outcomes", "{outcome}", with(about, Map.of("assay.result", result)), count));
    }
    if (evidence.findingCount() > 0) {
      add("assay.findings", "{finding}", about, evidence.findingCount());
      add("assay.findings.grave", "{finding}", about, evidence.graveCount());
    }
    for (MetricReport metric : evidence.metrics()) {
      statistics(metric.total())
          .forEach((statistic, value) ->
              measured("assay.metric.", metric, statistic, about, List.of(new Point(at, value))));
    }
  }

  /** How each metric of a whole check went on over time. */
  private void lines(EvidenceReport evidence, Map<String, String> about) {
    for (MetricReport metric : evidence.metrics()) {
      if (metric.step() == null && metric.timeline().size() > 1) {
        Map<String, List<Point>> lines = new TreeMap<>();
        for (MetricReport.Slice slice : metric.timeline()) {
          course(slice.value())
              .forEach((statistic, value) ->
                  lines
                      .computeIfAbsent(statistic, _ -> new ArrayList<>())
                      .add(new Point(slice.to(), value)));
        }
        lines.forEach(
            (statistic, points) -> measured("assay.timeline.", metric, statistic, about, points));
      }
    }
  }

  /** How many values there were has another unit than they have, and so another name. */
  private void measured(
      String prefix,
      MetricReport metric,
      String statistic,
      Map<String, String> about,
      List<Point> points) {
    Map<String, String> named = new LinkedHashMap<>(about);
    String step = metric.step();
    if (step != null) {
      named.put("assay.step", step);
    }
    if (statistic.equals(COUNT)) {
      add(prefix + metric.metric() + ".count", "1", named, points);
    } else {
      named.put("assay.statistic", statistic);
      double scale = metric.unit() == Unit.NANOSECONDS ? NANOS : 1;
      add(
          prefix + metric.metric(),
          unit(metric.unit()),
          named,
          points.stream().map(point -> new Point(point.at(), point.value() * scale)).toList());
    }
  }

  private static Map<String, String> with(Map<String, String> about, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(about);
    all.putAll(more);
    return all;
  }

  private void add(String name, String unit, Map<String, String> about, double value) {
    add(name, unit, about, List.of(new Point(at, value)));
  }

  private void add(String name, String unit, Map<String, String> about, List<Point> points) {
    List<Point> finite = points.stream().filter(point -> Double.isFinite(point.value())).toList();
    if (!finite.isEmpty() && finite.size() <= room) {
      room -= finite.size();
      series.add(new Series(name, unit, about, finite));
    }
  }

  private static Map<String, Double> statistics(MetricReport.Summary summary) {
    return switch (summary) {
      case MetricReport.Events events -> Map.of(COUNT, (double) events.count());
      case MetricReport.Share share -> Map.of("ratio", share.ratio());
      case MetricReport.Readings read ->
          named(
              read,
              Map.of(
                  "last", MetricReport.Readings::last,
                  "min", MetricReport.Readings::min,
                  "mean", MetricReport.Readings::mean,
                  "max", MetricReport.Readings::max));
      case MetricReport.Spread spread ->
          named(
              spread,
              Map.of(
                  COUNT,
                  each -> (double) each.count(),
                  "min",
                  MetricReport.Spread::min,
                  "mean",
                  MetricReport.Spread::mean,
                  "p50",
                  MetricReport.Spread::p50,
                  "p90",
                  MetricReport.Spread::p90,
                  "p95",
                  MetricReport.Spread::p95,
                  "p99",
                  MetricReport.Spread::p99,
                  "p999",
                  MetricReport.Spread::p999,
                  "max",
                  MetricReport.Spread::max));
    };
  }

  private static Map<String, Double> course(MetricReport.Summary summary) {
    return switch (summary) {
      case MetricReport.Readings read -> Map.of("mean", read.mean());
      case MetricReport.Spread spread -> Map.of("p50", spread.p50(), "p99", spread.p99());
      case MetricReport.Events _, MetricReport.Share _ -> statistics(summary);
    };
  }

  private static <T> Map<String, Double> named(T summary, Map<String, Function<T, Double>> each) {
    Map<String, Double> values = new TreeMap<>();
    each.forEach((name, value) -> values.put(name, value.apply(summary)));
    return values;
  }

  private static String unit(Unit unit) {
    return switch (unit) {
      case NANOSECONDS -> "s";
      case BYTES -> "By";
      case PER_SECOND -> "{event}/s";
      case NONE, RATIO -> "1";
    };
  }
}
