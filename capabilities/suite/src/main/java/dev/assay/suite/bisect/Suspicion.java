package dev.assay.suite.bisect;

import java.util.BitSet;

/**
 * How likely each commit is the one that broke the test, by Bayes' rule. Besides the commits there
 * are two more answers: that the test failed at the good end already, and that it does not fail at
 * the bad end. How often the test fails by chance where it is not broken, and how often it fails
 * where it is, are not known and learned along with it, over a grid.
 *
 * <p>Results at one commit are taken to be independent. After Ben-Or and Hassidim, "The Bayesian
 * learner is optimal for noisy binary search", 2008, with the rates as nuisance. Not thread-safe.
 */
public final class Suspicion {

  /** Where the good end stands among the commits. */
  public static final int GOOD = -1;

  /** How likely the two other answers are before anything is known. */
  private static final double OTHER = 0.02;

  private static final double[] BY_CHANCE = {0.0005, 0.005, 0.02, 0.05, 0.1, 0.2, 0.35};
  private static final double[] IF_BROKEN = {0.999, 0.9, 0.7, 0.5, 0.3, 0.15};

  /** Less than is true of most tests, so that a commit is not named too early for the others. */
  private static final double SURELY_FAILS = 0.4;

  private final Lineage lineage;
  private final int size;

  /** By pair of rates, then by answer. */
  private final double[][] belief;

  private final double[] chance;
  private final double[] broken;

  /**
   * Before anything is known.
   *
   * @param weights how much likelier each commit is than another one; above 0
   * @param flaking how often the test fails by chance, as far as its past says; 0 to 1
   */
  public Suspicion(Lineage lineage, double[] weights, double flaking) {
    this.lineage = lineage;
    this.size = lineage.size();
    int pairs = BY_CHANCE.length * IF_BROKEN.length;
    this.belief = new double[pairs][size + 2];
    this.chance = new double[pairs];
    this.broken = new double[pairs];
    double all = 0;
    for (double weight : weights) {
      all += weight;
    }
    int pair = 0;
    for (double byChance : BY_CHANCE) {
      for (double ifBroken : IF_BROKEN) {
        chance[pair] = byChance;
        broken[pair] = ifBroken;
        double share = ofRates(byChance, ifBroken, flaking);
        for (int i = 0; i < size; i++) {
          belief[pair][i] = share * (1 - 2 * OTHER) * weights[i] / all;
        }
        belief[pair][size] = share * OTHER;
        belief[pair][size + 1] = share * OTHER;
        pair++;
      }
    }
    normalise();
  }

  /** A test that broke fails oftener than it did; mostly it always fails. */
  private static double ofRates(double byChance, double ifBroken, double flaking) {
    if (ifBroken <= byChance * 1.2 + 0.05) {
      return 0;
    }
    double apart = Math.log(byChance / Math.max(0.0005, flaking));
    double near = Math.exp(-apart * apart / 2) + 0.01;
    boolean surely = ifBroken >= 0.99;
    return near * (surely ? SURELY_FAILS : (1 - SURELY_FAILS) / (IF_BROKEN.length - 1));
  }

  /** Learns from one run of the test at a commit, or at the {@link #GOOD} end. */
  public void see(int commit, boolean failed) {
    for (int pair = 0; pair < belief.length; pair++) {
      double likelyIfBroken = failed ? broken[pair] : 1 - broken[pair];
      double likelyIfNot = failed ? chance[pair] : 1 - chance[pair];
      for (int answer = 0; answer < size + 2; answer++) {
        belief[pair][answer] *= brokenAt(answer, commit) ? likelyIfBroken : likelyIfNot;
      }
    }
    normalise();
  }

  private boolean brokenAt(int answer, int commit) {
    if (answer >= size) {
      return answer == size;
    }
    return commit >= 0 && lineage.reaches(answer, commit);
  }

  private void normalise() {
    double sum = 0;
    for (double[] part : belief) {
      for (double each : part) {
        sum += each;
      }
    }
    for (double[] part : belief) {
      for (int i = 0; i < part.length; i++) {
        part[i] /= sum;
      }
    }
  }

  private double of(int answer) {
    double sum = 0;
    for (double[] part : belief) {
      sum += part[answer];
    }
    return sum;
  }

  /** The probability that a commit broke the test. */
  public double ofCommit(int commit) {
    return of(commit);
  }

  /** The probability that it failed at the good end already. */
  public double ofGoodEnd() {
    return of(size);
  }

  /** The probability that it does not fail at the bad end. */
  public double ofNoFailure() {
    return of(size + 1);
  }

  /** How often it is thought to fail where it is not broken. */
  public double chanceRate() {
    return mean(chance);
  }

  /** How often it is thought to fail where it is broken. */
  public double brokenRate() {
    return mean(broken);
  }

  private double mean(double[] rates) {
    double mean = 0;
    for (int pair = 0; pair < belief.length; pair++) {
      for (double each : belief[pair]) {
        mean += each * rates[pair];
      }
    }
    return mean;
  }

  /**
   * How many bits a run at each commit would teach on which answer is right, the good end last; the
   * rates taken as they are thought to be.
   */
  public double[] information() {
    double[] posterior = new double[size + 2];
    for (int answer = 0; answer < posterior.length; answer++) {
      posterior[answer] = of(answer);
    }
    double ifBroken = brokenRate();
    double byChance = Math.min(chanceRate(), ifBroken);
    double[] bits = new double[size + 1];
    for (int commit = 0; commit < size; commit++) {
      double mass = posterior[size];
      BitSet ancestors = lineage.ancestors().get(commit);
      for (int each = ancestors.nextSetBit(0); each >= 0; each = ancestors.nextSetBit(each + 1)) {
        mass += posterior[each];
      }
      bits[commit] = bits(Math.min(1, mass), ifBroken, byChance);
    }
    bits[size] = bits(Math.min(1, posterior[size]), ifBroken, byChance);
    return bits;
  }

  private static double bits(double mass, double ifBroken, double byChance) {
    double fails = mass * ifBroken + (1 - mass) * byChance;
    return Math.max(0, entropy(fails) - mass * entropy(ifBroken) - (1 - mass) * entropy(byChance));
  }

  private static double entropy(double p) {
    return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
  }
}
