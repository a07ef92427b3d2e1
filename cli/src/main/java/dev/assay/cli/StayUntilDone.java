package dev.assay.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps this process from ending by Ctrl-C or SIGTERM before what it made is removed, while open;
 * whoever works asks {@link #stopping} and then ends in order.
 */
final class StayUntilDone implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 90;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stay, "stay");
  private volatile boolean asked;

  static StayUntilDone begin() {
    StayUntilDone stay = new StayUntilDone();
    Runtime.getRuntime().addShutdownHook(stay.hook);
    return stay;
  }

  private void stay() {
    asked = true;
    try {
      boolean _ = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the process was asked to end. */
  boolean stopping() {
    return asked;
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // then it has done its work
    }
  }
}
