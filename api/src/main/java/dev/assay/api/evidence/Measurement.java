package dev.assay.api.evidence;

import dev.assay.api.value.Unit;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metric over an interval.
 *
 * @param check the check
 * @param metric its name, as the check type declares it: {@code latency}, {@code errors}
 * @param unit the unit of the value, or of the values of a distribution
 * @param from the start of the interval, inclusive
 * @param to its end, exclusive; equal to {@code from} for a reading at one moment
 * @param labels what part of the check it is of; {@code step}, or where there is none {@code
 *     service}, can be named in an expectation
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

  /** The part of the check that an expectation can name in brackets, or null for the whole. */
  public @Nullable String part() {
    String step = labels.get("step");
    return step == null ? labels.get("service") : step;
  }

  @Override
  public Instant at() {
    return to;
  }
}
