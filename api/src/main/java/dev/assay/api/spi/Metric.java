package dev.assay.api.spi;

import dev.assay.api.value.Unit;

/**
 * A metric that a check type can emit.
 *
 * @param name lower case, words joined by dots: {@code latency}, {@code time.to.first.byte}
 * @param unit the unit of its values
 * @param shape which kind of value it has, and so which statistics
 * @param better which direction is better, for comparisons with a baseline
 * @param summary one sentence for the reference page
 */
public record Metric(String name, Unit unit, Shape shape, Better better, String summary) {

  /** Which kind of {@code Measured} it has. */
  public enum Shape {
    /**
     * Readings: {@code last} (the bare name), {@code min}, {@code max}, {@code mean}, {@code
     * count}.
     */
    SCALAR,
    /** Events: the bare name is their sum. */
    COUNT,
    /**
     * A share: the bare name is the ratio over the whole run, {@code hits} and {@code total} are
     * counts.
     */
    PROPORTION,
    /**
     * Many values: {@code p50} … {@code p9999}, {@code min}, {@code max}, {@code mean}, {@code
     * count}.
     */
    DISTRIBUTION
  }

  /** Which direction is better. */
  public enum Better {
    /** Less is better. */
    LOWER,
    /** More is better. */
    HIGHER,
    /** Neither; it cannot be compared with a baseline. */
    NEITHER
  }
}
