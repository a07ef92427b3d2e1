package dev.assay.load;

import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Metric.Better;
import dev.assay.api.spi.Metric.Shape;
import dev.assay.api.value.Unit;
import java.util.List;

/** The metrics of load on a message centre; {@code docs/smpp.md} says what each means. */
final class SmppMetrics {

  static final Metric LATENCY =
      new Metric(
          "latency",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          Better.LOWER,
          "From the moment a submit was due to its good answer, the wait for the window included.");
  static final Metric RECEIPT_LATENCY =
      new Metric(
          "receipt.latency",
          Unit.NANOSECONDS,
          Shape.DISTRIBUTION,
          Better.LOWER,
          "From the moment a submit was due to the receipt of the message.");
  static final Metric REQUESTS =
      new Metric(
          "requests",
          Unit.NONE,
          Shape.COUNT,
          Better.HIGHER,
          "Submits that were answered, well or not, or that never will be.");
  static final Metric ERRORS =
      new Metric(
          "errors",
          Unit.RATIO,
          Shape.PROPORTION,
          Better.LOWER,
          "Submits that were refused, throttled, not answered, or due and never sent, of all due.");
  static final Metric RECEIPTS =
      new Metric(
          "receipts",
          Unit.NONE,
          Shape.COUNT,
          Better.HIGHER,
          "Receipts that came for messages of the measured time.");
  static final Metric RECEIPTS_MISSING =
      new Metric(
          "receipts.missing",
          Unit.NONE,
          Shape.COUNT,
          Better.LOWER,
          "Messages whose receipt was asked for and had not come 10 s after the end.");

  private SmppMetrics() {}

  static List<Metric> all() {
    return List.of(
        LATENCY,
        RECEIPT_LATENCY,
        REQUESTS,
        LoadMetrics.THROUGHPUT,
        ERRORS,
        LoadMetrics.ERRORS_BY_KIND,
        LoadMetrics.LATENESS,
        RECEIPTS,
        RECEIPTS_MISSING);
  }
}
