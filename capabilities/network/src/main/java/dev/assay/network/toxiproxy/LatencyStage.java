package dev.assay.network.toxiproxy;

import java.util.SplittableRandom;

/**
 * {@code latency}: each piece of data arrives {@code latency} later, give or take {@code jitter}
 * evenly, and never before the piece before it. The end of the stream is not late by itself.
 */
final class LatencyStage extends HoldingStage {

  /** As much as Toxiproxy holds back for this toxic: 1024 pieces of 32 KiB. */
  private static final long MOST_HELD = 32L * 1024 * 1024;

  private final SplittableRandom random;

  LatencyStage(Toxic toxic, ExitStage exit, long seed) {
    super(toxic, exit, MOST_HELD);
    this.random = new SplittableRandom(seed);
  }

  @Override
  long due(int bytes, long arrived, long earliest, long before) {
    long jitter = millis("jitter");
    long delay = millis("latency");
    if (jitter > 0) {
      delay += random.nextLong(-jitter, jitter);
    }
    return Math.max(before, arrived + Math.max(0, delay));
  }
}
