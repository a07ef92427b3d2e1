package dev.assay.api.evidence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try at a test case or step.
 *
 * @param result how it ended
 * @param took how long
 * @param type the kind of failure, such as the exception's class; null where there is none
 * @param message one line about the failure; null where there is none
 * @param detail more, such as a stack trace, at most 64 Ki characters; null where there is none
 */
public record Attempt(
    Result result,
    Duration took,
    @Nullable String type,
    @Nullable String message,
    @Nullable String detail) {

  /** How long a detail may be; longer ones are cut by {@link #cut}. */
  public static final int LONGEST_DETAIL = 65_536;

  /** How an attempt ended. */
  public enum Result {
    /** All that was asked for held. */
    PASSED,
    /** Something that was asked for did not hold. */
    FAILED,
    /** It could not be carried out. */
    ERROR,
    /** It was not carried out on purpose. */
    SKIPPED;

    /** Whether it failed or could not be carried out. */
    public boolean failure() {
      return this == FAILED || this == ERROR;
    }
  }

  /** A try that passed. */
  public static Attempt passed(Duration took) {
    return new Attempt(Result.PASSED, took, null, null, null);
  }

  /** A try that failed, with one line of why. */
  public static Attempt failed(
      Duration took, String type, String message, @Nullable String detail) {
    return new Attempt(Result.FAILED, took, type, message, detail == null ? null : cut(detail));
  }

  /** The first part of a text that is too long to keep as a detail. */
  public static String cut(String detail) {
    return detail.length() <= LONGEST_DETAIL
        ? detail
        : detail.substring(0, LONGEST_DETAIL - 40) + "\n… (cut at 65536 characters)";
  }
}
