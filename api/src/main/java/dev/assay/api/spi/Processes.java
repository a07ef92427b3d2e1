package dev.assay.api.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Starts child processes that the run owns: each is in the undo journal before it starts and is
 * ended, with all its descendants, when the check ends, is cancelled, or the run crashed.
 * Thread-safe.
 */
public interface Processes {

  /**
   * Starts a program.
   *
   * @throws dev.assay.api.problem.ProblemException if it cannot be started, naming the program and
   *     the mend
   */
  Child start(Command command);

  /**
   * What to start.
   *
   * @param words the program and its arguments
   * @param folder where it starts
   * @param environment variables added to those of this process
   * @param output the file that its standard output and error are appended to
   * @param grace how long it may take to end after being asked, before it is killed
   */
  record Command(
      List<String> words,
      Path folder,
      Map<String, String> environment,
      Path output,
      Duration grace) {
    /** Copies the collections. */
    public Command {
      words = List.copyOf(words);
      environment = Map.copyOf(environment);
    }
  }

  /** A started process. Thread-safe. */
  interface Child {
    /** Its process id. */
    long pid();

    /** It and everything that came of it, as far as it lives. */
    default Set<Long> pids() {
      return Set.of(pid());
    }

    /** Waits for its end, at most so long; empty where it still runs. */
    OptionalInt await(Duration atMost) throws InterruptedException;

    /**
     * Asks it and its descendants to end, waits for its grace, then kills what is left. Returns
     * when all have ended.
     */
    void stop();
  }
}
