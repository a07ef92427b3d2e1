package dev.assay.server.keep;

import java.util.List;

/**
 * What would go, and what stays. Immutable.
 *
 * @param runs the runs that lose artifacts, the newest first
 * @param valued how many old runs keep theirs, as they are of a release or the last of their kind
 * @param artifacts the digests of what goes
 * @param bytes how much that is
 */
public record RetentionPlan(List<String> runs, int valued, List<String> artifacts, long bytes) {

  /** That of who keeps everything. */
  public static final RetentionPlan NOTHING = new RetentionPlan(List.of(), 0, List.of(), 0);

  /** Copies the lists. */
  public RetentionPlan {
    runs = List.copyOf(runs);
    artifacts = List.copyOf(artifacts);
  }
}
