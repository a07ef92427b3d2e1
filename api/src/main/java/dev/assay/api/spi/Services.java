package dev.assay.api.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The services of the run, for checks that break and mend them. Thread-safe. */
public interface Services {

  /** All that were started, in that order. */
  List<Service> all();

  /** The service of that name. */
  Optional<Service> named(String name);

  /** A service of the run. */
  interface Service {
    /** Its name in the workspace. */
    String name();

    /** The process that was started last; it changes when the service is restarted. */
    long pid();

    /** That process and everything that came of it, as far as it lives. */
    Set<Long> pids();

    /** Whether any of it lives. */
    boolean alive();

    /** What was started, with values filled in, secrets too. */
    List<String> command();

    /** The file that holds what it printed. */
    Path log();

    /**
     * Makes it run again, with the same command, ports and environment: ends what is left of it,
     * starts it, and waits until it is ready.
     *
     * @throws dev.assay.api.problem.ProblemException if it does not get ready in its time
     */
    void restart();

    /**
     * Says that its end until the next {@link #restart} is wanted, so that it is an event and not
     * news.
     */
    void expectEnd();
  }
}
