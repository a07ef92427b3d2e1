package dev.assay.suite.shard;

import java.util.List;

/**
 * The tests of one worker.
 *
 * @param tests their names, the longest first
 * @param seconds what they are expected to take together
 */
public record Shard(List<String> tests, double seconds) {

  /** Copies the list. */
  public Shard {
    tests = List.copyOf(tests);
  }
}
