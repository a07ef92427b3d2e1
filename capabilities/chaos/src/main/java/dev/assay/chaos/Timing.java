package dev.assay.chaos;

import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CancelledException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The steps in which an experiment looks at time.
 *
 * @param tick how often it looks whether something is due
 * @param grid how far apart the moments are at which the steady state is judged
 * @param lag how late evidence may come
 */
record Timing(Duration tick, Duration grid, Duration lag) {

  static final Timing DEFAULT =
      new Timing(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(2));

  /**
   * Waits for one tick.
   *
   * @throws CancelledException if it is asked to stop
   */
  void await(Cancellation cancellation) {
    CountDownLatch stop = new CountDownLatch(1);
    try (Cancellation.Registration _ = cancellation.onRequest(stop::countDown)) {
      if (stop.await(tick.toNanos(), TimeUnit.NANOSECONDS)) {
        cancellation.check();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new CancelledException("the experiment was interrupted");
    }
  }
}
