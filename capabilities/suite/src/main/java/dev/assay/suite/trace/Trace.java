package dev.assay.suite.trace;

import java.util.List;

/**
 * What was thrown, and by what it was caused.
 *
 * @param language what wrote it
 * @param chain the outermost first, the root cause last; never empty
 */
public record Trace(Language language, List<Thrown> chain) {

  /** Copies the list, and refuses an empty one. */
  public Trace {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a trace says what was thrown");
    }
  }

  /** What it all began with. */
  public Thrown root() {
    return chain.getLast();
  }

  /** The types, the outermost first. */
  public List<String> types() {
    return chain.stream().map(Thrown::type).toList();
  }

  /** How many frames there are in all. */
  public int frames() {
    return chain.stream().mapToInt(thrown -> thrown.frames().size()).sum();
  }
}
