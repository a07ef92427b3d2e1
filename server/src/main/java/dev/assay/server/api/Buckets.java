package dev.assay.server.api;

import dev.assay.api.spi.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Buckets of requests that fill again, one for each that asks; those of the {@value #MOST} that
 * asked last are remembered. Thread-safe.
 */
final class Buckets {

  private static final int MOST = 10_000;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST;
        }
      };

  private record Bucket(double left, long atMillis) {}

  /**
   * How much may be asked. Immutable.
   *
   * @param burst how often at once
   * @param eachSecond how often a second
   */
  record Rate(long burst, long eachSecond) {

    /** In how many seconds an empty bucket is full. */
    long window() {
      return Math.max(1, burst / eachSecond);
    }
  }

  /**
   * What is left of a bucket. Immutable.
   *
   * @param left how often may still be asked; below 0 where this once was too often
   * @param rate of the bucket
   */
  record Left(double left, Rate rate) {

    /** Whether this was too often. */
    boolean none() {
      return left < 0;
    }

    /** As the header RateLimit-Policy has it. */
    String policy(String name) {
      return '"' + name + "\";q=" + rate.burst() + ";w=" + rate.window();
    }

    /** As the header RateLimit has it. */
    String told(String name) {
      long full = Math.round((rate.burst() - Math.max(0, left)) / rate.eachSecond());
      return '"' + name + "\";r=" + Math.max(0, (long) left) + ";t=" + full;
    }
  }

  /** Full ones. */
  Buckets(Clock clock) {
    this.clock = clock;
  }

  /** Takes one of a bucket. */
  Left take(String of, Rate rate) {
    long now = clock.now().toEpochMilli();
    lock.lock();
    try {
      Bucket held = buckets.getOrDefault(of, new Bucket(rate.burst(), now));
      double passed = Math.max(0, now - held.atMillis()) / 1_000.0;
      double left = Math.min(rate.burst(), held.left() + passed * rate.eachSecond());
      boolean may = left >= 1;
      buckets.put(of, new Bucket(may ? left - 1 : left, now));
      return new Left(may ? left - 1 : -1, rate);
    } finally {
      lock.unlock();
    }
  }
}
