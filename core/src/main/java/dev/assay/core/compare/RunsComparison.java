package dev.assay.core.compare;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Metric;
import dev.assay.core.judge.CheckLevels;
import dev.assay.core.judge.CheckLevels.Course;
import dev.assay.core.judge.CheckLevels.Level;
import dev.assay.stats.compare.Better;
import dev.assay.stats.compare.LevelComparison;
import dev.assay.stats.compare.LevelComparison.Result;
import dev.assay.stats.compare.Levels;
import dev.assay.stats.compare.Scatter;
import dev.assay.stats.compare.WarmUp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares stored runs with others. The unit is the run: each gives one number for each metric and
 * statistic, after a warm-up that is cut off all of them alike, and what counts is how these
 * numbers differ between the two sets ({@link LevelComparison}). How much runs scatter is learnt
 * from earlier runs of the same check.
 */
public final class RunsComparison {

  private final Ledger ledger;
  private final MetricCatalog catalog;
  private final Wanted wanted;

  /**
   * What is compared, and how strictly. Immutable.
   *
   * @param checks only these; empty for all
   * @param metrics only these, such as {@code latency.p95} or {@code latency}; empty for all
   * @param steps whether each step is compared too
   * @param all whether also what says the same as another metric, or only explains it
   * @param by the relative change below which nobody acts; three times that for the far tail
   * @param points the same for shares
   * @param error the probability of any false alarm that is accepted
   */
  public record Wanted(
      Set<String> checks,
      Set<String> metrics,
      boolean steps,
      boolean all,
      double by,
      double points,
      double error) {
    /** Each metric that is asked about costs certainty about the others, so these wait. */
    private static final Set<String> ASIDE =
        Set.of(
            "requests",
            "dropped",
            "service.time",
            "generator.cpu",
            "service.memory.peak",
            "service.threads",
            "service.files",
            "service.gc.time",
            "service.heap");

    /** Whether it is one of the numbers by which a check is looked at where none is named. */
    public static boolean main(CheckLevels.Key key) {
      return !ASIDE.contains(key.metric());
    }

    /** All checks as wholes, with the usual limits: five per cent, half a point. */
    public static final Wanted ALL =
        new Wanted(Set.of(), Set.of(), false, false, 0.05, 0.005, LevelComparison.ERROR);

    /** Copies the sets. */
    public Wanted {
      checks = Set.copyOf(checks);
      metrics = Set.copyOf(metrics);
    }

    /** The same with another error. */
    public Wanted withError(double accepted) {
      return new Wanted(checks, metrics, steps, all, by, points, accepted);
    }

    boolean wants(CheckLevels.Key key, Metric metric) {
      return metric.better() != Metric.Better.NEITHER
          && (steps || key.step() == null)
          && (metrics.isEmpty() && (all || main(key))
              || metrics.contains(key.text())
              || metrics.contains(key.metric()));
    }
  }

  /** A comparison over a ledger. */
  public RunsComparison(Ledger ledger, MetricCatalog catalog, Wanted wanted) {
    this.ledger = ledger;
    this.catalog = catalog;
    this.wanted = wanted;
  }

  /** One check on both sides, and before. */
  private record Sides(
      String id, List<StoredCheck> before, List<StoredCheck> after, List<StoredCheck> earlier) {}

  /** One metric that will be compared. */
  private record Asked(
      String check,
      CheckLevels.Key key,
      Metric metric,
      Scaled scaled,
      double unit,
      boolean learned,
      Levels levels) {}

  /**
   * Compares.
   *
   * @param baseline runs in the order they were made
   * @param candidate likewise
   * @param order one letter for each run as they were made, such as {@code BCBC}; empty where they
   *     are no pairs
   */
  public ComparedRuns compare(List<RunSummary> baseline, List<RunSummary> candidate, String order) {
    List<Map<String, StoredCheck>> before = read(baseline);
    List<Map<String, StoredCheck>> after = read(candidate);
    List<String> notes = new ArrayList<>();
    List<Asked> asked = new ArrayList<>();
    List<ComparedTests> tests = new ArrayList<>();
    Set<String> compared = new LinkedHashSet<>();
    Stream.concat(baseline.stream(), candidate.stream()).map(RunSummary::id).forEach(compared::add);
    String environment = candidate.getFirst().subject().environment();
    CheckHistory history = new CheckHistory(ledger, compared, environment);
    for (String id : ids(before, after, notes)) {
      Sides sides = sides(id, before, after, history, notes);
      if (sides != null) {
        ComparedTests found = ComparedTests.of(id, evidence(sides.before), evidence(sides.after));
        if (!found.same()) {
          tests.add(found);
        }
        boolean whole =
            sides.before.size() == baseline.size() && sides.after.size() == candidate.size();
        asked.addAll(metrics(sides, whole ? order : ""));
      }
    }
    return new ComparedRuns(
        baseline, candidate, order, answered(asked), tests, notes, wanted.error);
  }

