package dev.assay.load.smpp;

import org.HdrHistogram.Histogram;

/**
 * What came of a load. Do not write to the histograms.
 *
 * @param seconds how long it was measured
 * @param answered submits that were answered well while it was measured
 * @param total submits that were answered at all, before and after that, too
 * @param throttled those answered by a status that asks to slow down
 * @param failed those answered by another error, or not at all
 * @param receipts receipts that came for messages of the measured time
 * @param unsent submits that were due, and waited for the window to the end
 * @param answers nanoseconds from the intended start to the answer
 * @param delivered nanoseconds from the intended start to the receipt
 * @param lateness nanoseconds that a submit was taken up late, where it was not the window's doing
 */
public record SmppLoadResult(
    double seconds,
    long answered,
    long total,
    long throttled,
    long failed,
    long receipts,
    long unsent,
    Histogram answers,
    Histogram delivered,
    Histogram lateness) {

  /** What came of two loads, or of two parts of one, together. */
  SmppLoadResult with(SmppLoadResult other, double length) {
    return new SmppLoadResult(
        length,
        answered + other.answered,
        total + other.total,
        throttled + other.throttled,
        failed + other.failed,
        receipts + other.receipts,
        unsent + other.unsent,
        sum(answers, other.answers),
        sum(delivered, other.delivered),
        sum(lateness, other.lateness));
  }

  private static Histogram sum(Histogram one, Histogram other) {
    Histogram sum = one.copy();
    sum.add(other);
    return sum;
  }

  /** Nothing yet. */
  static SmppLoadResult none() {
    return new SmppLoadResult(
        0, 0, 0, 0, 0, 0, 0, SmppLoad.histogram(), SmppLoad.histogram(), SmppLoad.histogram());
  }

  /** Good answers a second. */
  public double rate() {
    return answered / seconds;
  }
}
