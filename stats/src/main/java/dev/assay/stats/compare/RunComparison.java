package dev.assay.stats.compare;

import dev.assay.stats.compare.Comparison.Answer;
import dev.assay.stats.compare.Comparison.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Compares runs of a candidate with runs of a baseline. Thread-safe; the same samples always give
 * the same answer, in any unit.
 *
 * <ol>
 *   <li>Logarithms are taken, so that effects are ratios; where a sample is not above 0, the
 *       baseline's mean is the unit instead.
 *   <li>The warm-up is left out ({@link WarmUp}).
 *   <li>Each run becomes one number for each part of its samples ({@link RunLevels}).
 *   <li>Each part is a contrast of the runs, and of pairs where the order has such ({@link
 *       Contrast}).
 *   <li>They are one test by the Cauchy combination (Liu and Xie, JASA 115, 2020), which holds
 *       however they depend on each other. The interval is that of the clearest, as wide as the
 *       combined test asks for.
 * </ol>
 */
public final class RunComparison {

  /** The probability of a false alarm that is accepted, for worse and better together. */
  static final double ERROR = 0.01;

  /** That of a false "not worse". */
  static final double EQUIVALENCE_ERROR = 0.05;

  /** The relative change below which nobody acts. */
  public static final double PRACTICAL_LIMIT = 0.03;

  private static final double[] USUAL = {0.02, 0.02, 0.02, 0.06};
  private static final double[] LIMITS = {1, 1, 1, 3};

  private final Better better;
  private final double limit;

  /**
   * @param better which values are better
   * @param limit the relative change, above 0, up to which a change is not acted on
   */
  public RunComparison(Better better, double limit) {
    if (!(limit > 0 && Double.isFinite(limit))) {
      throw new IllegalArgumentException("a practical limit is above 0, not " + limit);
    }
    this.better = better;
    this.limit = limit;
  }

  private record Test(Part part, Contrast contrast, double probability) {}

  /**
   * Compares.
   *
   * @param baseline the samples of each run in their order; finite
   * @param candidate likewise
   * @param order one letter for each run as they were made, B or C, such as {@code BCBC}; empty
   *     where it is not known
   */
  public Comparison compare(double[][] baseline, double[][] candidate, String order) {
    check(baseline, "baseline");
    check(candidate, "candidate");
    Scale scale = Scale.of(better, baseline, candidate);
    double[][] before = scale.apply(baseline);
    double[][] after = scale.apply(candidate);
    int warmUp = WarmUp.of(before, after);
    SplittableRandom random = new SplittableRandom(0);
    RunLevels[] left = levels(before, warmUp, random);
    RunLevels[] right = levels(after, warmUp, random);
    int[][] pairs = Pairing.of(order, baseline.length, candidate.length);
    List<Test> tests = new ArrayList<>();
    for (Part part : Part.values()) {
      double[] x = Arrays.stream(left).mapToDouble(run -> run.level(part)).toArray();
      double[] y = Arrays.stream(right).mapToDouble(run -> run.level(part)).toArray();
      double within = within(part, left, right);
      double usual = USUAL[part.ordinal()];
      add(tests, part, Contrast.groups(x, y, usual, within));
      if (pairs.length > 1) {
        double[] d = Arrays.stream(pairs).mapToDouble(pair -> y[pair[1]] - x[pair[0]]).toArray();
        add(tests, part, Contrast.pairs(d, usual, within));
      }
    }
    return answer(tests, scale, warmUp);
  }

  private static void add(List<Test> tests, Part part, Contrast contrast) {
    tests.add(new Test(part, contrast, contrast.probability()));
  }

  private static double within(Part part, RunLevels[] left, RunLevels[] right) {
    double sum = 0;
    for (RunLevels run : left) {
      sum += run.variance(part);
    }
    for (RunLevels run : right) {
      sum += run.variance(part);
    }
    return sum / (left.length + right.length);
  }

  private static RunLevels[] levels(double[][] runs, int warmUp, SplittableRandom random) {
    return Arrays.stream(runs)
        .map(run ->
            new RunLevels(
                Arrays.copyOfRange(run, Math.min(warmUp, run.length / 2), run.length), random))
        .toArray(RunLevels[]::new);
  }

  private Comparison answer(List<Test> tests, Scale scale, int warmUp) {
    double sum = 0;
    Test clearest = tests.getFirst();
    for (Test test : tests) {
      double p = Math.clamp(test.probability, 1e-15, 1 - 1e-15);
      sum += 1 / Math.tan(Math.PI * p);
      clearest = test.probability < clearest.probability ? test : clearest;
    }
    double together = 0.5 - Math.atan(sum / tests.size()) / Math.PI;
    if (sum > 0) {
      together = Math.atan(tests.size() / sum) / Math.PI;
    }
    double bar = together <= clearest.probability ? ERROR : ERROR * clearest.probability / together;
    Contrast contrast = clearest.contrast;
    double half = contrast.half(bar);
    boolean clear = together < ERROR;
    double acted = Math.log1p(limit * LIMITS[clearest.part.ordinal()]);
    Answer answer =
        clear && contrast.difference() > acted
            ? Answer.WORSE
            : clear && contrast.difference() < -acted ? Answer.BETTER : equivalence(tests);
    return new Comparison(
        answer,
        scale.relative(contrast.difference(), half),
        clearest.part,
        together,
        warmUp,
        answer == Answer.INCONCLUSIVE
            ? tests.getFirst().contrast.further(Math.log1p(limit), EQUIVALENCE_ERROR)
            : 0);
  }

  /** Whether the bulk and the tail are both shown to be no worse than their limits. */
  private Answer equivalence(List<Test> tests) {
    for (Test test : tests) {
      Contrast contrast = test.contrast;
      double most = contrast.difference() + contrast.half(2 * EQUIVALENCE_ERROR);
      if (test.part == Part.MOST && most <= Math.log1p(limit)) {
        return Answer.NOT_WORSE;
      }
    }
    return Answer.INCONCLUSIVE;
  }

  private static void check(double[][] runs, String side) {
    if (runs.length == 0) {
      throw new IllegalArgumentException("the " + side + " has no runs");
    }
    for (double[] run : runs) {
      if (run.length == 0) {
        throw new IllegalArgumentException("a run of the " + side + " has no samples");
      }
      for (double value : run) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("a run of the " + side + " has a sample " + value);
        }
      }
    }
  }
}
