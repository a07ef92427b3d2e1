package dev.assay.cli;

import dev.assay.api.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;

/**
 * Tells a server every {@value ServerProject#AGAIN_SECONDS} s that whoever sends a run is there,
 * also while a check is long and quiet or a file is long on its way: one request without entries. A
 * server that is away, or refuses it, disturbs nothing. Thread-safe.
 */
final class SignOfLife implements AutoCloseable {

  private final String run;
  private final ServerProject project;
  private final Duration pause;
  private final Thread telling;

  /** Begins; the project is its owner's to close, later than this. */
  SignOfLife(String run, ServerProject project) {
    this(run, project, Duration.ofSeconds(ServerProject.AGAIN_SECONDS));
  }

  /** The same with another pause. */
  SignOfLife(String run, ServerProject project, Duration pause) {
    this.run = run;
    this.project = project;
    this.pause = pause;
    this.telling = Thread.ofVirtual().name("assay-sign-of-life").start(this::tell);
  }

  private void tell() {
    try {
      while (true) {
        Thread.sleep(pause);
        try {
          project.alive(run);
        } catch (IOException away) {
          // it is told the next time
        }
      }
    } catch (ProblemException refused) {
      // who sends the entries says so
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether nothing is told any more, as the server refuses it. */
  boolean ended() {
    return !telling.isAlive();
  }

  @Override
  public void close() {
    telling.interrupt();
  }
}
