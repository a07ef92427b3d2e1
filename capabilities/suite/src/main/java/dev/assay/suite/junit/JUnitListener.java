package dev.assay.suite.junit;

/** Is told what a report holds while it is read. Called by the reading thread only. */
public interface JUnitListener {

  /** A test case has been read to its end. */
  void testCase(JUnitCase testCase);

  /** Something about the report is odd. */
  void notice(JUnitNotice notice);
}
