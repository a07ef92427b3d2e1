package dev.assay.stats.sequential;

/**
 * Do events such as crashes or errors without a known number of requests come more often on the
 * candidate? Given how many come in a look, how many of them are the candidate's is binomial with
 * its share of the exposure, if they are Poisson at the same rate (Przyborowski and Wilenski, 1940;
 * Lindon and Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022). One event
 * suffices for a look, so it suits little traffic. Not thread-safe.
 */
public final class EventCounts implements EProcess {

  private final double accepted;
  private final Mixture mixture = new Mixture();
  private long events;
  private long candidateEvents;
  private double exposure;
  private double candidateExposure;

  /** Any higher rate counts. */
  public EventCounts() {
    this(1);
  }

  /**
   * @param accepted how many times the control's rate the candidate's may be, 1 or more
   */
  public EventCounts(double accepted) {
    if (!(accepted >= 1 && Double.isFinite(accepted))) {
      throw new IllegalArgumentException(
          "1 times the rate or more may be accepted, not " + accepted);
    }
    this.accepted = accepted;
  }

  /**
   * One look: what was seen since the one before.
   *
   * @param controlExposure time, instances or share of traffic of the control in this look, 0 or
   *     more; known before its events are
   * @param candidateExposure the same of the candidate, in the same unit
   */
  public void look(
      long controlEvents, double controlExposure, long candidateEvents, double candidateExposure) {
    if (controlEvents < 0 || candidateEvents < 0) {
      throw new IllegalArgumentException("a number of events is 0 or more");
    }
    if (!(controlExposure >= 0 && candidateExposure >= 0)) {
      throw new IllegalArgumentException("an exposure is 0 or more");
    }
    events += controlEvents + candidateEvents;
    this.candidateEvents += candidateEvents;
    exposure += controlExposure + candidateExposure;
    this.candidateExposure += candidateExposure;
    if (controlExposure > 0 && candidateExposure > 0) {
      double ratio = candidateExposure / controlExposure;
      for (int i = 0; i < Mixture.size(); i++) {
        double effect = Mixture.effect(i);
        double fewer = Math.log((1 + accepted * ratio) / (1 + accepted * effect * ratio));
        mixture.add(
            i, candidateEvents * Math.log(effect) + (controlEvents + candidateEvents) * fewer);
      }
    }
    mixture.looked();
  }

  /** What to say of it: how many of all events fell on which share of the exposure. */
  public Excess excess() {
    return new Excess(
        candidateEvents, events, exposure > 0 ? candidateExposure / exposure : Double.NaN);
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
