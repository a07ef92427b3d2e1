package dev.assay.server.api;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says again and again that a request is being carried out, until it is closed. */
final class Carrying implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Carrying.class);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable goesOn;
  private final Duration pause;

  /**
   * Begins to say so.
   *
   * @param pause until it is said the next time
   */
  Carrying(Duration pause, Runnable goesOn) {
    this.pause = pause;
    this.goesOn = goesOn;
    var _ = Thread.ofVirtual().name("assay-carrying").start(this::say);
  }

  private void say() {
    try {
      while (!ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        goesOn.run();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException away) {
      // the database is away, so that nobody else can begin it, either
      LOG.warn("a request with an Idempotency-Key cannot be held", away);
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
