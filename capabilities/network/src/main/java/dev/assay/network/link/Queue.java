package dev.assay.network.link;

/**
 * The queue before the bottleneck of a direction. It drops what does not fit; with a target it also
 * drops early, as CoDel does (RFC 8289). Immutable.
 *
 * @param limit the most bytes that wait, counted as the rate counts; 0 = 64 KiB or what the rate
 *     carries in 100 ms, whichever is more
 * @param target the waiting time in nanoseconds that CoDel accepts; 0 = no CoDel
 * @param interval how long it must have been exceeded, in nanoseconds; 100 ms by RFC 8289
 */
public record Queue(long limit, long target, long interval) {

  /** Drop-tail, as long as suits the rate. */
  public static final Queue USUAL = dropTail(0);

  /** CoDel's interval of RFC 8289, section 4.3, in nanoseconds. */
  public static final long INTERVAL = 100_000_000L;

  private static final long LONGEST = 1L << 30;

  /** Checks the ranges. */
  public Queue {
    if (limit < 0 || limit > LONGEST) {
      throw new IllegalArgumentException("the limit of a queue is 0 B to 1 GiB");
    }
    if (target < 0 || target > 10_000_000_000L || interval < target) {
      throw new IllegalArgumentException("the target of a queue is 0 s to 10 s, its interval more");
    }
  }

  /** Drops only what does not fit. */
  public static Queue dropTail(long limit) {
    return new Queue(limit, 0, INTERVAL);
  }

  /** CoDel with that target in nanoseconds. */
  public static Queue codel(long target, long limit) {
    return new Queue(limit, target, Math.max(INTERVAL, target));
  }

  /** The limit in bytes at a rate. */
  long limit(double bytesPerSecond) {
    return limit > 0 ? limit : Math.min(LONGEST, Math.max(65_536, (long) (bytesPerSecond / 10)));
  }
}
