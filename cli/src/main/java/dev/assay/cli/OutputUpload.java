package dev.assay.cli;

import dev.assay.api.problem.ProblemException;
import dev.assay.core.report.OutputListener;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a run prints to a server, to be watched. It is no evidence and stands back behind it:
 * at most {@value #BATCH} lines twice a second, the newest of what waits; how many were left out is
 * said in their place. A server that takes none disturbs nothing. Thread-safe.
 */
final class OutputUpload implements OutputListener, AutoCloseable {

  private static final int BATCH = 500;
  private static final long PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final String run;
  private final ServerProject project;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<PrintedLine> waiting = new ArrayDeque<>();

  /** Of the lines before those that wait; null where none was left out. */
  private @Nullable PrintedLine left;

  private final Thread sending;

  /** Begins; it closes the project. */
  OutputUpload(String run, ServerProject project) {
    this.run = run;
    this.project = project;
    this.sending = Thread.ofVirtual().name("assay-output-upload").start(this::send);
  }

  @Override
  public void printed(String source, Instant at, String line) {
    add(new PrintedLine(at, source, line, 0));
  }

  @Override
  public void leftOut(String source, Instant at, long lines) {
    add(new PrintedLine(at, source, "", lines));
  }

  private void add(PrintedLine line) {
    lock.lock();
    try {
      if (waiting.size() == BATCH - 1) { // and one says what was left out
        PrintedLine oldest = waiting.removeFirst();
        PrintedLine before = left;
        long lines = (before == null ? 0 : before.leftOut()) + Math.max(1, oldest.leftOut());
        left = new PrintedLine(oldest.at(), oldest.source(), "", lines);
      }
      waiting.addLast(line);
    } finally {
      lock.unlock();
    }
  }

  private List<PrintedLine> take() {
    lock.lock();
    try {
      List<PrintedLine> batch = new ArrayList<>();
      PrintedLine before = left;
      if (before != null) {
        batch.add(before);
        left = null;
      }
      batch.addAll(waiting);
      waiting.clear();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** What is sent is kept until it is answered, and has its place: it is taken once. */
  private void send() {
    long pause = PAUSE_MILLIS;
    long after = ServerProject.NO_RUN;
    List<PrintedLine> batch = List.of();
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(pause);
        try {
          if (after == ServerProject.NO_RUN) {
            after = project.printed(run, 0, List.of());
          }
          if (batch.isEmpty() && after != ServerProject.NO_RUN) {
            batch = take();
          }
          if (!batch.isEmpty()) {
            long there = project.printed(run, after, batch);
            // the server may have been started anew: the run is sent to it again, and this with it
            batch = there == ServerProject.NO_RUN ? batch : List.of();
            after = there;
          }
          pause =
              after == ServerProject.NO_RUN
                  ? Math.min(2 * pause, LONGEST_PAUSE_MILLIS)
                  : PAUSE_MILLIS;
        } catch (IOException away) {
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
      }
    } catch (ProblemException takesNone) {
      // an older server: the whole logs of services come as artifacts
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether nothing is sent any more, as the server takes none. */
  boolean ended() {
    return !sending.isAlive();
  }

  /** Ends the sending; nobody waits for what is left. */
  @Override
  public void close() {
    sending.interrupt();
    project.close();
  }
}
