package dev.assay.suite.report;

/** How many results there are, of all runs of a file. Not thread-safe. */
final class SarifTotals {

  long findings;
  long errors;
  long warnings;
  long suppressed;

  /** So many results of a level. */
  void add(long results, boolean accepted, String level) {
    findings += results;
    if (accepted) {
      suppressed += results;
    } else if (level.equals("error")) {
      errors += results;
    } else if (level.equals("warning")) {
      warnings += results;
    }
  }
}
