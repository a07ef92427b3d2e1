package dev.assay.core.report.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One number of a run, once or over time. Immutable.
 *
 * @param name such as {@code assay.run.duration}
 * @param unit of UCUM, such as {@code s}, {@code By}, {@code 1}
 * @param about what it is of, by name, such as the check; in the order of names
 * @param points at least one, earliest first
 */
record Series(String name, String unit, Map<String, String> about, List<Point> points) {

  /** Copies the collections. */
  Series {
    about = new TreeMap<>(about);
    points = List.copyOf(points);
  }

  /**
   * A value at a moment.
   *
   * @param at when
   * @param value finite, in the unit of the series
   */
  record Point(Instant at, double value) {}
}
