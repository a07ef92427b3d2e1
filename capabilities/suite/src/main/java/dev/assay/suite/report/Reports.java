package dev.assay.suite.report;

import dev.assay.suite.scan.Head;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads any report. Stateless; each call reads one file in the calling thread.
 *
 * <p>Memory does not grow with the length of a file; only with the source files that a coverage
 * report speaks of, and with the tests that are open at one time.
 */
public final class Reports {

  private Reports() {}

  /**
   * Reads a file, or a folder of Allure results. Its format is found by what is in it.
   *
   * @param name what the file is called in notices and problems
   * @param listener is told of each entry
   * @throws IOException if it cannot be read
   * @throws dev.assay.api.problem.ProblemException if it is no report; what the listener was told
   *     until then is void
   */
  public static Report read(Path file, String name, ReportListener listener) throws IOException {
    Reading reading = new Reading(name, listener);
    if (Files.isDirectory(file)) {
      return new AllureFolder(reading).read(file);
    }
    Head head = Head.of(Files.newInputStream(file));
    return switch (head.kind()) {
      case XML -> new XmlReports(reading).read(Files.newInputStream(file));
      case JSON -> json(file, reading);
      case TEXT -> text(file, reading);
      case BLANK ->
          throw reading.notAReport(
              1,
              1,
              "the file is empty",
              "run the suite again, and see that its runner ends before the file is read");
      case BINARY ->
          throw reading.notAReport(
              1,
              1,
              "the file is no text",
              "unpack it where it is packed, or tell the tool to write XML, JSON or text");
    };
  }

  private static Report json(Path file, Reading reading) throws IOException {
    Format lines = TextReports.format(Files.newInputStream(file), TextReports.FEW);
    if (lines != null) {
      return new TextReports(reading).read(lines, Files.newInputStream(file));
    }
    JsonReports documents = new JsonReports(reading);
    DocumentReader reader = documents.reader(JsonShape.of(Files.newInputStream(file)).format());
    if (reader != null) {
      return documents.read(reader, Files.newInputStream(file));
    }
    throw reading.notAReport(
        1,
        1,
        "the file is JSON, but of no report that is known",
        "see docs/suite-reports.md for what can be read, and convert it to one of these");
  }

  private static Report text(Path file, Reading reading) throws IOException {
    Format format = TextReports.format(Files.newInputStream(file), TextReports.MANY);
    if (format != null) {
      return new TextReports(reading).read(format, Files.newInputStream(file));
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      throw reading.notAReport(
          1,
          1,
          "the file is a text that begins with '" + Texts.shown(Head.of(bytes).firstLine())
              + "', which is no report that is known",
          "see docs/suite-reports.md for what can be read; most runners write JUnit XML with one"
              + " option");
    }
  }
}
