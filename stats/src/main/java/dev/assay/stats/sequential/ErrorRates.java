package dev.assay.stats.sequential;

/**
 * Does the candidate fail more often than the control beside it? Of the failures of one look, how
 * many fall on the candidate is hypergeometric if both fail alike, whatever their common rate is
 * and however it changes from look to look (Fisher's exact test; Fisher, 1935), and Fisher's
 * noncentral distribution if the candidate's odds are higher. The evidence is the product over
 * looks of their ratios, mixed over alternatives. Shares of traffic may differ and change.
 *
 * <p>Requests are taken for independent given the look; where failures come in bursts, look at
 * seconds with {@link Pairs}. Not thread-safe.
 */
public final class ErrorRates implements EProcess {

  private final double accepted;
  private final Mixture mixture = new Mixture();
  private long events;
  private long candidateEvents;
  private long total;
  private long candidateTotal;

  /** Any higher rate counts. */
  public ErrorRates() {
    this(1);
  }

  /**
   * @param accepted how many times the control's odds the candidate's may be, 1 or more: 1.2
   *     accepts about a fifth more errors
   */
  public ErrorRates(double accepted) {
    if (!(accepted >= 1 && Double.isFinite(accepted))) {
      throw new IllegalArgumentException(
          "1 times the odds or more may be accepted, not " + accepted);
    }
    this.accepted = accepted;
  }

  /**
   * One look: what was seen since the one before.
   *
   * @param controlEvents failures of the control, at most {@code controlTotal}
   * @param candidateEvents failures of the candidate, at most {@code candidateTotal}
   */
  public void look(
      long controlEvents, long controlTotal, long candidateEvents, long candidateTotal) {
    check(controlEvents, controlTotal);
    check(candidateEvents, candidateTotal);
    this.events += controlEvents + candidateEvents;
    this.candidateEvents += candidateEvents;
    this.total += controlTotal + candidateTotal;
    this.candidateTotal += candidateTotal;
    long both = controlEvents + candidateEvents;
    if (both > 0 && controlTotal > 0 && candidateTotal > 0) {
      Urn urn = new Urn(controlTotal, candidateTotal, both, candidateEvents);
      double without = urn.logProbability(accepted);
      for (int i = 0; i < Mixture.size(); i++) {
        mixture.add(i, urn.logProbability(accepted * Mixture.effect(i)) - without);
      }
    }
    mixture.looked();
  }

  private static void check(long events, long total) {
    if (events < 0 || events > total) {
      throw new IllegalArgumentException(events + " of " + total + " is no proportion");
    }
  }

  /** What to say of it: how many of all failures fell on which share of the traffic. */
  public Excess excess() {
    return new Excess(
        candidateEvents, events, total == 0 ? Double.NaN : candidateTotal / (double) total);
  }

  @Override
  public double logValue() {
    return mixture.logValue();
  }

  @Override
  public double logHighest() {
    return mixture.logHighest();
  }
}
