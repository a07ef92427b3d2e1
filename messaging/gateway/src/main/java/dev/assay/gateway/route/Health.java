package dev.assay.gateway.route;

import java.util.concurrent.atomic.LongAdder;

/**
 * How well a provider is, of what it did lately: each new answer counts for a fiftieth. Written by
 * one thread, read by any.
 */
public final class Health {

  private static final double NEWEST = 0.02;
  private static final double SLOW_MILLIS = 5_000;

  private volatile double answers = 1;
  private volatile double latencyMillis;
  private volatile double deliveries = 1;
  private final LongAdder receipts = new LongAdder();

  /** One of which nothing bad is known. */
  public Health() {}

  /** It answered a message, well or not; throttling is no illness. */
  public void answered(boolean well, double millis) {
    answers = newer(answers, well ? 1 : 0);
    latencyMillis = newer(latencyMillis, millis);
  }

  /** It told what became of a message. */
  public void told(boolean delivered) {
    deliveries = newer(deliveries, delivered ? 1 : 0);
    receipts.increment();
  }

  private static double newer(double before, double now) {
    return before + NEWEST * (now - before);
  }

  /** The share of good answers, lately. */
  public double answers() {
    return answers;
  }

  /** How long answers take, lately, in milliseconds. */
  public double latencyMillis() {
    return latencyMillis;
  }

  /** The share of deliveries in its receipts, lately. */
  public double deliveries() {
    return deliveries;
  }

  /** How many receipts it sent. */
  public long receipts() {
    return receipts.sum();
  }

  /** All of it in one number from 0 (ill) to 100 (well). */
  public double score() {
    double fast = 1 - Math.min(1, latencyMillis / SLOW_MILLIS);
    return 100 * (0.5 * answers + 0.3 * deliveries + 0.2 * fast);
  }
}
