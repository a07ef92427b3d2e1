package dev.assay.suite.flaky;

import dev.assay.suite.flaky.Attempt.Result;
import dev.assay.suite.flaky.History.Answer;
import dev.assay.suite.flaky.History.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Pasts of tests whose truth is known. Rates are those of the studies that {@code Rates} names, in
 * several shapes, as no two companies are alike; none of them is what the model assumes.
 *
 * @param tests how many there are
 * @param runs of the suite
 * @param flaky the share of flaky tests
 * @param shape of the beta distribution of failing rates; 0.45 and 25 have the median 0.7 %
 * @param against the other shape of it
 * @param inOrder the share of flaky tests that depend on the order: they fail again until alone
 * @param breaks how likely a change breaks a test that executes it
 * @param mends how likely a break is mended by the next run
 * @param reruns how often a failed test is tried again, each in the next way of {@code how}
 * @param how the ways of reruns
 * @param commits whether they are known
 * @param infrastructure the share of runs that it fails, of which the share of failures is known
 * @param stays how likely the trouble of a flaky failure is still there in a rerun
 */
record SimulatedSuite(
    int tests,
    int runs,
    double flaky,
    double shape,
    double against,
    double inOrder,
    double breaks,
    double mends,
    int reruns,
    List<Rerun> how,
    boolean commits,
    double infrastructure,
    double stays) {

  /** 16 % of tests flaky, reruns in the same process (Micco, 2017). */
  static final SimulatedSuite GOOGLE =
      new SimulatedSuite(
          1200, 250, 0.16, 0.45, 25, 0.1, 0.0005, 0.3, 2, List.of(Rerun.AGAIN), true, 0.01, 0.1);

  /** 0.9 % of tests flaky, of which 59 % by their order (Gruber et al., 2021). */
  static final SimulatedSuite PYTHON =
      new SimulatedSuite(
          4000,
          200,
          0.02,
          0.45,
          25,
          0.59,
          0.0003,
          0.3,
          2,
          List.of(Rerun.SAME_JVM, Rerun.ALONE),
          true,
          0.01,
          0.05);

  /** Half of the flaky ones by their order, often failing (Lam et al., 2019). */
  static final SimulatedSuite JAVA =
      new SimulatedSuite(
          1500,
          150,
          0.08,
          0.35,
          8,
          0.5,
          0.001,
          0.2,
          3,
          List.of(Rerun.SAME_JVM, Rerun.CLEAN_JVM, Rerun.ALONE),
          true,
          0.02,
          0.15);

  /** A project that breaks often and mends slowly, and knows no commits. */
  static final SimulatedSuite RESTLESS =
      new SimulatedSuite(
          1000, 200, 0.1, 0.45, 25, 0.1, 0.004, 0.15, 1, List.of(Rerun.AGAIN), false, 0.02, 0.1);

  /** A past with its truth. */
  record Known(History history, boolean flaky, List<Boolean> wrong, List<Boolean> infrastructure) {}

  List<Known> pasts(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] failedTogether = new boolean[runs];
    double[] share = new double[runs];
    for (int run = 0; run < runs; run++) {
      failedTogether[run] = random.nextDouble() < infrastructure;
      share[run] =
          failedTogether[run] ? 0.55 + 0.45 * random.nextDouble() : 0.02 * random.nextDouble();
    }
    List<Known> pasts = new ArrayList<>();
    for (int test = 0; test < tests; test++) {
      pasts.add(past(random.split(), failedTogether, share));
    }
    return pasts;
  }

  private Known past(SplittableRandom random, boolean[] failedTogether, double[] share) {
    boolean isFlaky = random.nextDouble() < flaky;
    double rate = isFlaky ? beta(random, shape, against) : 0;
    boolean byOrder = isFlaky && random.nextDouble() < inOrder;
    boolean isWrong = false;
    List<Run> past = new ArrayList<>();
    List<Boolean> wrong = new ArrayList<>();
    List<Boolean> together = new ArrayList<>();
    int commit = 0;
    for (int run = 0; run < runs; run++) {
      boolean changed = random.nextDouble() < 0.8;
      if (changed) {
        commit++;
        isWrong = isWrong ? random.nextDouble() >= mends : random.nextDouble() < breaks;
      }
      boolean hit = failedTogether[run] && random.nextDouble() < share[run];
      past.add(
          new Run(
              commits ? "c" + commit : null,
              attempts(random, isWrong, hit, rate, byOrder),
              Answer.UNKNOWN,
              OptionalDouble.of(share[run])));
      wrong.add(isWrong);
      together.add(hit);
    }
    return new Known(new History(past), isFlaky, wrong, together);
  }

  private List<Attempt> attempts(
      SplittableRandom random, boolean wrong, boolean hit, double rate, boolean byOrder) {
    List<Attempt> attempts = new ArrayList<>();
    boolean fails = wrong || hit || random.nextDouble() < rate;
    attempts.add(Attempt.of(fails ? Result.FAIL : Result.PASS));
    for (int i = 0; fails && i < reruns; i++) {
      Rerun way = how.get(i % how.size());
      double again =
          wrong || hit
              ? 0.9998
              : byOrder && way != Rerun.ALONE ? 0.95 : byOrder ? 0.01 : rate + (1 - rate) * stays;
      fails = random.nextDouble() < again;
      attempts.add(new Attempt(fails ? Result.FAIL : Result.PASS, way));
    }
    return attempts;
  }

  /** A beta variate by two gamma ones (Marsaglia and Tsang, 2000). */
  private static double beta(SplittableRandom random, double a, double b) {
    double x = gamma(random, a);
    return x / (x + gamma(random, b));
  }

  private static double gamma(SplittableRandom random, double shape) {
    if (shape < 1) {
      return gamma(random, shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
