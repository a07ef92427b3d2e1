package dev.assay.network.link;

import org.jspecify.annotations.Nullable;

/**
 * The state of one direction of a link. Immutable. Begin with {@link #NONE} and change what is
 * wanted; the constructor gains components as the model does.
 *
 * @param delay on the way, apart from queueing
 * @param bitsPerSecond of the bottleneck, which all flows of the direction share; 0 = no limit
 * @param trace when the bottleneck carries packets, in place of a rate; may be null
 * @param queue before the bottleneck
 * @param loss which packets are lost behind the bottleneck
 * @param duplicate the share of datagrams that arrive twice
 * @param reordering which datagrams overtake others
 * @param counting what the rate counts
 * @param window the most payload of a stream that is on its way without being acknowledged, in
 *     bytes: the socket buffers of its ends
 * @param slowStart whether a stream's window begins with ten segments and grows by what is
 *     acknowledged (RFC 5681, RFC 6928)
 * @param offline whether nothing passes
 */
public record DirectionCondition(
    Delay delay,
    double bitsPerSecond,
    @Nullable Trace trace,
    Queue queue,
    Loss loss,
    double duplicate,
    Reordering reordering,
    Counting counting,
    long window,
    boolean slowStart,
    boolean offline) {

  /** What Linux lets a socket's send buffer grow to (net.ipv4.tcp_wmem): 4 MiB. */
  public static final long USUAL_WINDOW = 4L << 20;

  /** Passes everything at once. */
  public static final DirectionCondition NONE =
      new DirectionCondition(
          Delay.NONE,
          0,
          null,
          Queue.USUAL,
          Loss.NONE,
          0,
          Reordering.NONE,
          Counting.IP,
          USUAL_WINDOW,
          false,
          false);

  /** Checks the ranges. */
  public DirectionCondition {
    if (!(bitsPerSecond == 0 || bitsPerSecond >= 100 && bitsPerSecond <= 1e12)) {
      throw new IllegalArgumentException("a rate is 100 bit/s to 1 Tbit/s");
    }
    if (bitsPerSecond > 0 && trace != null) {
      throw new IllegalArgumentException("a direction has a rate or a trace, not both");
    }
    if (!(duplicate >= 0 && duplicate <= 1)) {
      throw new IllegalArgumentException("a share of duplicates is 0 % to 100 %");
    }
    if (window < 4096 || window > 1L << 30) {
      throw new IllegalArgumentException("a window is 4 KiB to 1 GiB");
    }
  }

  /** The same with another delay. */
  public DirectionCondition withDelay(Delay value) {
    return new DirectionCondition(
        value,
        bitsPerSecond,
        trace,
        queue,
        loss,
        duplicate,
        reordering,
        counting,
        window,
        slowStart,
        offline);
  }

  /** The same with a rate in bits per second, 0 for none, in place of its rate or trace. */
  public DirectionCondition withRate(double value) {
    return new DirectionCondition(
        delay,
        value,
        null,
        queue,
        loss,
        duplicate,
        reordering,
        counting,
        window,
        slowStart,
        offline);
  }

  /** The same with a trace in place of its rate or trace. */
  public DirectionCondition withTrace(@Nullable Trace value) {
    return new DirectionCondition(
        delay, 0, value, queue, loss, duplicate, reordering, counting, window, slowStart, offline);
  }

  /** The same with another queue. */
  public DirectionCondition withQueue(Queue value) {
    return new DirectionCondition(
        delay,
        bitsPerSecond,
        trace,
        value,
        loss,
        duplicate,
        reordering,
        counting,
        window,
        slowStart,
        offline);
  }

  /** The same with other losses. */
  public DirectionCondition withLoss(Loss value) {
    return new DirectionCondition(
        delay,
        bitsPerSecond,
        trace,
        queue,
        value,
        duplicate,
        reordering,
        counting,
        window,
        slowStart,
        offline);
  }

  /** The same with a share of duplicates. */
  public DirectionCondition withDuplicate(double value) {
    return new DirectionCondition(
        delay,
        bitsPerSecond,
        trace,
        queue,
        loss,
        value,
        reordering,
        counting,
        window,
        slowStart,
        offline);
  }

  /** The same with another reordering. */
  public DirectionCondition withReordering(Reordering value) {
    return new DirectionCondition(
        delay,
        bitsPerSecond,
        trace,
        queue,
        loss,
        duplicate,
        value,
        counting,
        window,
        slowStart,
        offline);
  }

  /** The same with a rate that counts so. */
  public DirectionCondition withCounting(Counting value) {
    return new DirectionCondition(
        delay,
        bitsPerSecond,
        trace,
        queue,
        loss,
        duplicate,
        reordering,
        value,
        window,
        slowStart,
        offline);
  }

  /** The same with another window of streams, in bytes. */
  public DirectionCondition withWindow(long value) {
    return new DirectionCondition(
        delay,
        bitsPerSecond,
        trace,
        queue,
        loss,
        duplicate,
        reordering,
        counting,
        value,
        slowStart,
        offline);
  }

  /** The same with streams that start slowly, or at once. */
  public DirectionCondition withSlowStart(boolean value) {
    return new DirectionCondition(
        delay,
        bitsPerSecond,
        trace,
        queue,
        loss,
        duplicate,
        reordering,
        counting,
        window,
        value,
        offline);
  }

  /** The same, passing nothing or something. */
  public DirectionCondition withOffline(boolean value) {
    return new DirectionCondition(
        delay,
        bitsPerSecond,
        trace,
        queue,
        loss,
        duplicate,
        reordering,
        counting,
        window,
        slowStart,
        value);
  }

  /** Whether a rate or a trace bounds it. */
  public boolean limited() {
    return bitsPerSecond > 0 || trace != null;
  }

  /** Whether a stream's bytes pass at once. */
  public boolean transparent() {
    return !offline && !limited() && delay.none() && loss.mean() == 0;
  }
}
