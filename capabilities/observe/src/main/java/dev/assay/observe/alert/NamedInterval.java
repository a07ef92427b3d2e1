package dev.assay.observe.alert;

import java.time.Instant;
import java.util.List;

/**
 * Parts of the calendar under one name. Immutable.
 *
 * @param name as the file calls it
 * @param parts one of them is enough
 */
record NamedInterval(String name, List<TimeInterval> parts) {

  /** Copies the list. */
  NamedInterval {
    parts = List.copyOf(parts);
  }

  /** Whether a moment is in it. */
  boolean has(Instant moment) {
    return parts.stream().anyMatch(part -> part.has(moment));
  }
}
