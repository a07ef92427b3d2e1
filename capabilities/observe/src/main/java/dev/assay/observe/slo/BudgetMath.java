package dev.assay.observe.slo;

import dev.assay.observe.slo.Budget.Burn;
import dev.assay.observe.slo.Budget.Point;
import dev.assay.observe.slo.Budget.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates an objective on counted events. Pure. Slices of time without events count as nothing:
 * what was not looked at is neither good nor bad. Evaluation is O(n log n) in the events.
 */
public final class BudgetMath {

  private static final int POINTS = 120;
  private static final int MOST_RELEASES = 20;

  /** One bad event alone wakes nobody: where little is counted, every rate is high. */
  private static final double FEWEST_BAD = 2;

  private final Slo slo;
  private final Instant now;
  private final long[] at;

  /** Sums of all before: good[i] and total[i] are of the first i. */
  private final double[] good;

  private final double[] total;

  private BudgetMath(Slo slo, Instant now, List<Tally> sorted) {
    this.slo = slo;
    this.now = now;
    int n = sorted.size();
    at = new long[n];
    good = new double[n + 1];
    total = new double[n + 1];
    for (int i = 0; i < n; i++) {
      Tally tally = sorted.get(i);
      at[i] = tally.at().toEpochMilli();
      good[i + 1] = good[i] + tally.good();
      total[i + 1] = total[i] + tally.total();
    }
  }

  /**
   * Evaluates.
   *
   * @param events in any order; those outside of the window do no harm
   */
  public static Budget evaluate(Slo slo, List<Tally> events, Instant now) {
    Instant from = begin(slo.window(), now);
    List<Tally> sorted =
        events.stream()
            .filter(tally -> tally.total() > 0 && !tally.at().isAfter(now))
            .sorted(Comparator.comparing(Tally::at))
            .toList();
    List<Tally> counted = slo.method() == Slo.Method.OCCURRENCES ? sorted : slices(slo, sorted);
    return new BudgetMath(slo, now, counted).budget(from, counted);
  }

  /** Where the window that holds a moment begins. */
  public static Instant begin(Slo.Window window, Instant now) {
    LocalDateTime start = window.start();
    if (start == null) {
      return now.minus(window.length());
    }
    LocalDateTime local = LocalDateTime.ofInstant(now, window.zone());
    LocalDateTime begin;
    if (window.unit() == Slo.Window.Unit.MONTHS) {
      long months = java.time.temporal.ChronoUnit.MONTHS.between(start, local);
      begin = start.plusMonths(Math.floorDiv(months, window.count()) * window.count());
      while (begin.isAfter(local)) {
        begin = begin.minusMonths(window.count());
      }
    } else {
      long length = window.length().toSeconds();
      long since = Duration.between(start, local).toSeconds();
      begin = start.plusSeconds(Math.floorDiv(since, length) * length);
    }
    return begin.atZone(window.zone()).toInstant();
  }

  /** Each slice as one event, good where enough of it was, or as good as it was. */
  private static List<Tally> slices(Slo slo, List<Tally> sorted) {
    long length = slo.slice().toMillis();
    TreeMap<Long, double[]> sums = new TreeMap<>();
    Map<Long, String> releases = new LinkedHashMap<>();
    for (Tally tally : sorted) {
      long index = Math.floorDiv(tally.at().toEpochMilli(), length);
      double[] sum = sums.computeIfAbsent(index, _ -> new double[2]);
      sum[0] += tally.good();
      sum[1] += tally.total();
      releases.put(index, tally.release());
    }
    List<Tally> slices = new ArrayList<>();
    sums.forEach((index, sum) ->
        slices.add(
            new Tally(
                Instant.ofEpochMilli(index * length),
                slo.method() == Slo.Method.RATIO_TIMESLICES
                    ? sum[0] / sum[1]
                    : sum[0] / sum[1] >= slo.sliceTarget() ? 1 : 0,
                1,
                String.valueOf(releases.get(index)))));
    return slices;
  }

