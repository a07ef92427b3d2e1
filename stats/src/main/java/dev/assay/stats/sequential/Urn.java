package dev.assay.stats.sequential;

/**
 * Fisher's noncentral hypergeometric distribution: of marked and unmarked balls of an urn so many
 * are drawn, and a marked one is drawn with odds of its own.
 *
 * @param unmarked balls
 * @param marked balls
 * @param drawn of both
 * @param observed how many of the drawn are marked
 */
record Urn(long unmarked, long marked, long drawn, long observed) {

  private static final double NEGLIGIBLE = 1e-17;
  private static final double LARGE = 1e200;

  /** Of what was observed, if a marked ball's odds are that many times those of another. */
  double logProbability(double odds) {
    // all terms relative to the observed one, outward from it: no factorials
    long lowest = Math.max(0, drawn - unmarked);
    long highest = Math.min(drawn, marked);
    double sum = 1;
    double shift = 0;
    double term = 1;
    for (long k = observed; k < highest; k++) {
      double ratio = odds * up(k);
      term *= ratio;
      sum += term;
      if (sum > LARGE) {
        sum /= LARGE;
        term /= LARGE;
        shift += Math.log(LARGE);
      }
      if (ratio < 1 && term < NEGLIGIBLE * sum) {
        break;
      }
    }
    term = Math.exp(-shift);
    for (long k = observed; k > lowest; k--) {
      double ratio = 1 / (odds * up(k - 1));
      term *= ratio;
      sum += term;
      if (sum > LARGE) {
        sum /= LARGE;
        term /= LARGE;
        shift += Math.log(LARGE);
      }
      if (ratio < 1 && term < NEGLIGIBLE * sum) {
        break;
      }
    }
    return -Math.log(sum) - shift;
  }

  /** How many times as probable the next count is as this one, at equal odds. */
  private double up(long k) {
    return (double) (drawn - k) * (marked - k) / ((k + 1.0) * (unmarked - drawn + k + 1.0));
  }
}
