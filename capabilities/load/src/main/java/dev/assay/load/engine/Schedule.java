package dev.assay.load.engine;

/**
 * When each arrival is intended: arrival <i>i</i> at {@code i / rate} after the start, absolutely,
 * so that nothing that happens during the run moves it. Immutable.
 *
 * @param perSecond arrivals in a second, above 0
 * @param warmUp how many of the first arrivals are not measured
 * @param measured how many arrivals are measured after them, at least 1
 */
public record Schedule(double perSecond, long warmUp, long measured) {

  private static final double NANOS = 1e9;

  /** A constant rate over a time, after the same rate over a warm-up. */
  public static Schedule constant(double perSecond, long warmUpNanos, long nanos) {
    return new Schedule(
        perSecond,
        Math.round(perSecond * warmUpNanos / NANOS),
        Math.round(perSecond * nanos / NANOS));
  }

  /** All arrivals, warm-up included. */
  public long arrivals() {
    return warmUp + measured;
  }

  /**
   * When an arrival is intended, in nanoseconds after the start. Exact to the nanosecond for a day,
   * the longest run there is.
   */
  public long offsetNanos(long arrival) {
    return (long) (arrival * NANOS / perSecond);
  }
}
