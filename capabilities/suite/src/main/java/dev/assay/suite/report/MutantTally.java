package dev.assay.suite.report;

/** Counts mutants by what became of them. */
final class MutantTally {

  private long mutants;
  private long killed;
  private long survived;
  private long noCoverage;
  private long timedOut;
  private long errors;

  /**
   * Counts one.
   *
   * @param status in small letters only
   * @return whether the status is known
   */
  boolean count(String status) {
    mutants++;
    switch (status) {
      case "killed" -> killed++;
      case "survived" -> survived++;
      case "nocoverage" -> noCoverage++;
      case "timedout", "timeout" -> timedOut++;
      case "memoryerror", "runerror", "nonviable", "compileerror", "runtimeerror" -> errors++;
      case "ignored", "pending", "notstarted", "started" -> {
        // no result
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What a known status comes to. */
  static Mutant.Status status(String status) {
    return switch (status) {
      case "killed" -> Mutant.Status.KILLED;
      case "survived" -> Mutant.Status.SURVIVED;
      case "nocoverage" -> Mutant.Status.NO_COVERAGE;
      case "timedout", "timeout" -> Mutant.Status.TIMED_OUT;
      default -> Mutant.Status.NOTHING;
    };
  }

  Report report(Format format, Reading reading) {
    return new Report.MutationReport(
        format, mutants, killed, survived, noCoverage, timedOut, errors, reading.notices());
  }
}
