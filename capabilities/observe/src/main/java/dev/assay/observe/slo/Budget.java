package dev.assay.observe.slo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an objective stands at a moment. Immutable.
 *
 * @param slo which
 * @param at the moment
 * @param from where its window begins
 * @param good how much was good in the window: events, or slices
 * @param total how much there was
 * @param left the share of the budget that is left, 1 at first, below 0 where it is overspent; NaN
 *     where there is no data
 * @param burns the rules with what they see
 * @param exhausted when the budget will be spent if it burns on as in the middle window; null where
 *     it will not within the window
 * @param releases what each release spent, the newest first
 * @param curve points for a plot, oldest first
 */
public record Budget(
    Slo slo,
    Instant at,
    Instant from,
    double good,
    double total,
    double left,
    List<Burn> burns,
    @Nullable Instant exhausted,
    List<Release> releases,
    List<Point> curve) {

  /** Copies the lists. */
  public Budget {
    burns = List.copyOf(burns);
    releases = List.copyOf(releases);
    curve = List.copyOf(curve);
  }

  /** How it stands in a word. */
  public enum State {
    /** There is no data: nothing is known. */
    UNKNOWN,
    /** Within the budget. */
    MET,
    /** Within it, and burning too fast. */
    BURNING,
    /** Overspent. */
    MISSED
  }

  /**
   * A rule and what it sees.
   *
   * @param rule the rule
   * @param longBurn the burn rate over the long window; NaN where nothing was counted
   * @param shortBurn over the short one
   * @param firing whether both are at or above the factor, on at least two bad events
   */
  public record Burn(BurnRule rule, double longBurn, double shortBurn, boolean firing) {}

  /**
   * What a release spent.
   *
   * @param release the commit or artifact
   * @param first when it was seen first in the window
   * @param good how much was good
   * @param total of how much
   * @param spent the share of the whole budget
   */
  public record Release(String release, Instant first, double good, double total, double spent) {}

  /**
   * A point of the curve.
   *
   * @param at when
   * @param left the share of the budget left then
   * @param burn the burn rate over the part of the curve before it; NaN where nothing was counted
   */
  public record Point(Instant at, double left, double burn) {}

  /** The share that was good; NaN where there is no data. */
  public double sli() {
    return total == 0 ? Double.NaN : good / total;
  }

  /** How it stands. */
  public State state() {
    if (Double.isNaN(left)) {
      return State.UNKNOWN;
    }
    return left < 0
        ? State.MISSED
        : burns.stream().anyMatch(Burn::firing) ? State.BURNING : State.MET;
  }

  /** The gravest rule that fires; null for none. */
  public @Nullable Burn firing() {
    return burns.stream().filter(Burn::firing).findFirst().orElse(null);
  }

  /** How long the window is. */
  public Duration window() {
    return slo.window().length();
  }
}
