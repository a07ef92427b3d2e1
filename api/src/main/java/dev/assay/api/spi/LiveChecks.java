package dev.assay.api.spi;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Other checks of the workspace, carried out as a part of one. Thread-safe. */
public interface LiveChecks {

  /**
   * Begins a check that goes on until it is closed: a load check with its model for that long, any
   * other again and again, once a second.
   *
   * @param id a check of the workspace; named in {@link CheckType#references}
   * @param atMost how long it may be needed
   * @param evidence takes what it emits, besides this object; it is evidence of the check that
   *     asks, with the label {@code live} naming the one that was begun
   * @throws dev.assay.api.problem.ProblemException if it cannot be begun
   */
  LiveCheck begin(String id, Duration atMost, Consumer<Evidence> evidence);

  /** A check under way. Thread-safe. */
  interface LiveCheck extends AutoCloseable {
    /**
     * Judges what the workspace expects of the check, but for comparisons with a baseline, on the
     * evidence of a window: measurements whose interval ends in it, outcomes and findings that
     * happened in it, after {@code from} and not after {@code to}.
     *
     * @throws dev.assay.api.problem.ProblemException if the check ended because it could not be
     *     carried out
     */
    Verdict judge(Instant from, Instant to);

    /** The same for one expectation, such as {@code errors} and {@code > 5 %}. */
    Verdict judge(String key, String comparison, Instant from, Instant to);

    /** Whether it ended by itself, which it should not. */
    boolean ended();

    /** Stops it; returns when nothing of it runs any more. */
    @Override
    void close();
  }
}
