package dev.assay.server.overview;

import dev.assay.server.facts.CheckTimes;
import java.time.LocalDate;
import java.util.List;

/**
 * How a project does. Immutable.
 *
 * @param asked of which runs
 * @param now how it stands
 * @param totals of the days that were asked for
 * @param before of as many days before them
 * @param days each of them, the oldest first, also where nothing ran
 * @param checks where the time goes, most of it first
 * @param left how many runs were too many to be looked at check by check
 */
public record Overview(
    Asked asked,
    Standing now,
    Totals totals,
    Totals before,
    List<Day> days,
    List<CheckTimes.Line> checks,
    int left) {

  /** Copies the lists. */
  public Overview {
    days = List.copyOf(days);
    checks = List.copyOf(checks);
  }

  /**
   * A day of UTC. Immutable.
   *
   * @param date which
   * @param totals of the runs that began on it
   */
  public record Day(LocalDate date, Totals totals) {}

  /**
   * How a project stands at a moment. Immutable.
   *
   * @param running how many runs go on
   * @param silent of how many runs nothing was heard for a while
   * @param monitors how many monitors there are
   * @param failing how many of them are not up
   * @param objectives how many there are
   * @param missed how many of them are burning or missed
   * @param alerts how many alerts last, of which somebody is told
   * @param incidents how many incidents are open
   * @param quarantined how many tests are in quarantine
   */
  public record Standing(
      long running,
      long silent,
      long monitors,
      long failing,
      long objectives,
      long missed,
      long alerts,
      long incidents,
      long quarantined) {}
}
