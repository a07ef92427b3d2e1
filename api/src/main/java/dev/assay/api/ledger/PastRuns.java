package dev.assay.api.ledger;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.plan.Subject;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the same check found in earlier runs of the same environment. A check asks its context for
 * it; where there is none, such as in a test, there is no past. Thread-safe.
 */
public interface PastRuns {

  /** The id of the run that goes on now; empty where it is not known. */
  default String run() {
    return "";
  }

  /** What the run that goes on now is about. */
  Subject now();

  /**
   * The newest runs that have ended, the oldest of them first. A run in which this check was not
   * carried out is among them and has no evidence.
   *
   * @param most how many, 1 to 500
   */
  List<PastRun> newest(int most);

  /** An earlier run, as far as this check is concerned. Thread-safe. */
  interface PastRun {
    /** Its id. */
    String id();

    /** When it began. */
    Instant opened();

    /** What it was about. */
    Subject subject();

    /** Reads what this check emitted then, in order; each call reads it anew. */
    void evidence(Consumer<Evidence> reader);
  }
}
