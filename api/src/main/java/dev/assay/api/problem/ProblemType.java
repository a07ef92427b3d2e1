package dev.assay.api.problem;

/**
 * One kind of problem, with the page that {@code assay explain CODE} shows. Immutable.
 *
 * @param code stable and unique, {@code ASSAY-<ROOM>-<three digits>}; never reused
 * @param kind who can mend it
 * @param title one short line
 * @param explanation a paragraph or more: why it happens and what to do about it
 */
public record ProblemType(String code, ProblemKind kind, String title, String explanation) {

  /** Checks the shape of the code. */
  public ProblemType {
    if (!code.matches("ASSAY-[A-Z]+-\\d{3}")) {
      throw new IllegalArgumentException("problem code '" + code + "' is not ASSAY-ROOM-000");
    }
  }

  /**
   * A problem of this type.
   *
   * @param where the place
   * @param what what is wrong, with the offending value; no full stop
   * @param mend an imperative that mends it; no full stop
   */
  public Problem at(Where where, String what, String mend) {
    return new Problem(this, where, what, mend, null);
  }

  /** The same, as an exception. */
  public ProblemException failure(Where where, String what, String mend) {
    return new ProblemException(at(where, what, mend));
  }
}
