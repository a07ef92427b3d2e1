package dev.assay.suite.order;

import dev.assay.suite.order.Execution.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Orders tests by expected failures per second, and learns from what became of them. By Smith's
 * rule (1956) that ratio is the best order for the mean time until failures show, whatever the
 * failures have to do with each other; what remains is to know the probabilities. Three ways to
 * tell them are compared in every cycle that fails, and the best of late is used.
 *
 * <p>Ask for an {@link #order} before a cycle, {@link #learn} after it. Deterministic, and the same
 * for any order in which the tests of a cycle are named. Constant space for each test. Not
 * thread-safe.
 */
public final class FailureOrder {

  private static final double SHORTEST = 1e-3;
  private static final double TYPICAL = 1;
  private static final double RATE = 0.05;
  private static final double LEAST = 1e-9;
  private static final double MOST = 1 - 1e-9;

  private final Signs signs = new Signs();
  private final Mixture mixture = new Mixture(signs.count(), Signs.KINDS, RATE);
  private final Contest contest = new Contest();
  private final Map<String, Boolean> changedNow = new HashMap<>();
  private final Map<String, Double> toldNow = new HashMap<>();
  private final Clumping clumping = new Clumping();

  /** The order for the coming cycle. Tests named twice are there once. */
  public Ordering order(List<Candidate> candidates) {
    return order(candidates, contest.best());
  }

  /** The same by a given way, to compare them. */
  public Ordering order(List<Candidate> candidates, Ranking ranking) {
    changedNow.clear();
    toldNow.clear();
    Map<String, Candidate> distinct = new TreeMap<>();
    for (Candidate candidate : candidates) {
      distinct.merge(
          candidate.test(),
          candidate,
          (one, other) ->
              new Candidate(
                  one.test(),
                  one.seconds().isPresent() ? one.seconds() : other.seconds(),
                  one.changed() || other.changed()));
    }
    double usual = usualSeconds(distinct.values());
    List<Scored> scored = new ArrayList<>();
    for (Candidate candidate : distinct.values()) {
      if (candidate.changed()) {
        changedNow.put(candidate.test(), true);
      }
      candidate.seconds().ifPresent(seconds -> toldNow.put(candidate.test(), seconds));
      scored.add(score(candidate, usual));
    }
    scored.sort(by(ranking));
    List<Ranked> ranked = new ArrayList<>();
    for (Scored test : scored) {
      ranked.add(test.ranked());
    }
    return new Ordering(ranked, ranking, clumping.value());
  }

  private double usualSeconds(Iterable<Candidate> candidates) {
    List<Double> known = new ArrayList<>();
    for (Candidate candidate : candidates) {
      double seconds = seconds(candidate, Double.NaN);
      if (!Double.isNaN(seconds)) {
        known.add(seconds);
      }
    }
    known.sort(Comparator.naturalOrder());
    return known.isEmpty() ? TYPICAL : known.get(known.size() / 2);
  }

  private double seconds(Candidate candidate, double otherwise) {
    double past = signs.seconds(candidate.test());
    double seconds =
        candidate.seconds().isPresent()
            ? candidate.seconds().getAsDouble()
            : Double.isNaN(past) ? otherwise : past;
    return Double.isNaN(seconds) ? seconds : Math.max(seconds, SHORTEST);
  }

  private Scored score(Candidate candidate, double usual) {
    Signs.Reading reading = signs.read(candidate.test(), candidate.changed());
    double mixed = mixture.of(reading.probabilities(), reading.kind());
    return new Scored(candidate.test(), seconds(candidate, usual), reading, mixed);
  }

  private static Comparator<Scored> by(Ranking ranking) {
    Comparator<Scored> average = byDensity(Ranking.FAILURE_AVERAGE);
    Comparator<Scored> first =
        ranking == Ranking.RECENT_FAILURE
            ? Comparator.comparingInt(test -> -test.reading.lastFailure())
            : byDensity(ranking);
    return first.thenComparing(average).thenComparing(test -> test.name);
  }

  private static Comparator<Scored> byDensity(Ranking ranking) {
    return Comparator.comparingDouble(test -> -test.probability(ranking) / test.seconds);
  }

  /**
   * Learns what became of the tests of a cycle. A test named more than once failed where one of its
   * entries did, and took their sum.
   */
  public void learn(List<Execution> executions) {
    Map<String, Double> took = new TreeMap<>();
    Map<String, Boolean> failed = new TreeMap<>();
    for (Execution execution : executions) {
      if (execution.result() != Result.SKIP) {
        failed.merge(execution.test(), execution.result() == Result.FAIL, Boolean::logicalOr);
        execution.seconds().ifPresent(time -> took.merge(execution.test(), time, Double::sum));
      }
    }
    if (failed.isEmpty()) {
      return;
    }
    List<Scored> scored = new ArrayList<>();
    List<Candidate> ran = new ArrayList<>();
    failed.keySet().forEach(test -> ran.add(candidateOf(test)));
    double usual = usualSeconds(ran);
    for (Candidate candidate : ran) {
      scored.add(score(candidate, usual));
    }
    Set<String> failing = new HashSet<>(failed.keySet());
    failing.removeIf(test -> !failed.getOrDefault(test, false));
    compare(scored, failing, took);
    for (Scored test : scored) {
      boolean fails = failing.contains(test.name);
      mixture.learn(test.reading.probabilities(), test.reading.kind(), test.mixed, fails);
      signs.learn(test.reading, fails);
    }
    failed.forEach(signs::note);
    took.forEach(signs::took);
    signs.end(failing.size() / (double) failed.size());
    changedNow.clear();
    toldNow.clear();
  }

  private Candidate candidateOf(String test) {
    @Nullable Double told = toldNow.get(test);
    return new Candidate(
        test,
        told == null ? OptionalDouble.empty() : OptionalDouble.of(told),
        changedNow.getOrDefault(test, false));
  }

  private void compare(List<Scored> scored, Set<String> failing, Map<String, Double> took) {
    scored.sort(by(contest.best()));
    clumping.learn(scored.stream().map(Scored::ranked).toList(), failing);
    if (failing.isEmpty() || failing.size() == scored.size()) {
      return;
    }
    Map<Ranking, Double> achieved = new EnumMap<>(Ranking.class);
    for (Ranking ranking : Ranking.values()) {
      scored.sort(by(ranking));
      double[] seconds = new double[scored.size()];
      List<String> names = new ArrayList<>();
      for (int i = 0; i < seconds.length; i++) {
        Scored test = scored.get(i);
        names.add(test.name);
        seconds[i] = Math.max(SHORTEST, took.getOrDefault(test.name, test.seconds));
      }
      achieved.put(ranking, Effectiveness.apfdc(names, seconds, failing));
    }
    contest.add(achieved);
    scored.sort(Comparator.comparing(test -> test.name));
  }

  /** Which way to order is used now. */
  public Ranking ranking() {
    return contest.best();
  }

  private record Scored(String name, double seconds, Signs.Reading reading, double mixed) {

    Ranked ranked() {
      return new Ranked(name, Math.clamp(reading.observed(), LEAST, MOST), seconds);
    }

    double probability(Ranking ranking) {
      return switch (ranking) {
        case RECENT_FAILURE, FAILURE_AVERAGE -> reading.average();
        case LONG_AVERAGE -> reading.longAverage();
        case MIXTURE -> mixed;
      };
    }
  }
}
