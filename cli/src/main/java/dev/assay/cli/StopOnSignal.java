package dev.assay.cli;

import dev.assay.core.report.RunListener;
import dev.assay.core.run.Runner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a run in order when this process is asked to end, by Ctrl-C or SIGTERM, while open. */
final class StopOnSignal implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final Runner runner;
  private final RunListener listener;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop");

  private StopOnSignal(Runner runner, RunListener listener) {
    this.runner = runner;
    this.listener = listener;
  }

  static StopOnSignal watch(Runner runner, RunListener listener) {
    StopOnSignal watch = new StopOnSignal(runner, listener);
    Runtime.getRuntime().addShutdownHook(watch.hook);
    return watch;
  }

  private void stop() {
    listener.note("stopping: ending checks and services …");
    runner.cancel();
    try {
      boolean done = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!done) {
        listener.note("not everything has ended; `assay mend` ends the rest");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // then it has done its work
    }
  }
}