  private List<Map<String, StoredCheck>> read(List<RunSummary> runs) {
    return runs.stream().map(run -> StoredCheck.all(ledger, run.id())).toList();
  }

  private static List<List<Evidence>> evidence(List<StoredCheck> checks) {
    return checks.stream().map(StoredCheck::evidence).toList();
  }

  private Set<String> ids(
      List<Map<String, StoredCheck>> before,
      List<Map<String, StoredCheck>> after,
      List<String> notes) {
    Set<String> left = new LinkedHashSet<>();
    before.forEach(run -> left.addAll(run.keySet()));
    Set<String> right = new LinkedHashSet<>();
    after.forEach(run -> right.addAll(run.keySet()));
    Set<String> both = new LinkedHashSet<>(right);
    both.retainAll(left);
    if (!wanted.checks.isEmpty()) {
      both.retainAll(wanted.checks);
      return both;
    }
    right.stream()
        .filter(id -> !left.contains(id))
        .forEach(id -> notes.add("'" + id + "' is only in the candidate."));
    left.stream()
        .filter(id -> !right.contains(id))
        .forEach(id -> notes.add("'" + id + "' is only in the baseline."));
    return both;
  }

  private @Nullable Sides sides(
      String id,
      List<Map<String, StoredCheck>> before,
      List<Map<String, StoredCheck>> after,
      CheckHistory history,
      List<String> notes) {
    List<StoredCheck> left = usable(id, before);
    List<StoredCheck> right = usable(id, after);
    long had =
        Stream.concat(before.stream(), after.stream()).filter(r -> r.containsKey(id)).count();
    if (left.size() + right.size() < had) {
      notes.add(
          "'"
              + id
              + "' did not complete, or did not measure right, in "
              + (had - left.size() - right.size())
              + " of "
              + had
              + " runs, which are left out.");
    }
    if (left.isEmpty() || right.isEmpty()) {
      return null;
    }
    Set<String> digests = new LinkedHashSet<>();
    Stream.concat(left.stream(), right.stream()).forEach(check -> digests.add(check.digest()));
    if (digests.size() > 1) {
      notes.add("'" + id + "' is not configured the same way in all runs.");
    }
    return new Sides(id, left, right, history.of(right.getLast()));
  }

  private static List<StoredCheck> usable(String id, List<Map<String, StoredCheck>> runs) {
    return runs.stream()
        .flatMap(run -> Stream.ofNullable(run.get(id)))
        .filter(StoredCheck::comparable)
        .toList();
  }

  private List<Asked> metrics(Sides sides, String order) {
    List<Metric> metrics = catalog.of(sides.after.getFirst().type());
    List<Course> left = courses(metrics, sides.before);
    List<Course> right = courses(metrics, sides.after);
    int warmUp = WarmUp.of(medians(left), medians(right));
    List<CheckLevels> before = levels(metrics, sides.before, left, warmUp);
    List<CheckLevels> after = levels(metrics, sides.after, right, warmUp);
    List<CheckLevels> earlier =
        sides.earlier.stream().map(check -> CheckLevels.of(metrics, check.evidence())).toList();
    List<Asked> asked = new ArrayList<>();
    after
        .getFirst()
        .all()
        .forEach((key, level) -> {
          List<Level> then = of(before, key);
          List<Level> now = of(after, key);
          boolean everywhere = then.size() == before.size() && now.size() == after.size();
          if (everywhere && wanted.wants(key, level.metric())) {
            asked.add(asked(sides.id, key, level.metric(), then, now, of(earlier, key), order));
          }
        });
    return asked;
  }

  private static List<Course> courses(List<Metric> metrics, List<StoredCheck> checks) {
    return checks.stream().map(check -> CheckLevels.course(metrics, check.evidence())).toList();
  }

  private static double[][] medians(List<Course> courses) {
    return courses.stream().map(Course::medians).toArray(double[][]::new);
  }

