package dev.assay.core.run;

import dev.assay.api.spi.Clock;
import dev.assay.core.report.OutputListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the processes of a run print while it goes on, from the files that they print to, so
 * that no process ever waits for who listens. Does nothing where nobody does. Thread-safe.
 */
final class OutputFollower implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LAST = Duration.ofSeconds(5);

  /** What more print to is not followed. */
  private static final int MOST = 64;

  private final @Nullable OutputListener listener;
  private final Clock clock;
  private final PrintedText text;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<PrintedFile> files = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final @Nullable Thread looking;

  /** Follows nothing yet. */
  OutputFollower(@Nullable OutputListener listener, Clock clock, Redactor redactor) {
    this.listener = listener;
    this.clock = clock;
    this.text = new PrintedText(redactor);
    this.looking =
        listener == null
            ? null
            : Thread.ofPlatform().daemon().name("assay-output").start(() -> look(listener));
  }

  /**
   * Follows a file from where it ends now.
   *
   * @param source who prints to it
   */
  void follow(String source, Path file) {
    if (listener == null) {
      return;
    }
    lock.lock();
    try {
      // it was deleted, and another begins in its place
      files.stream().filter(each -> each.is(file)).forEach(PrintedFile::leave);
      if (files.size() < MOST) {
        files.add(new PrintedFile(source, file, text));
      }
    } finally {
      lock.unlock();
    }
  }

  private void look(OutputListener to) {
    try {
      while (!ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        each(to);
      }
      lock.lock();
      try {
        files.forEach(PrintedFile::leave);
      } finally {
        lock.unlock();
      }
      each(to);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void each(OutputListener to) {
    lock.lock();
    try {
      files.removeIf(file -> {
        boolean goesOn = file.look(clock.now(), to);
        if (!goesOn) {
          file.close();
        }
        return !goesOn;
      });
    } finally {
      lock.unlock();
    }
  }

  /** Tells what was printed last, and ends. */
  @Override
  public void close() {
    ended.countDown();
    Thread thread = looking;
    if (thread != null) {
      try {
        boolean _ = thread.join(LAST);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
