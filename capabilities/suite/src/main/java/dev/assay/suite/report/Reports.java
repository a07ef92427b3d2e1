package dev.assay.suite.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads any report. Stateless; each call reads one file in the calling thread.
 *
 * <p>Memory does not grow with the length of a file, only with the number of source files that a
 * coverage report speaks of.
 */
public final class Reports {

  private Reports() {}

  /**
   * Reads a file, or a folder of Allure results.
   *
   * @param name what the file is called in notices and problems
   * @param listener is told of each entry
   * @throws IOException if it cannot be read
   * @throws dev.assay.api.problem.ProblemException if it is no report
   */
  public static Report read(Path file, String name, ReportListener listener) throws IOException {
    Reading reading = new Reading(name, listener);
    InputStream in = Files.newInputStream(file);
    return new XmlReports(reading).read(in);
  }
}
