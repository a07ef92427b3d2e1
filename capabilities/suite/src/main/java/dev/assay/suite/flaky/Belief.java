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

  private static final int MOST_AT_ONCE = 20;

  /** After so many passes in a row a failure before them has nothing to do with the next one. */
  private static final int ENOUGH_PASSES = 3;

  private final double[] priors;
  private final double[] right;
  private final double[] wrong;

  /** The part in which the code was wrong in the last run that failed. */
  private final double[] realRight;

  private final double[] realWrong;
  private final double[] rateOf;
  private final Cause[] causeOf;
  private double infrastructure;
  private double foundIfWrong;
  private boolean everFailed;

  Belief() {
    int states = 1 + Rates.failingRates() * Cause.values().length;
    priors = new double[states];
    right = new double[states];
    wrong = new double[states];
    realRight = new double[states];
    realWrong = new double[states];
    rateOf = new double[states];
    causeOf = new Cause[states];
    causeOf[0] = Cause.TIMING; // not asked for
    int next = 1;
    for (Cause cause : Cause.values()) {
      for (int i = 0; i < Rates.failingRates(); i++) {
        rateOf[next] = Rates.failingRate(i);
        causeOf[next] = cause;
        priors[next] = Rates.ofFailingRate(i) * Rates.of(cause);
        next++;
      }
    }
    for (int state = 0; state < states; state++) {
      double share = state == 0 ? 1 - Rates.FLAKY : Rates.FLAKY * priors[state];
      right[state] = share * (1 - Rates.BEGINS_BROKEN);
      wrong[state] = share * Rates.BEGINS_BROKEN;
    }
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
    if (changed == 0) {
      return;
    }
    breakAndMend(right, wrong, breaks, mends);
    beginAndEnd(right, changed);
    beginAndEnd(wrong, changed);
    if (everFailed) {
      breakAndMend(realRight, realWrong, breaks, mends);
      beginAndEnd(realRight, changed);
      beginAndEnd(realWrong, changed);
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
    double suspected =
        run.failedShare().isPresent()
            ? Rates.infrastructure(run.failedShare().getAsDouble())
            : Rates.INFRASTRUCTURE_IF_UNKNOWN;
    int passes = ENOUGH_PASSES;
    for (int from = 0; from < attempts.size(); from += MOST_AT_ONCE) {
      List<Attempt> some = attempts.subList(from, Math.min(attempts.size(), from + MOST_AT_ONCE));
      see(some, passes, suspected);
      for (Attempt attempt : some) {
        passes = passesAfter(passes, attempt);
      }
    }
    if (run.failed()) {
      everFailed = true;
      // it found wrong code, if that is wrong now and infrastructure was not what failed
      for (int state = 0; state < right.length; state++) {
        realRight[state] = 0;
        realWrong[state] = wrong[state] * foundIfWrong;
      }
    }
  }

  /** Attempts, so few that their probability is a number. */
  private void see(List<Attempt> attempts, int passesBefore, double suspected) {
    double ifInfrastructure = suspected * ofInfrastructure(attempts);
    double ifWrong = (1 - suspected) * ofWrong(attempts);
    double asWrong = ifWrong + ifInfrastructure;
    double sum = 0;
    for (int state = 0; state < right.length; state++) {
      double asRight = (1 - suspected) * ofRight(attempts, passesBefore, state) + ifInfrastructure;
      right[state] *= asRight;
      realRight[state] *= asRight;
      wrong[state] *= asWrong;
      realWrong[state] *= asWrong;
      sum += right[state] + wrong[state];
    }
    infrastructure = ifInfrastructure / sum;
    foundIfWrong = ifWrong / asWrong;
    for (int state = 0; state < right.length; state++) {
      right[state] /= sum;
      wrong[state] /= sum;
      realRight[state] /= sum;
      realWrong[state] /= sum;
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

  private double ofRight(List<Attempt> attempts, int passesBefore, int state) {
    double likelihood = 1;
    int passes = passesBefore;
    for (Attempt attempt : attempts) {
      double probability = failing(state, passes < ENOUGH_PASSES, attempt.how());
      likelihood *= attempt.result() == Result.FAIL ? probability : 1 - probability;
      passes = passesAfter(passes, attempt);
    }
    return likelihood;
  }

  /** How many attempts passed since the last failure. */
  private static int passesAfter(int passes, Attempt attempt) {
    return attempt.result() == Result.FAIL ? 0 : Math.min(ENOUGH_PASSES, passes + 1);
  }

  private double failing(int state, boolean justFailed, Rerun how) {
    if (state == 0) {
      return Rates.STRAY;
    }
    double rate = rateOf[state];
    return justFailed ? Rates.failsAgain(causeOf[state], how, rate) : rate;
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
      weighted += (right[state] + wrong[state]) * rateOf[state];
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
      of += causeOf[state] == cause ? flaked : 0;
    }
    return all == 0 ? Rates.of(cause) : of / all;
  }
}
