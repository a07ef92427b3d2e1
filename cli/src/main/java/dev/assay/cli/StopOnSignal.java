package dev.assay.cli;

import dev.assay.core.report.RunListener;
import dev.assay.core.run.Runner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends something in order when this process is asked to end, by Ctrl-C or SIGTERM, while open. */
final class StopOnSignal implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final Runnable end;
  private final Runnable late;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop");

  private StopOnSignal(Runnable end, Runnable late) {
    this.end = end;
    this.late = late;
  }

  /** Ends a run. */
  static StopOnSignal watch(Runner runner, RunListener listener) {
    return watch(
        () -> {
          listener.note("stopping: ending checks and services …");
          runner.cancel();
        },
        () -> listener.note("not everything has ended; `assay mend` ends the rest"));
  }

  /**
   * Ends what it can be told to.
   *
   * @param end tells it
   * @param late called where it has not ended after a minute
   */
  static StopOnSignal watch(Runnable end, Runnable late) {
    StopOnSignal watch = new StopOnSignal(end, late);
    Runtime.getRuntime().addShutdownHook(watch.hook);
    return watch;
  }

  private void stop() {
    end.run();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        late.run();
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
