package dev.assay.cli;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.plan.Subject;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.stats.HistogramEncoding;
import dev.assay.store.MemoryLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/** A ledger of runs of a shop, an hour apart, as a load check and a suite leave them. */
final class StoredRuns {

  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final String LOAD = "browse";
  static final String SUITE = "unit";

  /** What every verdict speaks of. */
  private static final String JUDGED = "latency.p50 < 50 ms";

  private final MemoryLedger ledger = new MemoryLedger(Path.of("no-artifacts"));
  private int runs;

  Ledger ledger() {
    return ledger;
  }

  /** Adds a run with its own scatter and no failing tests. */
  RunSummary add(double median, double scatter) {
    return add(median, scatter, "main", Map.of(), Set.of());
  }

  /**
   * Adds a run.
   *
   * @param median of its latencies in milliseconds
   * @param scatter by how much this run as a whole is off that
   * @param failing names of tests, of a, b and c
   */
  RunSummary add(
      double median,
      double scatter,
      String branch,
      Map<String, String> labels,
      Set<String> failing) {
    SplittableRandom random = new SplittableRandom(31L * runs + 7);
    Instant at = START.plus(Duration.ofHours(runs));
    String id = String.format(java.util.Locale.ROOT, "r%03d", runs++);
    append(
        id,
        new LedgerEntry.RunOpened(
            at,
            "shop",
            "d".repeat(64),
            new Subject("local", commit(runs), branch, false, null),
            runs,
            "test",
            List.of(new Planned(LOAD, "load", "l1", 0), new Planned(SUITE, "suite", "s1", 0)),
            labels));
    append(id, new LedgerEntry.CheckOpened(at, LOAD));
    double level = median * Math.exp(scatter * random.nextGaussian());
    latencies(at, level, random).forEach(fact -> append(id, new LedgerEntry.Recorded(fact)));
    close(id, LOAD, at.plusSeconds(20), Decision.PASS);
    append(id, new LedgerEntry.CheckOpened(at, SUITE));
    tests(at, failing).forEach(fact -> append(id, new LedgerEntry.Recorded(fact)));
    Decision tests = failing.isEmpty() ? Decision.PASS : Decision.FAIL;
    close(id, SUITE, at.plusSeconds(30), tests);
    append(id, new LedgerEntry.RunClosed(at.plusSeconds(60), Ending.COMPLETED, tests));
    return ledger.find(id).orElseThrow();
  }

  static String commit(int number) {
    return String.format(java.util.Locale.ROOT, "%08x", number) + "0".repeat(32);
  }

  private void close(String id, String check, Instant at, Decision decision) {
    append(id, new LedgerEntry.CheckClosed(at, check, Ending.COMPLETED, null, Map.of()));
    Reason reason = new Reason(decision, JUDGED, "It is so.", Map.of(), List.of());
    append(id, new LedgerEntry.Judged(check, new Verdict(decision, List.of(reason), "p", "e")));
  }

  private static List<Evidence> latencies(Instant at, double level, SplittableRandom random) {
    List<Evidence> facts = new ArrayList<>();
    for (int second = 0; second < 20; second++) {
      Histogram histogram = new Histogram(3);
      for (int i = 0; i < 100; i++) {
        histogram.recordValue((long) (1e6 * level * Math.exp(0.1 * random.nextGaussian())));
      }
      facts.add(
          measured(
              "latency",
              Unit.NANOSECONDS,
              at.plusSeconds(second),
              new Measured.Distribution(100, HistogramEncoding.encode(histogram))));
      facts.add(measured("requests", Unit.NONE, at.plusSeconds(second), new Measured.Count(100)));
      facts.add(
          measured("errors", Unit.RATIO, at.plusSeconds(second), new Measured.Proportion(0, 100)));
    }
    return facts;
  }

  private static Measurement measured(String metric, Unit unit, Instant at, Measured value) {
    return new Measurement(LOAD, metric, unit, at, at.plusSeconds(1), Map.of(), value);
  }

  private static List<Evidence> tests(Instant at, Set<String> failing) {
    List<Evidence> facts = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      Attempt attempt =
          failing.contains(name)
              ? Attempt.failed(Duration.ofMillis(1), "assertion", "no", null)
              : Attempt.passed(Duration.ofMillis(1));
      facts.add(new Outcome(SUITE, at, "Shop", name, List.of(attempt), Map.of()));
    }
    return facts;
  }

  private void append(String run, LedgerEntry entry) {
    ledger.append(run, entry).join();
  }
}
