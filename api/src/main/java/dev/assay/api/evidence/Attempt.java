package dev.assay.api.evidence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try at a test case or step.
 *
 * @param result how it ended
 * @param took how long; what does not fit 64 bits of nanoseconds (292 years) is cut to that
 * @param type the kind of failure, such as the exception's class; null where there is none
 * @param message one line about the failure; null where there is none
 * @param detail more, such as a stack trace; cut to 64 Ki characters; null where there is none
 */
public record Attempt(
    Result result,
    Duration took,
    @Nullable String type,
    @Nullable String message,
    @Nullable String detail) {

  /** How long a detail may be; longer ones are cut by {@link #cut}. */
  public static final int LONGEST_DETAIL = 65_536;

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final Duration LEAST = Duration.ofNanos(Long.MIN_VALUE);

  /** Cuts what is too long, so that every attempt can be encoded. */
  public Attempt {
    took = took.compareTo(LONGEST) > 0 ? LONGEST : took.compareTo(LEAST) < 0 ? LEAST : took;
    detail = detail == null ? null : cut(detail);
  }

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
    return new Attempt(Result.FAILED, took, type, message, detail);
  }

  /** The first part of a text that is too long to keep as a detail. */
  public static String cut(String detail) {
    if (detail.length() <= LONGEST_DETAIL) {
      return detail;
    }
    int end = LONGEST_DETAIL - 40;
    boolean splitsPair = Character.isHighSurrogate(detail.charAt(end - 1));
    return detail.substring(0, splitsPair ? end - 1 : end) + "\n… (cut at 65536 characters)";
  }
}
