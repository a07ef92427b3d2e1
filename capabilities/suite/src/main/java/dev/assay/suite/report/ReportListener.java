package dev.assay.suite.report;

/** Is told what a file holds while it is read. Called by the reading thread only. */
public interface ReportListener {

  /** Hears nothing. */
  static ReportListener none() {
    return new ReportListener() {};
  }

  /** A test case has been read to its end. */
  default void testCase(TestCase testCase) {}

  /** The coverage of a source file is known. */
  default void file(FileCoverage file) {}

  /** Something about the report is odd. */
  default void notice(ReportNotice notice) {}
}
