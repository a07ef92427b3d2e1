package dev.assay.suite.flaky;

/**
 * The numbers of the model and where they are from.
 *
 * <ul>
 *   <li>How often a flaky test fails: most hardly ever, a few often; a beta distribution with the
 *       median 0.7 % and the mean 2.3 %, with a tenth of a wider one for what fails often.
 *   <li>How many tests are flaky: 16 % at Google, where also 84 % of changes from pass to failure
 *       are by flaky tests (Micco, 2017); 0.9 % of the tests of Python projects (Gruber et al.,
 *       2021). Between the two: 8 %.
 *   <li>Causes: of the flaky tests of Apache projects 45 % wait, 20 % are concurrent, 12 % depend
 *       on the order (Luo et al., 2014); of those of Java projects half depend on the order (Lam et
 *       al., 2019), of those of Python projects 59 % (Gruber et al., 2021).
 *   <li>How often tests break: so that about 84 % of the changes from pass to failure are flaky,
 *       one change in two thousand breaks a given test; and one in five mends what is broken.
 * </ul>
 *
 * The probabilities of reruns are judgements in the spirit of these studies; results hardly depend
 * on them, as the tests show with simulators of other rates.
 */
final class Rates {

  /** The prior probability that a test is flaky. */
  static final double FLAKY = 0.08;

  /** How likely a change breaks a test. */
  static final double BREAKS = 0.0005;

  /** How likely a change mends what is broken. */
  static final double MENDS = 0.2;

  /** How likely a test begins broken, as nothing is known of before. */
  static final double BEGINS_BROKEN = 0.01;

  /** By how much a test breaks or is mended less where it did not execute the change. */
  static final double NOT_EXECUTED = 0.02;

  /** By how much more where it did. */
  static final double EXECUTED = 3;

  /** How likely the code changed between two runs of unknown commits. */
  static final double CHANGED_IF_UNKNOWN = 0.7;

  /** How likely from run to run flakiness ends, and begins. */
  static final double FLAKINESS_ENDS = 1e-5;

  static final double FLAKINESS_BEGINS = 1e-5;

  /** How likely a healthy test fails by something that befalls it alone. */
  static final double STRAY = 1e-7;

  /** How likely infrastructure failed a run of which no share of failed tests is known. */
  static final double INFRASTRUCTURE_IF_UNKNOWN = 2e-6;

  /** How likely an attempt fails in a run that infrastructure failed. */
  static final double FAILS_IN_INFRASTRUCTURE = 0.9;

  private static final double[] FAILING_RATES = {
    0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.004, 0.007, 0.012, 0.02, 0.035, 0.06, 0.1, 0.16, 0.25,
    0.4, 0.6
  };
  private static final double BETA_A = 0.35;
  private static final double BETA_B = 15;
  private static final double WIDER = 0.1;

  private static final double[] OF_FAILING_RATES = weightsOfFailingRates();

  private static final double[] CAUSES = {0.6, 0.2, 0.05, 0.15};

  /** By cause, then by rerun: how likely a flaky test that just failed does so again. */
  private static final double[][] FAILS_AGAIN = {
    {0.05, 0.10, 0.04, 0.02, 0.05, 0.04, 0.04},
    {0.60, 0.90, 0.85, 0.04, 0.40, 0.85, 0.85},
    {0.80, 0.95, 0.95, 0.95, 0.95, 0.10, 0.40},
    {0.35, 0.40, 0.35, 0.30, 0.35, 0.35, 0.35},
  };

  /** By rerun: how likely a broken test passes all the same. */
  private static final double[] BROKEN_PASSES = {0.001, 0.001, 0.001, 0.002, 0.002, 0.01, 0.01};

  private Rates() {}

  /** How many failing rates are told apart. */
  static int failingRates() {
    return FAILING_RATES.length;
  }

  static double failingRate(int index) {
    return FAILING_RATES[index];
  }

  /** How likely a flaky test has that failing rate. */
  static double ofFailingRate(int index) {
    return OF_FAILING_RATES[index];
  }

  /** The density of the beta at each failing rate times the width around it. */
  private static double[] weightsOfFailingRates() {
    double[] weights = new double[FAILING_RATES.length];
    double sum = 0;
    double wide = 0;
    double[] wider = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      double rate = FAILING_RATES[i];
      double low = i == 0 ? 0 : Math.sqrt(FAILING_RATES[i - 1] * rate);
      double high = i == weights.length - 1 ? 1 : Math.sqrt(rate * FAILING_RATES[i + 1]);
      weights[i] = (high - low) * beta(rate, BETA_A, BETA_B);
      wider[i] = (high - low) * beta(rate, 0.5, 1.5);
      sum += weights[i];
      wide += wider[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (1 - WIDER) * weights[i] / sum + WIDER * wider[i] / wide;
    }
    return weights;
  }

  private static double beta(double x, double a, double b) {
    return Math.pow(x, a - 1) * Math.pow(1 - x, b - 1);
  }

  static double of(Cause cause) {
    return CAUSES[cause.ordinal()];
  }

  /** How likely a flaky test that just failed fails in a rerun. */
  static double failsAgain(Cause cause, Rerun how, double rate) {
    double again = FAILS_AGAIN[cause.ordinal()][how.ordinal()];
    return cause == Cause.TIMING ? rate + (1 - rate) * again : Math.max(rate, again);
  }

  /** How likely a broken test passes in a rerun. */
  static double brokenPasses(Rerun how) {
    return BROKEN_PASSES[how.ordinal()];
  }

  /** How likely infrastructure failed a run of which that share of tests failed. */
  static double infrastructure(double failedShare) {
    return 1 / (1 + Math.exp(-(failedShare - 0.4) / 0.03));
  }
}
