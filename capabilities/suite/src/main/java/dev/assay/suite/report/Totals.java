package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;

/** Compares what a report says of itself with its entries, which count. */
final class Totals {

  private Totals() {}

  static void compareFailing(Reading reading, long declared) {
    if (declared != reading.failing()) {
      boolean hidden = declared > 0 && reading.failing() == 0;
      reading.notice(
          Rule.TOTALS,
          hidden,
          1,
          1,
          "says that "
              + declared
              + " failed, but of its entries "
              + reading.failing()
              + " failed; the entries count");
    }
  }

  static void compareTests(Reading reading, long declared) {
    if (declared != reading.tests()) {
      reading.notice(
          Rule.TOTALS,
          false,
          1,
          1,
          "says " + declared + " tests, but has " + reading.tests() + "; the entries count");
    }
  }
}
