package dev.assay.stats.sequential;

/**
 * Is the candidate higher than the control in more than half of all seconds? One pair for each
 * second or scrape, of a median, a quantile or a rate of each side: the sign of the difference is a
 * coin's if both behave alike (the sign test; Arbuthnot, 1710; as a bet, Shafer, 2021). What
 * happens to both at once cancels, and requests of a second need not be independent. Not
 * thread-safe.
 */
public final class Pairs implements EProcess {

  private final EventCounts higher = new EventCounts();

  /** One pair, in any unit; higher is worse. Equal or missing values say nothing. */
  public void look(double control, double candidate) {
    if (candidate > control) {
      higher.look(0, 1, 1, 1);
    } else if (candidate < control) {
      higher.look(1, 1, 0, 1);
    }
  }

  /** In how many of all pairs that differ the candidate was higher; the share is a half. */
  public Excess excess() {
    return higher.excess();
  }

  @Override
  public double logValue() {
    return higher.logValue();
  }

  @Override
  public double logHighest() {
    return higher.logHighest();
  }
}
