package dev.assay.suite.flaky;

import dev.assay.suite.flaky.Attempt.Result;
import dev.assay.suite.flaky.History.Answer;
import dev.assay.suite.flaky.History.Run;
import java.util.List;

/**
 * Probabilities of every hidden state of a test. State 0 is healthy, the others are flaky with a
 * failing rate and a cause; each with right and with wrong code. Not thread-safe.
 */
final class Belief {

  private static final Cause[] CAUSES = Cause.values();

  private final double[] rates = Rates.failingRates();
  private final double[] priors;
  private final double[] right;
  private final double[] wrong;

  /** The part in which the code was wrong in the last run that failed. */
  private final double[] realRight;

  private final double[] realWrong;
  private double infrastructure;

  Belief() {
    int states = 1 + rates.length * CAUSES.length;
    priors = new double[states];
    right = new double[states];
    wrong = new double[states];
    realRight = new double[states];
    realWrong = new double[states];
    double[] weights = Rates.weightsOfFailingRates();
    for (int state = 1; state < states; state++) {
      priors[state] = weights[rateOf(state)] * Rates.of(causeOf(state));
    }
    for (int state = 0; state < states; state++) {
      double share = state == 0 ? 1 - Rates.FLAKY : Rates.FLAKY * priors[state];
      right[state] = share * (1 - Rates.BEGINS_BROKEN);
      wrong[state] = share * Rates.BEGINS_BROKEN;
    }
  }

  private int rateOf(int state) {
    return (state - 1) % rates.length;
  }

  private Cause causeOf(int state) {
    return CAUSES[(state - 1) / rates.length];
  }

  /** Between two runs. */
  void passTime(double changed, Answer executed) {
    double factor =
        switch (executed) {
          case YES -> Rates.EXECUTED;
          case NO -> Rates.NOT_EXECUTED;
          case UNKNOWN -> 1;
        };
    double breaks = Math.min(0.5, changed * factor * Rates.BREAKS);
    double mends = Math.min(0.9, changed * Math.min(factor, 1) * Rates.MENDS);
    breakAndMend(right, wrong, breaks, mends);
    breakAndMend(realRight, realWrong, breaks, mends);
    for (double[] part : List.of(right, wrong, realRight, realWrong)) {
      beginAndEnd(part, changed);
    }
  }

  private static void breakAndMend(double[] right, double[] wrong, double breaks, double mends) {
    for (int state = 0; state < right.length; state++) {
      double broke = right[state] * breaks;
      double mended = wrong[state] * mends;
      right[state] += mended - broke;
      wrong[state] += broke - mended;
    }
  }

  private void beginAndEnd(double[] part, double changed) {
    double begins = part[0] * Rates.FLAKINESS_BEGINS * changed;
    part[0] -= begins;
    for (int state = 1; state < part.length; state++) {
      double ends = part[state] * Rates.FLAKINESS_ENDS * changed;
      part[state] += begins * priors[state] - ends;
      part[0] += ends;
    }
  }

  /** A run. */
  void see(Run run) {
    List<Attempt> attempts =
        run.attempts().stream().filter(attempt -> attempt.result() != Result.NONE).toList();
    infrastructure = 0;
    if (attempts.isEmpty()) {
      return;
    }
    double suspected =
        run.failedShare().isPresent()
            ? Rates.infrastructure(run.failedShare().getAsDouble())
            : Rates.INFRASTRUCTURE_IF_UNKNOWN;
    double ifInfrastructure = suspected * ofInfrastructure(attempts);
    double ifWrong = ofWrong(attempts);
    double sum = 0;
    for (int state = 0; state < right.length; state++) {
      double asRight = (1 - suspected) * ofRight(attempts, state) + ifInfrastructure;
      double asWrong = (1 - suspected) * ifWrong + ifInfrastructure;
      right[state] *= asRight;
      wrong[state] *= asWrong;
      realRight[state] *= asRight;
      realWrong[state] *= asWrong;
      sum += right[state] + wrong[state];
    }
    infrastructure = ifInfrastructure / sum;
    normalise(sum);
    if (run.failed()) {
      // found wrong code, if it is wrong now and infrastructure was not what failed
      for (int state = 0; state < right.length; state++) {
        realRight[state] = 0;
        double asWrong = (1 - suspected) * ifWrong + ifInfrastructure;
        realWrong[state] = wrong[state] * (1 - suspected) * ifWrong / asWrong;
      }
    }
  }

  private void normalise(double sum) {
    for (double[] part : List.of(right, wrong, realRight, realWrong)) {
      for (int state = 0; state < part.length; state++) {
        part[state] /= sum;
      }
    }
  }

  private static double ofInfrastructure(List<Attempt> attempts) {
    double likelihood = 1;
    for (Attempt attempt : attempts) {
      boolean fails = attempt.result() == Result.FAIL;
      likelihood *= fails ? Rates.FAILS_IN_INFRASTRUCTURE : 1 - Rates.FAILS_IN_INFRASTRUCTURE;
    }
    return likelihood;
  }

  private static double ofWrong(List<Attempt> attempts) {
    double likelihood = 1;
    for (Attempt attempt : attempts) {
      double passes = Rates.brokenPasses(attempt.how());
      likelihood *= attempt.result() == Result.FAIL ? 1 - passes : passes;
    }
    return likelihood;
  }

  private double ofRight(List<Attempt> attempts, int state) {
    double likelihood = 1;
    boolean failedBefore = false;
    for (Attempt attempt : attempts) {
      boolean fails = attempt.result() == Result.FAIL;
      double probability = failing(state, failedBefore, attempt.how());
      likelihood *= fails ? probability : 1 - probability;
      failedBefore |= fails;
    }
    return likelihood;
  }

  private double failing(int state, boolean failedBefore, Rerun how) {
    if (state == 0) {
      return Rates.STRAY;
    }
    double rate = rates[rateOf(state)];
    return failedBefore ? Rates.failsAgain(causeOf(state), how, rate) : rate;
  }

  private static double sum(double[] part, int from) {
    double sum = 0;
    for (int state = from; state < part.length; state++) {
      sum += part[state];
    }
    return Math.clamp(sum, 0, 1);
  }

  double broken() {
    return sum(wrong, 0);
  }

  double flakyAndRight() {
    return sum(right, 1);
  }

  double flaky() {
    return Math.min(1, sum(right, 1) + sum(wrong, 1));
  }

  double lastFailureReal() {
    return Math.min(1, sum(realRight, 0) + sum(realWrong, 0));
  }

  double infrastructure() {
    return Math.clamp(infrastructure, 0, 1);
  }

  double failingRate() {
    double weighted = 0;
    for (int state = 1; state < right.length; state++) {
      weighted += (right[state] + wrong[state]) * rates[rateOf(state)];
    }
    return weighted / Math.max(flaky(), Double.MIN_NORMAL);
  }

  /** Why it flaked, where its last failure was flakiness; where it never failed, the prior. */
  double ofCause(Cause cause) {
    double of = 0;
    double all = 0;
    for (int state = 1; state < right.length; state++) {
      double real = realRight[state] + realWrong[state];
      double flaked = Math.max(0, right[state] + wrong[state] - real);
      all += flaked;
      of += causeOf(state) == cause ? flaked : 0;
    }
    return all == 0 ? Rates.of(cause) : of / all;
  }
}
