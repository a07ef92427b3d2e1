package dev.assay.suite.select;

import dev.assay.stats.Interval;
import dev.assay.stats.Proportions;
import java.util.List;

/**
 * Which tests run and which do not.
 *
 * @param decisions one for each test, sorted by test
 * @param changed what has changed, for people; empty where nothing has or where it is not known
 * @param notes what limits the selection, for people
 * @param sampled how many tests ran so far although they need not have
 * @param missed how many of those failed
 */
public record Selection(
    List<Decision> decisions, List<String> changed, List<String> notes, long sampled, long missed) {

  /** Copies the lists. */
  public Selection {
    decisions = List.copyOf(decisions);
    changed = List.copyOf(changed);
    notes = List.copyOf(notes);
  }

  /** Those that run. */
  public List<Decision> run() {
    return decisions.stream().filter(Decision::runs).toList();
  }

  /** Those that do not. */
  public List<Decision> skipped() {
    return decisions.stream().filter(decision -> !decision.runs()).toList();
  }

  /**
   * The share of tests that would have failed among those that do not run, as far as samples say.
   */
  public Interval missRate() {
    return Proportions.interval(missed, sampled);
  }

  /** The miss rate in words. */
  public String missRateText() {
    if (sampled == 0) {
      return "no skipped test was sampled yet, so the miss rate is not known";
    }
    return String.format(
        java.util.Locale.ROOT,
        "%d of %d sampled tests failed that need not have run: miss rate %.2f %%, at most %.2f %%"
            + " (95 %% interval)",
        missed,
        sampled,
        100 * missRate().estimate(),
        100 * missRate().high());
  }
}
