package dev.assay.core.passport;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A ruling, and what became of it. Immutable.
 *
 * @param ruling the ruling
 * @param withdrawal that it was withdrawn; null where it was not
 */
public record Ruled(Ruling ruling, @Nullable Withdrawal withdrawal) {

  /** How it is with it. */
  public enum State {
    /** It holds. */
    HOLDS,
    /** Its time is over. */
    ENDED,
    /** Somebody withdrew it. */
    WITHDRAWN;

    /** In words. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** How it is with it at a moment. */
  public State state(Instant now) {
    return withdrawal != null
        ? State.WITHDRAWN
        : now.isBefore(ruling.end()) ? State.HOLDS : State.ENDED;
  }

  /**
   * Why it does not let that go on; null where it does.
   *
   * @param verdict the digest of what was decided
   * @param environment where it is to go on to; null for anywhere that the ruling says
   */
  public @Nullable String against(String verdict, @Nullable String environment, Instant now) {
    Withdrawal gone = withdrawal;
    String only = ruling.environment();
    if (!ruling.run().verdict().equals(verdict)) {
      return "it is of another verdict";
    }
    if (gone != null) {
      return "it was withdrawn at " + gone.made() + ": " + gone.reason();
    }
    if (state(now) == State.ENDED) {
      return "it ended at " + ruling.end();
    }
    return only == null || environment == null || only.equals(environment)
        ? null
        : "it is for '" + only + "' and not for '" + environment + "'";
  }
}
