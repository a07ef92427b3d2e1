package dev.assay.core.report;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sorts evidence by kind and merges measurements. Not for use by several threads. */
final class EvidenceFold {

  private final EvidenceRoom room;
  private final List<Outcome> outcomes = new ArrayList<>();
  private RunFollower.Counts left = RunFollower.Counts.NONE;
  private EvidenceReport.Others others = EvidenceReport.Others.NONE;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Artifact> artifacts = new ArrayList<>();
  private final Map<Key, MetricFold> metrics = new LinkedHashMap<>();

  /** Measurements of other shape or unit are never merged, whatever their names. */
  private record Key(String metric, String unit, Class<?> shape, @Nullable String step) {
    static Key of(Measurement measurement) {
      return new Key(
          measurement.metric(),
          measurement.unit().code(),
          measurement.value().getClass(),
          measurement.part());
    }

    Key whole() {
      return new Key(metric, unit, shape, null);
    }
  }

  EvidenceFold(EvidenceRoom room) {
    this.room = room;
  }

  /** None of it counts any more. */
  void drop() {
    outcomes.forEach(room::give);
    findings.forEach(room::give);
    events.forEach(room::give);
  }

  private void add(Outcome outcome) {
    if (room.take(outcome)) {
      outcomes.add(outcome);
    } else {
      left = left.with(outcome);
    }
  }

  private void add(Finding finding) {
    if (room.take(finding)) {
      findings.add(finding);
    } else {
      others = others.with(finding);
    }
  }

  private void add(Event event) {
    if (room.take(event)) {
      events.add(event);
    } else {
      others = others.with(event);
    }
  }

  void add(Evidence evidence) {
    switch (evidence) {
      case Outcome outcome -> add(outcome);
      case Finding finding -> add(finding);
      case Event event -> add(event);
      case Artifact artifact -> artifacts.add(artifact);
      case Measurement measurement ->
          metrics
              .computeIfAbsent(
                  Key.of(measurement),
                  key -> new MetricFold(measurement.metric(), key.step(), measurement.unit()))
              .add(measurement);
    }
  }

  EvidenceReport report() {
    List<MetricReport> reports = new ArrayList<>();
    wholes().forEach(fold -> reports.add(fold.report()));
    metrics.values().forEach(fold -> reports.add(fold.report()));
    reports.sort(
        Comparator.comparing(MetricReport::metric)
            .thenComparing(report -> Objects.requireNonNullElse(report.step(), "")));
    return new EvidenceReport(outcomes, reports, findings, events, artifacts, left, others);
  }

  /** The sum of all steps, for metrics that were measured by step only, and of two or more. */
  private List<MetricFold> wholes() {
    Map<Key, List<MetricFold>> bySteps = new LinkedHashMap<>();
    metrics.forEach(
        (key, fold) -> bySteps.computeIfAbsent(key.whole(), _ -> new ArrayList<>()).add(fold));
    List<MetricFold> wholes = new ArrayList<>();
    bySteps.forEach((key, folds) -> {
      if (folds.size() > 1 && !metrics.containsKey(key)) {
        MetricFold whole = new MetricFold(key.metric(), null, folds.getFirst().unit());
        folds.forEach(whole::addAll);
        wholes.add(whole);
      }
    });
    return wholes;
  }
}
