package dev.assay.suite.report;

import dev.assay.suite.scan.Head;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
    if (Files.isDirectory(file)) {
      return new AllureFolder(new Reading(name, listener)).read(file);
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return readOnce(file, name, listener);
    }
    return read(() -> Files.newInputStream(file), name, listener);
  }

  /**
   * Reads the output of a program that is known to be a report of lines, however much of something
   * else stands before it.
   *
   * @param format {@link Format#GO_TEST} or {@link Format#CARGO_TEST}
   * @throws IOException if it cannot be read
   */
  public static Report readOutput(Path file, String name, Format format, ReportListener listener)
      throws IOException {
    return new TextReports(new Reading(name, listener)).read(format, Files.newInputStream(file));
  }

  /** Reads what gives its bytes only once, such as a pipe, from a copy. */
  private static Report readOnce(Path pipe, String name, ReportListener listener)
      throws IOException {
    Path copy = Files.createTempFile("report", "");
    try (InputStream bytes = Files.newInputStream(pipe)) {
      Files.copy(bytes, copy, StandardCopyOption.REPLACE_EXISTING);
      return read(() -> Files.newInputStream(copy), name, listener);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** The bytes of a file, from the first one each time. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /** Reads a file wherever its bytes come from. */
  static Report read(Source file, String name, ReportListener listener) throws IOException {
    Reading reading = new Reading(name, listener);
    Head head = Head.of(file.open());
    return switch (head.kind()) {
      case XML -> new XmlReports(reading).read(file.open());
      case JSON -> json(file, reading);
      case TEXT -> text(file, head, reading);
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

  private static Report json(Source file, Reading reading) throws IOException {
    Format lines = TextReports.format(file.open(), TextReports.FEW);
    if (lines != null) {
      return new TextReports(reading).read(lines, file.open());
    }
    JsonReports documents = new JsonReports(reading);
    DocumentReader reader = documents.reader(JsonShape.of(file.open()).format());
    if (reader != null) {
      return documents.read(reader, file.open());
    }
    throw reading.notAReport(
        1,
        1,
        "the file is JSON, but of no report that is known",
        "see docs/suite-reports.md for what can be read, and convert it to one of these");
  }

  private static Report text(Source file, Head head, Reading reading) throws IOException {
    Format format = TextReports.format(file.open(), TextReports.MANY);
    if (format != null) {
      return new TextReports(reading).read(format, file.open());
    }
    throw reading.notAReport(
        1,
        1,
        "the file is a text that begins with '"
            + Texts.shown(head.firstLine())
            + "', which is no report that is known",
        "see docs/suite-reports.md for what can be read; most runners write JUnit XML with one"
            + " option");
  }
}
