package dev.assay.core.compare;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Metric;
import dev.assay.core.judge.CheckLevels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads how checks went through the runs of a ledger. */
public final class Trends {

  /** Of fewer runs there is nothing to tell. */
  public static final int FEWEST = 3;

  private final Ledger ledger;
  private final Function<StoredCheck, List<Metric>> metrics;

  /** One number of one check. */
  private record Name(String check, CheckLevels.Key key) {}

  /** What was read of it. */
  private static final class Series {
    private final Metric metric;
    private final List<Trend.Point> points = new ArrayList<>();

    Series(Metric metric) {
      this.metric = metric;
    }
  }

  /**
   * Of a ledger.
   *
   * @param metrics what a stored check is looked at by
   */
  public Trends(Ledger ledger, Function<StoredCheck, List<Metric>> metrics) {
    this.ledger = ledger;
    this.metrics = metrics;
  }

  /** Looks at what the evidence itself shows. */
  public static Trends ofEvidence(Ledger ledger) {
    return new Trends(ledger, check -> CheckLevels.metricsIn(check.evidence()));
  }

  /** Chooses numbers. */
  @FunctionalInterface
  public interface Wanted {
    /** Whether this number of that check is looked at. */
    boolean test(String check, CheckLevels.Key key, Metric metric);
  }

  /**
   * Which runs are read.
   *
   * @param wanted which ones
   * @param most how many at most, the newest
   * @param entries how many entries of the ledger all of them may have at most
   */
  public record Range(Predicate<RunSummary> wanted, int most, long entries) {}

  /**
   * Reads.
   *
   * @param wanted which numbers of which checks
   * @return those that were measured in {@link #FEWEST} runs or more, by check in the order of the
   *     newest run
   */
  public List<Trend> read(Range range, Wanted wanted) {
    Map<Name, Series> series = new LinkedHashMap<>();
    for (RunSummary run : runs(range)) {
      StoredCheck.all(ledger, run.id()).values().stream()
          .filter(StoredCheck::comparable)
          .forEach(check -> add(series, run, check, wanted));
    }
    List<Trend> trends = new ArrayList<>();
    series.forEach((name, one) -> {
      if (one.points.size() >= FEWEST) {
        trends.add(Trend.of(name.check(), name.key(), one.metric, one.points.reversed()));
      }
    });
    trends.sort(java.util.Comparator.comparing(Trend::check));
    return trends;
  }

  private void add(Map<Name, Series> series, RunSummary run, StoredCheck check, Wanted wanted) {
    List<Evidence> evidence = check.evidence();
    CheckLevels.of(metrics.apply(check), evidence)
        .all()
        .forEach((key, level) -> {
          if (wanted.test(check.id(), key, level.metric())) {
            series
                .computeIfAbsent(new Name(check.id(), key), _ -> new Series(level.metric()))
                .points
                .add(new Trend.Point(run, check.digest(), level.value()));
          }
        });
  }

  /** The newest first, which are closed and not the baseline of a pair. */
  private List<RunSummary> runs(Range range) {
    List<RunSummary> chosen = new ArrayList<>();
    long entries = 0;
    for (RunSummary run : ledger.runs(Integer.MAX_VALUE)) {
      boolean past =
          run.labels().getOrDefault(BaselineChoice.PAIR, "").endsWith("/B")
              && !run.labels().containsKey(SameCode.LABEL);
      if (run.closed() == null || past || !range.wanted.test(run)) {
        continue;
      }
      entries += run.entries();
      if (chosen.size() == range.most || entries > range.entries && !chosen.isEmpty()) {
        break;
      }
      chosen.add(run);
    }
    return chosen;
  }
}
