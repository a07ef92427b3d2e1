package dev.assay.api.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of one test case or one step, with every attempt kept.
 *
 * @param check the check
 * @param at when its last attempt ended
 * @param suite what it belongs to, such as a class or a flow; may be empty
 * @param name its own name, unique within the suite where the source allows
 * @param attempts at least one, in order
 * @param labels more about it, such as {@code file}, {@code module}
 */
public record Outcome(
    String check,
    Instant at,
    String suite,
    String name,
    List<Attempt> attempts,
    Map<String, String> labels)
    implements Evidence {

  /** Copies the collections, and refuses an outcome that nothing was attempted for. */
  public Outcome {
    attempts = List.copyOf(attempts);
    labels = Map.copyOf(labels);
    if (attempts.isEmpty()) {
      throw new IllegalArgumentException("an outcome needs an attempt");
    }
  }

  /** The result of the last attempt. */
  public Attempt.Result result() {
    return attempts.getLast().result();
  }

  /**
   * The label of an outcome whose attempts wait for something to come true, so that failing first
   * is no flakiness.
   */
  public static final String RETRY = "retry";

  /**
   * Whether attempts of the same case differ: it failed and passed, and was not waiting for
   * anything.
   */
  public boolean flaky() {
    return result() == Attempt.Result.PASSED
        && !labels.containsKey(RETRY)
        && attempts.stream().anyMatch(attempt -> attempt.result().failure());
  }
}
