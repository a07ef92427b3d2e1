package dev.assay.core.report;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The evidence of one check or service, sorted by kind. Immutable.
 *
 * @param outcomes in the order they were found
 * @param metrics measurements merged per metric and step
 * @param findings in the order they were found
 * @param events in the order they were found
 * @param artifacts in the order they were stored
 * @param left how many outcomes there are beside those of the list, in a report that holds only
 *     some; all that is counted here counts them, too
 * @param others likewise of findings and events
 */
public record EvidenceReport(
    List<Outcome> outcomes,
    List<MetricReport> metrics,
    List<Finding> findings,
    List<Event> events,
    List<Artifact> artifacts,
    RunFollower.Counts left,
    Others others) {

  /**
   * How many findings and events are not held. Immutable.
   *
   * @param findings all of them
   * @param grave those that are no mere notes
   * @param events all of them
   */
  public record Others(long findings, long grave, long events) {

    /** None. */
    public static final Others NONE = new Others(0, 0, 0);

    Others with(Finding finding) {
      return new Others(findings + 1, grave + (isGrave(finding) ? 1 : 0), events);
    }

    Others with(Event event) {
      return new Others(findings, grave, events + 1);
    }
  }

  static final String NOTHING = "nothing was found";

  /** How many ranks outcomes have, by how much attention they need. */
  static final int RANKS = 4;

  /** Copies the lists. */
  public EvidenceReport {
    outcomes = List.copyOf(outcomes);
    metrics = List.copyOf(metrics);
    findings = List.copyOf(findings);
    events = List.copyOf(events);
    artifacts = List.copyOf(artifacts);
  }

  /** One with all that was found. */
  public EvidenceReport(
      List<Outcome> outcomes,
      List<MetricReport> metrics,
      List<Finding> findings,
      List<Event> events,
      List<Artifact> artifacts) {
    this(outcomes, metrics, findings, events, artifacts, RunFollower.Counts.NONE, Others.NONE);
  }

  /** How many findings there are. */
  public long findingCount() {
    return findings.size() + others.findings();
  }

  /** How many findings are no mere notes. */
  public long graveCount() {
    return findings.stream().filter(EvidenceReport::isGrave).count() + others.grave();
  }

  /** How many events there are. */
  public long eventCount() {
    return events.size() + others.events();
  }

  private static boolean isGrave(Finding finding) {
    return finding.severity().compareTo(Finding.Severity.WARNING) >= 0;
  }

  /** How many outcomes there are. */
  public long size() {
    return outcomes.size() + left.all();
  }

  /** How many outcomes were not carried out. */
  public long skipped() {
    return count(Result.SKIPPED) + left.skipped();
  }

  /** How many outcomes passed; some of them may have failed before. */
  public long passed() {
    return count(Result.PASSED) + left.all() - left.failed() - left.skipped();
  }

  private long count(Result result) {
    return outcomes.stream().filter(outcome -> outcome.result() == result).count();
  }

  /** How many outcomes failed or could not be carried out. */
  public long failed() {
    return outcomes.stream().filter(outcome -> outcome.result().failure()).count() + left.failed();
  }

  /** How many outcomes failed and passed. */
  public long flaky() {
    return outcomes.stream().filter(Outcome::flaky).count() + left.flaky();
  }

  /** The outcomes with what needs attention first: failed, flaky, skipped, passed. */
  public List<Outcome> gravestFirst() {
    return outcomes.stream().sorted(Comparator.comparingInt(EvidenceReport::rank)).toList();
  }

  /** 0 for what needs attention most. */
  static int rank(Outcome outcome) {
    if (outcome.result().failure()) {
      return 0;
    }
    if (outcome.flaky()) {
      return 1;
    }
    return outcome.result() == Result.SKIPPED ? 2 : 3;
  }

  /** One line of what was found, without judging it. */
  public String outline() {
    List<String> parts = new ArrayList<>();
    if (size() > 0) {
      parts.add(Words.many(size(), "outcome"));
      add(parts, failed(), "failed");
      add(parts, flaky(), "flaky");
      add(parts, skipped(), "skipped");
    }
    answer().or(this::spread).ifPresent(parts::add);
    if (graveCount() > 0) {
      parts.add(Words.many(graveCount(), "finding"));
    }
    return parts.isEmpty() ? NOTHING : String.join(", ", parts);
  }

  /** What a search was for says more than the values that it came by. */
  private Optional<String> answer() {
    return metrics.stream()
        .filter(metric -> metric.metric().equals("capacity"))
        .filter(metric -> metric.total() instanceof MetricReport.Readings)
        .map(metric ->
            "capacity " + metric.unit().format(((MetricReport.Readings) metric.total()).mean()))
        .findFirst();
  }

  private Optional<String> spread() {
    return metrics.stream()
        .filter(metric ->
            metric.total() instanceof MetricReport.Spread spread
                && spread.count() >= MetricReport.Spread.ENOUGH)
        .min(
            Comparator.comparing((MetricReport metric) -> !metric.metric().equals("latency"))
                .thenComparing(metric -> metric.step() != null))
        .map(EvidenceReport::spread);
  }

  private static void add(List<String> parts, long count, String word) {
    if (count > 0) {
      parts.add(Words.grouped(count) + " " + word);
    }
  }

  private static String spread(MetricReport metric) {
    MetricReport.Spread spread = (MetricReport.Spread) metric.total();
    return metric.metric()
        + " p50 "
        + metric.unit().format(spread.p50())
        + ", p95 "
        + metric.unit().format(spread.p95())
        + " of "
        + Words.grouped(spread.count());
  }
}
