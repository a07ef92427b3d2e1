package dev.assay.suite.trace;

import java.util.List;

/**
 * One exception, error or panic.
 *
 * @param type its class or kind; empty where it is not said
 * @param message what it says; may have several lines, may be empty
 * @param frames the innermost first
 */
public record Thrown(String type, String message, List<Frame> frames) {

  /** Copies the list. */
  public Thrown {
    frames = List.copyOf(frames);
  }

  /** The type without its package. */
  public String shortType() {
    int at = Math.max(type.lastIndexOf('.'), type.lastIndexOf(':'));
    return type.substring(at + 1);
  }
}
