package dev.assay.network.proxy;

import java.util.concurrent.atomic.LongAdder;

/** What a proxy counts while it runs. Thread-safe. */
final class Counters {
  final LongAdder accepted = new LongAdder();
  final LongAdder ended = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder resets = new LongAdder();
  final LongAdder forgotten = new LongAdder();
  final LongAdder stalled = new LongAdder();
  final LongAdder bytesUp = new LongAdder();
  final LongAdder bytesDown = new LongAdder();
  final LongAdder datagramsUp = new LongAdder();
  final LongAdder datagramsDown = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder duplicated = new LongAdder();

  ProxyStatistics snapshot() {
    long begun = accepted.sum();
    return new ProxyStatistics(
        begun,
        Math.max(0, begun - ended.sum()),
        failed.sum(),
        resets.sum(),
        forgotten.sum(),
        stalled.sum(),
        bytesUp.sum(),
        bytesDown.sum(),
        datagramsUp.sum(),
        datagramsDown.sum(),
        dropped.sum(),
        duplicated.sum());
  }
}
