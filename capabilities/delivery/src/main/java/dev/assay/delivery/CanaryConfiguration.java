package dev.assay.delivery;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.value.Share;
import java.time.Duration;
import java.util.List;

/**
 * A canary beside its control.
 *
 * @param experiment the check that goes to the canary
 * @param control the check that goes to what it is compared with
 * @param duration how long they are compared at the most
 * @param warmUp how long nothing is compared first
 * @param watch what is compared; empty for all
 * @param by how much slower the median may be
 * @param points how many more requests may fail
 * @param error the probability of a false alarm
 * @param place where it is written
 */
@Doc(
    "Carries out two checks at once, one against the canary and one against what it is to replace, and"
        + " compares them every second.")
public record CanaryConfiguration(
    @Doc("The check that goes to the canary.") String experiment,
    @Doc(
            "The same check for what it is compared with. It should have the same steps; it may have"
                + " any other rate.")
        String control,
    @Doc("How long both are compared, unless the canary is shown to be worse before; 1 s to 7 d.")
        @Key("for")
        Duration duration,
    @Doc("How long both run before they are compared.") @Default("5s") Duration warmUp,
    @Doc("What is compared; everything where it is not written.") List<Watched> watch,
    @Doc("How much slower the canary's median may be in each second; three times that for p95.")
        @Default("10 %")
        Share by,
    @Doc("How many more of the canary's requests may fail for it to pass, in percentage points.")
        @Default("1 %")
        Share points,
    @Doc(
            "The probability that a canary which is as good as its control is ever called worse, over"
                + " all looks together; 0.01 % to 50 %.")
        @Default("5 %")
        Share error,
    Place place) {

  /** Copies the list. */
  public CanaryConfiguration {
    watch = List.copyOf(watch);
  }

  /** What can be compared. */
  public enum Watched {
    /** The share of requests that fail. */
    ERRORS,
    /** How long those take that do not. */
    LATENCY
  }

  boolean watches(Watched what) {
    return watch.isEmpty() || watch.contains(what);
  }
}
