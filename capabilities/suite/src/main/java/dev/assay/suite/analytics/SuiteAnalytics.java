package dev.assay.suite.analytics;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.failure.Histories;
import dev.assay.suite.failure.PastRun;
import dev.assay.suite.failure.TestId;
import dev.assay.suite.flaky.FlakyClassifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The figures of many runs. Immutable.
 *
 * @param trend every run that had tests, the oldest first
 * @param tests every test, in the order of names
 * @param episodes every time a test failed for a while, the longest first
 * @param days the days between the first and the last run; at least one
 */
public record SuiteAnalytics(
    List<RunPoint> trend, List<TestRecord> tests, List<Episode> episodes, double days) {

  private static final double MONTH = 365.25 / 12;

  /** Copies the lists. */
  public SuiteAnalytics {
    trend = List.copyOf(trend);
    tests = List.copyOf(tests);
    episodes = List.copyOf(episodes);
  }

  /** Of runs, the oldest first. */
  public static SuiteAnalytics of(List<PastRun> past) {
    List<PastRun> runs = past.stream().filter(run -> !run.tests().isEmpty()).toList();
    List<RunPoint> trend = runs.stream().map(RunPoint::of).toList();
    double days = days(trend);
    Map<TestId, Sum> sums = new LinkedHashMap<>();
    Duration all = Duration.ZERO;
    for (PastRun run : runs) {
      for (Map.Entry<TestId, PastRun.Seen> entry : run.tests().entrySet()) {
        if (entry.getValue().result() != Result.SKIPPED) {
          sums.computeIfAbsent(entry.getKey(), key -> new Sum()).add(entry.getValue());
          all = all.plus(entry.getValue().took());
        }
      }
    }
    List<TestRecord> tests = new ArrayList<>();
    List<Episode> episodes = new ArrayList<>();
    double whole = Math.max(1, all.toNanos());
    sums.forEach((test, sum) -> {
      tests.add(
          new TestRecord(
              test,
              sum.runs,
              sum.failures,
              sum.flaky,
              sum.took.dividedBy(sum.runs),
              sum.took.toNanos() / whole,
              sum.took.toNanos() / 60e9 / days * MONTH,
              FlakyClassifier.classify(Histories.of(test, runs))));
      episodes.addAll(episodes(test, runs));
    });
    tests.sort(Comparator.comparing(TestRecord::test));
    Instant end = trend.isEmpty() ? Instant.EPOCH : trend.getLast().at();
    episodes.sort(Comparator.comparing((Episode episode) -> episode.lasted(end)).reversed());
    return new SuiteAnalytics(trend, tests, episodes, days);
  }

  private static double days(List<RunPoint> trend) {
    return trend.isEmpty()
        ? 1
        : Math.max(
            1, Duration.between(trend.getFirst().at(), trend.getLast().at()).toMinutes() / 1440.0);
  }

  /** The times in which a test failed, each until the next run in which it passed. */
  private static List<Episode> episodes(TestId test, List<PastRun> runs) {
    List<Episode> episodes = new ArrayList<>();
    PastRun first = null;
    int count = 0;
    for (PastRun run : runs) {
      PastRun.Seen seen = run.tests().get(test);
      if (seen == null || seen.result() == Result.SKIPPED) {
        continue;
      }
      if (seen.result().failure()) {
        first = first == null ? run : first;
        count++;
      } else if (first != null) {
        episodes.add(episode(test, first, run, count));
        first = null;
        count = 0;
      }
    }
    if (first != null) {
      episodes.add(episode(test, first, null, count));
    }
    return episodes;
  }

  private static Episode episode(TestId test, PastRun first, @Nullable PastRun green, int count) {
    String commit = first.commit();
    return new Episode(
        test,
        first.run().id(),
        first.run().opened(),
        green == null ? null : green.run().opened(),
        count,
        green != null && commit != null && commit.equals(green.commit()));
  }

  private static final class Sum {
    private int runs;
    private int failures;
    private int flaky;
    private Duration took = Duration.ZERO;

    void add(PastRun.Seen seen) {
      runs++;
      failures += seen.result().failure() ? 1 : 0;
      flaky += seen.flaky() ? 1 : 0;
      took = took.plus(seen.took());
    }
  }

  /** Those that take the most on average. */
  public List<TestRecord> slowest(int most) {
    return top(most, Comparator.comparing(TestRecord::mean).reversed(), record -> true);
  }

  /** Those most likely to fail by chance, among those that ever failed. */
  public List<TestRecord> flakiest(int most) {
    return top(
        most,
        Comparator.comparingDouble((TestRecord record) -> record.thinking().nondeterministic())
            .thenComparingInt(TestRecord::flakyRuns)
            .reversed(),
        record -> record.flakyRuns() + record.failures() > 0);
  }

  /** Those that cost the most a month. */
  public List<TestRecord> dearest(int most) {
    return top(
        most, Comparator.comparingDouble(TestRecord::minutesAMonth).reversed(), record -> true);
  }

  /** Those that ran often and never failed, the dearest first. */
  public List<TestRecord> neverFailed(int most, int enoughRuns) {
    return top(
        most,
        Comparator.comparingDouble(TestRecord::minutesAMonth).reversed(),
        record -> record.runs() >= enoughRuns && record.failures() + record.flakyRuns() == 0);
  }

  private List<TestRecord> top(
      int most, Comparator<TestRecord> order, java.util.function.Predicate<TestRecord> which) {
    return tests.stream()
        .filter(which)
        .sorted(order.thenComparing(TestRecord::test))
        .limit(most)
        .toList();
  }

  /** What all tests take in a month. */
  public double minutesAMonth() {
    return tests.stream().mapToDouble(TestRecord::minutesAMonth).sum();
  }

  /**
   * How long a failure mostly lasts until it is mended: the median over those that were, with those
   * left out that passed again with the same code.
   */
  public Optional<Duration> timeToFix() {
    List<Duration> lasted =
        episodes.stream()
            .filter(episode -> episode.ended() != null && !episode.sameCode())
            .map(episode -> episode.lasted(Instant.EPOCH))
            .sorted()
            .toList();
    return lasted.isEmpty() ? Optional.empty() : Optional.of(lasted.get((lasted.size() - 1) / 2));
  }
}
