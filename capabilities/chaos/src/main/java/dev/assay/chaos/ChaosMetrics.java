package dev.assay.chaos;

import dev.assay.api.spi.Metric;
import dev.assay.api.spi.Metric.Better;
import dev.assay.api.spi.Metric.Shape;
import dev.assay.api.value.Unit;
import java.util.List;

/** What an experiment measures. */
final class ChaosMetrics {

  static final Metric RECOVERY =
      new Metric(
          "recovery",
          Unit.NANOSECONDS,
          Shape.SCALAR,
          Better.LOWER,
          "From the end of a fault until the steady state holds again and keeps holding for a window,"
              + " in steps of a second; the longest of all faults, or that of the fault in brackets");
  static final Metric RECOVERY_NEW =
      new Metric(
          "recovery.new",
          Unit.NANOSECONDS,
          Shape.SCALAR,
          Better.LOWER,
          "The same on new connections, measured by the check under `new connections`");
  static final Metric STEADY =
      new Metric(
          "steady",
          Unit.RATIO,
          Shape.PROPORTION,
          Better.HIGHER,
          "The share of seconds, from the first fault until recovery, at which the steady state held"
              + " on the last window");
  static final Metric FAULTS =
      new Metric("faults", Unit.NONE, Shape.COUNT, Better.NEITHER, "Faults that were made");
  static final Metric EFFECTIVE =
      new Metric(
          "faults.effective",
          Unit.RATIO,
          Shape.PROPORTION,
          Better.HIGHER,
          "The share of the faults begun that were seen to take effect");
  static final Metric ABORTED =
      new Metric(
          "aborted",
          Unit.NONE,
          Shape.COUNT,
          Better.LOWER,
          "1 if a condition of `abort` ended the experiment, else 0");
  static final Metric RESILIENCE =
      new Metric(
          "resilience",
          Unit.NONE,
          Shape.SCALAR,
          Better.HIGHER,
          "0 to 100: half for the share of seconds in which the steady state held, half for how little"
              + " of the time to recover was needed; 0 where it was aborted or did not recover");

  private ChaosMetrics() {}

  static List<Metric> all() {
    return List.of(RECOVERY, RECOVERY_NEW, STEADY, FAULTS, EFFECTIVE, ABORTED, RESILIENCE);
  }
}
