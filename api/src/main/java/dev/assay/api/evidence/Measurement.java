package dev.assay.api.evidence;

import dev.assay.api.value.Unit;
import java.time.Instant;
import java.util.Map;

/**
 * A metric over an interval.
 *
 * @param check the check
 * @param metric its name, as the check type declares it: {@code latency}, {@code errors}
 * @param unit the unit of the value, or of the values of a distribution
 * @param from the start of the interval, inclusive
 * @param to its end, exclusive; equal to {@code from} for a reading at one moment
 * @param labels what part of the check it is of; the label {@code step} can be named in an
 *     expectation
 * @param value what was measured
 */
public record Measurement(
    String check,
    String metric,
    Unit unit,
    Instant from,
    Instant to,
    Map<String, String> labels,
    Measured value)
    implements Evidence {

  /** Copies the labels. */
  public Measurement {
    labels = Map.copyOf(labels);
  }

  @Override
  public Instant at() {
    return to;
  }
}
