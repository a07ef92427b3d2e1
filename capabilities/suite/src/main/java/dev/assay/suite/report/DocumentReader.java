package dev.assay.suite.report;

import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;

/** Makes a report of one JSON document. One reads one file. */
interface DocumentReader {

  /**
   * Reads the document.
   *
   * @throws dev.assay.suite.scan.BrokenTextException where it cannot be read any further; what was
   *     read until then still counts
   */
  void read(JsonScanner json) throws IOException;

  /** What was read. */
  Report report();
}
