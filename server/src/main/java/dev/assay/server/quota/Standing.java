package dev.assay.server.quota;

import org.jspecify.annotations.Nullable;

/**
 * How far a quota is used. Immutable.
 *
 * @param quota which one
 * @param used how much a project has, or had today; null where that is not counted
 * @param most how much it may have; null for no end
 */
public record Standing(Quota quota, @Nullable Long used, @Nullable Long most) {

  /** From this share on it is told that it is nearly used up, in percent. */
  public static final int NEAR = 80;

  /** All of it, in percent. */
  public static final int ALL = 100;

  /** How much of it is used, in percent, rounded down; null where there is no end. */
  public @Nullable Long percent() {
    if (used == null || most == null) {
      return null;
    }
    return most == 0 ? (Long) 100L : (Long) (long) (100.0 * used / most);
  }

  /** Whether so many percent are used. */
  public boolean atLeast(int percent) {
    Long share = percent();
    return share != null && share >= percent;
  }
}
