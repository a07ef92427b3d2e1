package dev.assay.suite.junit;

import dev.assay.api.evidence.Attempt;
import java.util.List;
import java.util.Map;

/**
 * A test case as a report tells it.
 *
 * @param suite its class name, or the names of the suites around it where it has none; may be empty
 * @param name its own name
 * @param attempts at least one, in the order they were made
 * @param timed whether the report says how long the last attempt took
 * @param labels {@code file} and {@code line}, where the report says them
 */
public record JUnitCase(
    String suite, String name, List<Attempt> attempts, boolean timed, Map<String, String> labels) {

  /** Copies the collections. */
  public JUnitCase {
    attempts = List.copyOf(attempts);
    labels = Map.copyOf(labels);
  }

  /** The result of the last attempt. */
  public Attempt.Result result() {
    return attempts.getLast().result();
  }
}