  private static List<CheckLevels> levels(
      List<Metric> metrics, List<StoredCheck> checks, List<Course> courses, int warmUp) {
    List<CheckLevels> levels = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      levels.add(CheckLevels.of(metrics, checks.get(i).evidence(), courses.get(i).after(warmUp)));
    }
    return levels;
  }

  private static List<Level> of(List<CheckLevels> runs, CheckLevels.Key key) {
    return runs.stream().flatMap(run -> Stream.ofNullable(run.all().get(key))).toList();
  }

  /** How values become numbers of which differences matter. */
  private enum Scaled {
    LOGARITHMS,
    COUNTS,
    POINTS,
    UNITS
  }

  private Asked asked(
      String check,
      CheckLevels.Key key,
      Metric metric,
      List<Level> before,
      List<Level> after,
      List<Level> earlier,
      String order) {
    Scaled scaled = scaled(metric, Stream.of(before, after, earlier).flatMap(List::stream));
    double unit = scaled == Scaled.UNITS ? size(before, after) : 1;
    ToDoubleFunction<Level> taken = level -> number(scaled, unit, level.value());
    double within =
        Stream.concat(before.stream(), after.stream())
            .mapToDouble(Level::variance)
            .average()
            .orElse(0);
    Scatter usual =
        scaled == Scaled.POINTS
            ? new Scatter(wanted.points / 5, Scatter.USUAL.freedom())
            : key.tail() || metric.shape() == Metric.Shape.SCALAR
                ? Scatter.USUAL_OF_TAILS // a reading of a whole run, such as how long it took
                : Scatter.USUAL;
    double times = key.tail() ? 3 : 1;
    return new Asked(
        check,
        key,
        metric,
        scaled,
        unit,
        earlier.size() >= Scatter.FEWEST,
        new Levels(
            metric.better() == Metric.Better.HIGHER ? Better.HIGHER : Better.LOWER,
            before.stream().mapToDouble(taken).toArray(),
            after.stream().mapToDouble(taken).toArray(),
            within,
            order,
            usual.learn(earlier.stream().mapToDouble(taken).toArray(), within),
            scaled == Scaled.POINTS
                ? wanted.points
                : scaled == Scaled.UNITS ? times * wanted.by : Math.log1p(times * wanted.by)));
  }

  private static Scaled scaled(Metric metric, Stream<Level> levels) {
    return switch (metric.shape()) {
      case PROPORTION -> Scaled.POINTS;
      case COUNT -> Scaled.COUNTS;
      case SCALAR, DISTRIBUTION ->
          levels.allMatch(level -> level.value() > 0) ? Scaled.LOGARITHMS : Scaled.UNITS;
    };
  }

  private static double number(Scaled scaled, double unit, double value) {
    return switch (scaled) {
      case LOGARITHMS -> Math.log(value);
      case COUNTS -> Math.log(value + 0.5);
      case POINTS, UNITS -> value / unit;
    };
  }

  /** What is usual of values of which some are not above 0. */
  private static double size(List<Level> before, List<Level> after) {
    for (List<Level> side : List.of(before, after)) {
      double size = side.stream().mapToDouble(level -> Math.abs(level.value())).average().orElse(0);
      if (size > 0) {
        return size;
      }
    }
    return 1;
  }

  private List<ComparedMetric> answered(List<Asked> asked) {
    List<Result> results =
        new LevelComparison(wanted.error).compare(asked.stream().map(Asked::levels).toList());
    List<ComparedMetric> metrics = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      metrics.add(answered(asked.get(i), results.get(i)));
    }
    return metrics;
  }

  private static ComparedMetric answered(Asked asked, Result result) {
    Levels levels = asked.levels;
    double before = Arrays.stream(levels.baseline()).average().orElse(0);
    double after = Arrays.stream(levels.candidate()).average().orElse(0);
    boolean logarithms = asked.scaled == Scaled.LOGARITHMS || asked.scaled == Scaled.COUNTS;
    ComparedMetric compared =
        new ComparedMetric(
            asked.check,
            asked.key,
            asked.metric,
            shown(asked, before),
            shown(asked, after),
            logarithms ? Math.expm1(result.low()) : result.low(),
            logarithms ? Math.expm1(result.difference()) : result.difference(),
            logarithms ? Math.expm1(result.high()) : result.high(),
            logarithms ? Math.expm1(result.most()) : result.most(),
            asked.scaled == Scaled.POINTS,
            logarithms ? Math.expm1(levels.limit()) : levels.limit(),
            result.answer(),
            result.probability(),
            result.further());
    // One run against one shows nothing of how runs scatter, and what is usual elsewhere is a
    // guess.
    boolean known = levels.baseline().length + levels.candidate().length > 2 || asked.learned;
    return known ? compared : compared.undecided();
  }

  private static double shown(Asked asked, double number) {
    return switch (asked.scaled) {
      case LOGARITHMS -> Math.exp(number);
      case COUNTS -> Math.max(0, Math.exp(number) - 0.5);
      case POINTS, UNITS -> number * asked.unit;
    };
  }

  /** The letters of runs that were made in pairs, by their order in time. */
  public static String order(List<RunSummary> baseline, List<RunSummary> candidate) {
    Map<String, Character> letters = new LinkedHashMap<>();
    Stream.concat(baseline.stream(), candidate.stream())
        .sorted(java.util.Comparator.comparing(RunSummary::opened))
        .forEach(run -> letters.put(run.id(), baseline.contains(run) ? 'B' : 'C'));
    StringBuilder order = new StringBuilder();
    letters.values().forEach(letter -> order.append(Objects.requireNonNull(letter)));
    return order.toString();
  }
}
