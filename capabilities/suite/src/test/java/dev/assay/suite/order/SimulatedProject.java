package dev.assay.suite.order;

import dev.assay.suite.order.Execution.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Histories of continuous integration in the shapes of the public ones: few tests of which many
 * fail (Paint Control), many tests of which each cycle runs some (IOF/ROL), thousands that hardly
 * ever fail (GSDTSR; all three in Spieker et al., 2017), and classes of Java projects whose
 * failures come in packages and stay until mended (RTPTorrent; Mattis et al., 2020).
 *
 * @param tests how many there are
 * @param groups in how many packages
 * @param share of the tests that a cycle runs
 * @param fragile the share of tests that break at all
 * @param breaks how often a change breaks one of the fragile tests' packages
 * @param mended the probability that what is broken is mended by the next cycle
 * @param flaky the share of flaky tests
 * @param flakeRate how often these fail, at most
 * @param arriving the share of tests that come later
 */
record SimulatedProject(
    int tests,
    int groups,
    double share,
    double fragile,
    double breaks,
    double mended,
    double flaky,
    double flakeRate,
    double arriving) {

  static final SimulatedProject PAINT_CONTROL =
      new SimulatedProject(100, 1, 0.8, 0.6, 0.9, 0.2, 0.3, 0.2, 0.3);
  static final SimulatedProject ROLLING =
      new SimulatedProject(1500, 30, 0.08, 0.5, 0.9, 0.1, 0.2, 0.5, 0.5);
  static final SimulatedProject GOOGLE =
      new SimulatedProject(3000, 60, 0.7, 0.05, 0.2, 0.3, 0.02, 0.05, 0.2);
  static final SimulatedProject JAVA =
      new SimulatedProject(200, 20, 1, 0.5, 0.15, 0.4, 0.03, 0.05, 0.4);
  static final SimulatedProject QUIET =
      new SimulatedProject(80, 10, 1, 0.3, 0.05, 0.6, 0.0, 0.0, 0.2);

  /** The cycles: what ran, and what became of it. */
  List<List<Execution>> cycles(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] seconds = new double[tests];
    double[] flakes = new double[tests];
    double[] weakness = new double[tests];
    int[] arrives = new int[tests];
    int[] groupOf = new int[tests];
    for (int test = 0; test < tests; test++) {
      seconds[test] = Math.exp(random.nextGaussian(0, 1.5));
      flakes[test] = random.nextDouble() < flaky ? flakeRate * Math.pow(random.nextDouble(), 2) : 0;
      weakness[test] = random.nextDouble() < fragile ? Math.pow(random.nextDouble(), 3) : 0;
      arrives[test] = random.nextDouble() < arriving ? random.nextInt(count) : 0;
      groupOf[test] = random.nextInt(groups);
    }
    boolean[] broken = new boolean[tests];
    List<List<Execution>> cycles = new ArrayList<>();
    for (int cycle = 0; cycle < count; cycle++) {
      change(random, broken, weakness, groupOf);
      List<Execution> executions = new ArrayList<>();
      for (int test = 0; test < tests; test++) {
        if (arrives[test] <= cycle && random.nextDouble() < share) {
          boolean fresh = arrives[test] == cycle && cycle > 0 && random.nextDouble() < 0.1;
          broken[test] |= fresh;
          boolean fails = broken[test] || random.nextDouble() < flakes[test];
          double took = seconds[test] * Math.exp(random.nextGaussian(0, 0.2));
          executions.add(
              new Execution(
                  "org.example.p" + groupOf[test] + ".Test" + test,
                  fails ? Result.FAIL : Result.PASS,
                  OptionalDouble.of(took)));
        }
      }
      cycles.add(executions);
    }
    return cycles;
  }

  private void change(SplittableRandom random, boolean[] broken, double[] weakness, int[] groupOf) {
    for (int test = 0; test < tests; test++) {
      broken[test] &= random.nextDouble() >= mended;
    }
    if (random.nextDouble() < breaks) {
      int group = random.nextInt(groups);
      double reach = random.nextDouble();
      for (int test = 0; test < tests; test++) {
        if (groupOf[test] == group && random.nextDouble() < weakness[test] * reach) {
          broken[test] = true;
        }
      }
    }
  }
}
