package dev.assay.server.api;

import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Turns at making entries of what programs sent: as many at a time as there are processors but one.
 * Virtual threads give a processor up only where they wait, so that twenty programs that send at
 * once would keep whoever asks for a page waiting until all of them were read. In the order in
 * which they come. Thread-safe.
 */
@Component
final class ReadingTurns {

  private final Semaphore free;

  @Autowired
  ReadingTurns() {
    this(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  ReadingTurns(int atATime) {
    free = new Semaphore(atATime, true);
  }

  /** Ends with {@link #close}. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for a turn; nothing may be waited for during one. */
  Turn take() {
    free.acquireUninterruptibly();
    return free::release;
  }
}
