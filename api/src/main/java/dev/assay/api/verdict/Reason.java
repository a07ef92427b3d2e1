package dev.assay.api.verdict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a verdict is what it is: one expectation, what it came to, and what that rests on. Immutable.
 *
 * @param decision what this expectation alone says
 * @param expectation as in the workspace: {@code latency.p95 < 150 ms}
 * @param sentence a whole sentence for a tired person, naming the numbers
 * @param numbers the numbers it rests on, by name, in the units of the evidence; what is not finite
 *     is left out
 * @param evidence ids of the evidence it rests on, at most 20, the most telling first
 */
public record Reason(
    Decision decision,
    String expectation,
    String sentence,
    Map<String, Double> numbers,
    List<String> evidence) {

  /** How many pieces of evidence a reason names at the most. */
  public static final int MOST_EVIDENCE = 20;

  /** Copies the collections. */
  public Reason {
    Map<String, Double> finite = new LinkedHashMap<>();
    numbers.forEach((name, value) -> {
      if (Double.isFinite(value)) {
        // a negative zero becomes a plain one, which is how it is written
        finite.put(name, value + 0.0);
      }
    });
    numbers = Collections.unmodifiableMap(finite);
    evidence = List.copyOf(evidence.subList(0, Math.min(evidence.size(), MOST_EVIDENCE)));
  }
}
