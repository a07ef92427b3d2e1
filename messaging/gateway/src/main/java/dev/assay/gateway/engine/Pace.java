package dev.assay.gateway.engine;

/**
 * How fast a provider is given messages: a bucket of tokens, filled at a rate that falls where the
 * provider throttles and rises while it does not (additive increase, multiplicative decrease). As
 * long as nobody throttles and nothing is configured, there is no limit. Not thread-safe.
 */
final class Pace {

  private static final double SECOND = 1e9;
  private static final double DECREASE = 0.95;
  private static final double INCREASE = 0.02;
  private static final long LEARN_NANOS = 100_000_000;
  private static final double LEAST = 1;

  /** Tokens for so long may be saved up. */
  private static final double BURST_SECONDS = 0.02;

  /** Twenty times of going up without being throttled, and the limit is forgotten. */
  private static final int FORGET_AFTER = 200;

  private double most;
  private double rate;
  private double tokens = 1;
  private long filled;
  private long learned;
  private long good;
  private long throttled;
  private int calm;

  Pace(double most, long now) {
    this.most = most;
    this.rate = most;
    this.filled = now;
    this.learned = now;
  }

  /** Another configured limit; 0 for none. */
  void limit(double messagesPerSecond) {
    most = messagesPerSecond;
    rate = most;
  }

  /** Messages a second, now; 0 for any number. */
  double rate() {
    return rate;
  }

  /** Takes the right to send one, if there is one. */
  boolean take(long now) {
    if (rate <= 0) {
      return true;
    }
    double burst = Math.max(1, rate * BURST_SECONDS);
    tokens = Math.min(burst, tokens + (now - filled) / SECOND * rate);
    filled = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** When the next one may be sent, in nanoseconds from then. */
  long pause(long now) {
    return rate <= 0 ? 0 : Math.max(0, (long) ((1 - tokens) / rate * SECOND) - (now - filled));
  }

  /** The provider took one. */
  void good() {
    good++;
  }

  /** The provider throttled one. */
  void throttled() {
    throttled++;
  }

  /** Learns from what was answered since; called often. */
  void learn(long now) {
    long span = now - learned;
    if (span < LEARN_NANOS || rate <= 0 && throttled == 0) {
      return;
    }
    if (throttled > 0) {
      calm = 0;
      double took = good / (span / SECOND);
      // the first time, what it took while it throttled is the best that is known
      rate = rate <= 0 ? Math.max(LEAST, took) : Math.max(LEAST, Math.max(rate * DECREASE, took));
    } else if (good > 0) {
      rate += Math.max(LEAST, rate * INCREASE);
      calm++;
    }
    if (most > 0) {
      rate = Math.min(most, rate);
    } else if (calm > FORGET_AFTER) {
      rate = 0;
      calm = 0;
    }
    good = 0;
    throttled = 0;
    learned = now;
  }
}
