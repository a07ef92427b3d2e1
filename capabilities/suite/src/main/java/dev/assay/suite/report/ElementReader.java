package dev.assay.suite.report;

import dev.assay.suite.scan.XmlScanner;

/** Makes a report of the elements of an XML file. One reads one file. */
interface ElementReader {

  /** An element begins; its attributes can be asked for. */
  void start(XmlScanner xml);

  /** An element ends, also one that was never closed. */
  void end(XmlScanner xml);

  /** Whether anything was met that only its format has; other tools use some root names too. */
  default boolean recognised() {
    return true;
  }

  /**
   * The file has ended.
   *
   * @param cut whether before it should
   */
  Report report(boolean cut);
}
