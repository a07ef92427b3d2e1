package dev.assay.core.report;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;

/**
 * How many outcomes of a run may be held, so that a run of millions takes no more memory than a
 * small one: of each rank so many, and so many characters of what needs attention and of the rest.
 * Not for use by several threads.
 */
final class OutcomeRoom {

  /** No bound, for who needs all of them. */
  static final int ALL = Integer.MAX_VALUE;

  private static final long CHARACTERS = 16 << 20;

  private final int most;
  private final int[] held = new int[EvidenceReport.RANKS];
  private final long[] characters = new long[2];

  /**
   * Room for some.
   *
   * @param most how many of each rank; {@link #ALL} for no bound
   */
  OutcomeRoom(int most) {
    this.most = most;
  }

  /** Takes the place of an outcome, where there is room. */
  boolean take(Outcome outcome) {
    if (most == ALL) {
      return true;
    }
    int rank = EvidenceReport.rank(outcome);
    int weight = weight(outcome);
    if (held[rank] >= most || characters[kind(rank)] + weight > CHARACTERS) {
      return false;
    }
    held[rank]++;
    characters[kind(rank)] += weight;
    return true;
  }

  /** An outcome is no longer held. */
  void give(Outcome outcome) {
    int rank = EvidenceReport.rank(outcome);
    held[rank]--;
    characters[kind(rank)] -= weight(outcome);
  }

  /** What failed and what is flaky is not pushed out by the rest. */
  private static int kind(int rank) {
    return rank <= 1 ? 0 : 1;
  }

  private static int weight(Outcome outcome) {
    long weight = (long) outcome.suite().length() + outcome.name().length();
    for (Attempt attempt : outcome.attempts()) {
      String message = attempt.message();
      String detail = attempt.detail();
      weight += (message == null ? 0 : message.length()) + (detail == null ? 0 : detail.length());
    }
    return (int) Math.min(weight, Integer.MAX_VALUE);
  }
}
