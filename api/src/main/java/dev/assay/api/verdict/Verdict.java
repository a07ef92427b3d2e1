package dev.assay.api.verdict;

import java.util.List;

/**
 * What was decided of one check, on which policy and which evidence. The same digests give the same
 * verdict to the byte.
 *
 * @param decision one of the five
 * @param reasons at least one unless the decision is PASS on nothing but implied expectations; the
 *     gravest first
 * @param policy SHA-256 of the canonical policy
 * @param evidence SHA-256 over the sorted ids of the evidence set
 */
public record Verdict(Decision decision, List<Reason> reasons, String policy, String evidence) {

  /** Copies the list. */
  public Verdict {
    reasons = List.copyOf(reasons);
  }
}
