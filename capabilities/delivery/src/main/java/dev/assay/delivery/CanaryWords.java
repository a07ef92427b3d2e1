package dev.assay.delivery;

import dev.assay.api.value.Unit;
import dev.assay.stats.canary.CanaryWatch.Failures;
import dev.assay.stats.canary.CanaryWatch.PartVerdict;
import dev.assay.stats.canary.CanaryWatch.Slower;

/** What is said of a canary, a sentence without its full stop. */
final class CanaryWords {

  private CanaryWords() {}

  /** What was seen. */
  static String seen(PartVerdict verdict) {
    return switch (verdict.shown()) {
      case Failures failures -> failures(failures);
      case Slower slower -> slower(verdict.part(), slower);
    };
  }

  private static String failures(Failures seen) {
    if (seen.failed() == 0) {
      return "no request failed on either side, which has at most "
          + Unit.RATIO.format(Math.max(0, seen.atMost()))
          + " more failures on the canary";
    }
    return seen.canaryFailed()
        + " of "
        + seen.failed()
        + (seen.failed() == 1 ? " error" : " errors")
        + " fell on the canary, which has "
        + Unit.RATIO.format(seen.share())
        + " of the traffic ("
        + Unit.RATIO.format(seen.canary())
        + " of its requests failed, "
        + Unit.RATIO.format(seen.control())
        + " of the control's)";
  }

  private static String slower(String part, Slower seen) {
    if (seen.looks() == 0) {
      return "there was no second in which both sides answered";
    }
    return "the canary's "
        + part.substring(part.indexOf('.') + 1)
        + " was more than "
        + Unit.RATIO.format(seen.by())
        + " above the control's in "
        + seen.slower()
        + " of "
        + seen.looks()
        + (seen.looks() == 1 ? " second" : " seconds")
        + " ("
        + Unit.NANOSECONDS.format(seen.canary())
        + " against "
        + Unit.NANOSECONDS.format(seen.control())
        + " over all)";
  }
}
