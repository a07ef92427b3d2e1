package dev.assay.api.problem;

import org.jspecify.annotations.Nullable;

/**
 * One thing that went wrong, told so that its reader can mend it. Immutable.
 *
 * @param type the stable code and kind
 * @param where the place
 * @param what what is wrong, with the offending value
 * @param mend how to mend it, an imperative
 * @param cause the exception behind it, shown only for {@link ProblemKind#INTERNAL}
 */
public record Problem(
    ProblemType type, Where where, String what, String mend, @Nullable Throwable cause) {

  /** The stable code, such as {@code ASSAY-PLAN-007}. */
  public String code() {
    return type.code();
  }

  /** Who can mend it. */
  public ProblemKind kind() {
    return type.kind();
  }

  /** The same problem with the exception that was behind it. */
  public Problem causedBy(Throwable behind) {
    return new Problem(type, where, what, mend, behind);
  }

  @Override
  public String toString() {
    return code() + " " + where.text() + ": " + what + " (" + mend + ")";
  }
}