  private Budget budget(Instant from, List<Tally> counted) {
    double all = total(from, now);
    double fine = good(from, now);
    double budget = allowed(all);
    double left = all == 0 ? Double.NaN : budget == 0 ? 0 : 1 - (all - fine) / budget;
    List<Burn> burns = BurnRule.of(slo.window().length()).stream().map(this::burn).toList();
    return new Budget(
        slo,
        now,
        from,
        fine,
        all,
        left,
        burns,
        exhausted(left, burns.get(1).longBurn()),
        releases(from, counted, budget),
        curve(from, budget));
  }

  /** How much may be bad in the whole window. */
  private double allowed(double all) {
    double whole =
        slo.method() != Slo.Method.OCCURRENCES
            ? Math.max(all, (double) slo.window().length().toMillis() / slo.slice().toMillis())
            : all;
    return whole * slo.budget();
  }

  private Burn burn(BurnRule rule) {
    double longer = rate(now.minus(rule.longWindow()), now);
    double shorter = rate(now.minus(rule.shortWindow()), now);
    Instant from = now.minus(rule.longWindow());
    double bad = total(from, now) - good(from, now);
    // NaN is not at or above anything: without events nothing fires.
    boolean firing = longer >= rule.factor() && shorter >= rule.factor() && bad >= FEWEST_BAD;
    return new Burn(rule, longer, shorter, firing);
  }

  /** How many times faster than evenly the budget burns; NaN where nothing was counted. */
  private double rate(Instant from, Instant to) {
    double all = total(from, to);
    return all == 0 ? Double.NaN : (all - good(from, to)) / all / slo.budget();
  }

  private @Nullable Instant exhausted(double left, double burn) {
    if (Double.isNaN(left) || left <= 0 || !(burn > 0)) {
      return null;
    }
    double millis = left * slo.window().length().toMillis() / burn;
    return millis > slo.window().length().toMillis() ? null : now.plusMillis((long) millis);
  }

  private static List<Release> releases(Instant from, List<Tally> counted, double budget) {
    Map<String, Release> releases = new LinkedHashMap<>();
    for (Tally tally : counted) {
      if (!tally.at().isBefore(from)) {
        double spent = budget == 0 ? 0 : tally.bad() / budget;
        releases.merge(
            tally.release(),
            new Release(tally.release(), tally.at(), tally.good(), tally.total(), spent),
            (before, one) ->
                new Release(
                    before.release(),
                    before.first(),
                    before.good() + one.good(),
                    before.total() + one.total(),
                    before.spent() + one.spent()));
      }
    }
    List<Release> all = new ArrayList<>(releases.values()).reversed();
    return all.subList(0, Math.min(all.size(), MOST_RELEASES));
  }

  /** The budget as it was spent since the window that ends now began. */
  private List<Point> curve(Instant from, double budget) {
    List<Point> points = new ArrayList<>();
    long step = Math.max(1, Duration.between(from, now).toMillis() / POINTS);
    for (int i = 1; i <= POINTS; i++) {
      Instant to = i == POINTS ? now : from.plusMillis(step * i);
      double bad = total(from, to) - good(from, to);
      points.add(
          new Point(
              to, budget == 0 ? 1 : 1 - bad / budget, rate(from.plusMillis(step * (i - 1)), to)));
    }
    return points;
  }

  private double good(Instant after, Instant until) {
    return good[upTo(until)] - good[upTo(after)];
  }

  private double total(Instant after, Instant until) {
    return total[upTo(until)] - total[upTo(after)];
  }

  /** How many are not after a moment. */
  private int upTo(Instant moment) {
    long millis = moment.toEpochMilli();
    int found = Arrays.binarySearch(at, millis);
    if (found < 0) {
      return -found - 1;
    }
    while (found < at.length && at[found] == millis) {
      found++;
    }
    return found;
  }
}
