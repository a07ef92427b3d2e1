package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A test case as a report tells it. Immutable.
 *
 * @param suite its class name, or the names of the suites around it where it has none; may be empty
 * @param name its own name
 * @param wholeSuite whether it stands for something that failed outside every test, and so is not
 *     counted as one
 * @param result what the report says of it as a whole
 * @param attempts at least one, in the order they were made
 * @param took how long it took; empty where the report does not say
 * @param labels {@code file} and {@code line}, where the report says them
 */
public record TestCase(
    String suite,
    String name,
    boolean wholeSuite,
    Attempt.Result result,
    List<Attempt> attempts,
    Optional<Duration> took,
    Map<String, String> labels) {

  /** Copies the collections. */
  public TestCase {
    attempts = List.copyOf(attempts);
    labels = Map.copyOf(labels);
  }

  /** The same, in that file. */
  TestCase in(String file) {
    Map<String, String> more = new LinkedHashMap<>(labels);
    more.put("file", file);
    return new TestCase(suite, name, wholeSuite, result, attempts, took, more);
  }
}
