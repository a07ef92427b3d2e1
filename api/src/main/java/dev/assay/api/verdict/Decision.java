package dev.assay.api.verdict;

import java.util.Collection;

/** The five verdicts. Their order is the order in which one overrules another in a combination. */
public enum Decision {
  /** An expectation does not hold. */
  FAIL("fail"),
  /** The evidence is too thin or contradicts itself. */
  INCONCLUSIVE("inconclusive"),
  /** The evidence has expired or is of another subject. */
  STALE("stale"),
  /** It was skipped, cancelled or broken: there is nothing to judge. */
  NOT_RUN("not run"),
  /** There is enough evidence, and every expectation holds. */
  PASS("pass");

  private final String word;

  Decision(String word) {
    this.word = word;
  }

  /** For people: {@code pass}, {@code not run}. */
  public String word() {
    return word;
  }

  /**
   * The decision of a whole from those of its parts: the gravest. A whole without parts is {@link
   * #NOT_RUN}, never {@link #PASS}.
   */
  public static Decision combine(Collection<Decision> parts) {
    return parts.stream().min(Decision::compareTo).orElse(NOT_RUN);
  }
}
