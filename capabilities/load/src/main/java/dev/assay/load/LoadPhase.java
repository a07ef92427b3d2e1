package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.value.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A phase of a load check: either open ({@code rate} or {@code trace}) or closed ({@code users}).
 * Immutable.
 *
 * @param name its name in evidence
 * @param rate arrivals that begin in a second, at its beginning
 * @param to the rate at its end
 * @param inSteps in how many steps the rate changes
 * @param spike a sudden rise
 * @param arrivals how arrivals are spread
 * @param trace a file of recorded arrivals
 * @param users users at its beginning
 * @param usersTo users at its end
 * @param thinkTime the pause between two passes of a user
 * @param passes how often the flow is run in all
 * @param duration how long
 * @param scenario what its users do
 * @param warmUp whether it is in no statistic
 * @param alongside whether it begins with the phase before it
 * @param place where it stands
 */
@Doc("A part of a load check: either rate or trace (open model), or users (closed model).")
public record LoadPhase(
    @Doc("Its name, the label 'phase' of its evidence; 'phase N' where it is not written.")
        @Nullable String name,
    @Doc("Arrivals that begin in a second, such as 500/s.") @Nullable Rate rate,
    @Doc("The rate changes evenly from 'rate' to this.") @Nullable Rate to,
    @Doc("With 'to': the rate changes in so many equal steps instead.") @Nullable Integer inSteps,
    @Doc("A sudden rise of the rate.") @Nullable Spike spike,
    @Doc("How arrivals are spread: evenly or as a Poisson process.") @Default("even")
        Spread arrivals,
    @Doc("A file of recorded arrivals instead of a rate: seconds from the start, or ISO times.")
        @Nullable String trace,
    @Doc("Users who run the flow again and again (closed model).") @Nullable Integer users,
    @Doc("The number of users changes evenly from 'users' to this.") @Nullable Integer usersTo,
    @Doc("The pause of a user between two passes: 1s or 1s..3s.") @Default("0s") String thinkTime,
    @Doc("At most so many passes of all users together.") @Nullable Long passes,
    @Doc("How long it lasts.") @Key("for") @Nullable Duration duration,
    @Doc("Which of 'scenarios' its users carry out.") @Nullable String scenario,
    @Doc("Whether it only warms up and is in no statistic.") @Default("false") boolean warmUp,
    @Doc("Whether it begins together with the phase before it, not after it.") @Default("false")
        boolean alongside,
    Place place) {

  /** The same for another time. */
  LoadPhase lasting(Duration time) {
    return new LoadPhase(
        name, rate, to, inSteps, spike, arrivals, trace, users, usersTo, thinkTime, passes, time,
        scenario, warmUp, alongside, place);
  }

  /** How arrivals are spread. */
  public enum Spread {
    /** At equal distances. */
    EVEN,
    /** At random, independent of each other. */
    POISSON
  }

  /**
   * A sudden rise of the rate.
   *
   * @param to up to which rate
   * @param after after how long
   * @param lasting for how long
   */
  @Doc("A sudden rise of the rate and its end.")
  public record Spike(
      @Doc("The rate of the spike.") Rate to,
      @Doc("When it begins, counted from the phase's beginning.") Duration after,
      @Doc("How long it lasts.") Duration lasting) {}
}
