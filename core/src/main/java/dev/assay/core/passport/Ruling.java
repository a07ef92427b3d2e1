package dev.assay.core.passport;

import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decided on a run beside its verdict, which it never changes: that a release may go
 * on where the verdict is PASS, or although it is another. A fact that the server signs. Immutable.
 *
 * @param id its id
 * @param kind which of the two
 * @param run of which run and verdict
 * @param environment the only one that the release may go on to; null for any
 * @param author who: an alias of a person, which {@link Author} opens, or the key of a program
 * @param reason why, one line of at most {@link #LONGEST} characters; never blank for an override
 * @param made when
 * @param end from when it holds no longer
 * @param needed how many people had to say so in that project when it was made, 1 or more
 */
public record Ruling(
    String id,
    Kind kind,
    JudgedRun run,
    @Nullable String environment,
    String author,
    String reason,
    Instant made,
    Instant end,
    int needed) {

  /** How long a reason may be, in characters. */
  public static final int LONGEST = 500;

  /** How long it may hold at the most, whatever a project allows. */
  public static final Duration LONGEST_TIME = Duration.ofDays(366);

  /** What was decided. */
  public enum Kind {
    /** It may go on, as the verdict is PASS. */
    APPROVAL,
    /** It may go on although the verdict is FAIL, INCONCLUSIVE, STALE or NOT_RUN. */
    OVERRIDE;

    /** As programs write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What was done with the run. */
    public String done() {
      return this == APPROVAL ? "approved" : "overridden";
    }
  }

  /** Refuses what no ruling is. */
  public Ruling {
    if (kind == Kind.OVERRIDE && reason.isBlank()) {
      throw new IllegalArgumentException("an override has a reason");
    }
    if (!line(reason, LONGEST)) {
      throw new IllegalArgumentException(
          "a reason is one line of at most " + LONGEST + " characters");
    }
    if (!end.isAfter(made) || end.isAfter(made.plus(LONGEST_TIME))) {
      throw new IllegalArgumentException("it ends after it was made, within a year");
    }
    if (needed < 1) {
      throw new IllegalArgumentException("it takes one person or more");
    }
  }

  /** Whether a text is one line that a terminal shows as it is. */
  static boolean line(String text, int longest) {
    return text.length() <= longest && text.codePoints().noneMatch(Ruling::moves);
  }

  /** Controls, and what turns the direction of a text, could make a line say something else. */
  private static boolean moves(int point) {
    return Character.isISOControl(point)
        || point == 0x2028
        || point == 0x2029
        || point >= 0x202A && point <= 0x202E
        || point >= 0x2066 && point <= 0x2069;
  }

  /** The signed statement: a DSSE envelope on one line, without its end. */
  public String sign(KeyPair keys) {
    return RulingStatements.sign(this, keys);
  }

  /** What a signed statement turned out to be. */
  public sealed interface Opened {}

  /**
   * It is what was signed.
   *
   * @param ruling what it says
   * @param keyId the key that signed it
   */
  public record Valid(Ruling ruling, String keyId) implements Opened {}

  /**
   * It is not.
   *
   * @param why what is wrong with it, without a period
   */
  public record Broken(String why) implements Opened {}

  /** Opens a signed statement, as {@link #sign} made it. */
  public static Opened open(String envelope, PublicKey key) {
    return RulingStatements.ruling(envelope, key);
  }
}
