package dev.assay.api.evidence;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened at a moment.
 *
 * @param check the check or service it belongs to
 * @param at when
 * @param kind such as {@code service.ready}, {@code service.exited}, {@code fault.begin}
 * @param message one sentence
 * @param labels more about it
 */
public record Event(
    String check, Instant at, String kind, String message, Map<String, String> labels)
    implements Evidence {

  /** Copies the labels. */
  public Event {
    labels = Map.copyOf(labels);
  }
}
