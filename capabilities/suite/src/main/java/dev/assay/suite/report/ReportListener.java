package dev.assay.suite.report;

/** Is told what a file holds while it is read. Called by the reading thread only. */
public interface ReportListener {

  /** Hears nothing. */
  static ReportListener none() {
    return new ReportListener() {};
  }

  /** A test case has been read to its end. */
  default void testCase(TestCase testCase) {}

  /**
   * The coverage of a source file is known.
   *
   * @param lines its lines, where the report knows them; to be read during the call
   */
  default void file(FileCoverage file, SourceLines lines) {}

  /** What became of a mutant is known. */
  default void mutant(Mutant mutant) {}

  /** An analyser found something; the first 10,000 of each run of a tool are told. */
  default void finding(Discovery found) {}

  /** Something about the report is odd. */
  default void notice(ReportNotice notice) {}
}
