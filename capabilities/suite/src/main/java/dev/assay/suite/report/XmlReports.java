package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.Flaw;
import dev.assay.suite.scan.XmlScanner;
import dev.assay.suite.scan.XmlScanner.Token;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads the formats that are XML; which one it is, the first element says. */
final class XmlReports {

  private final Reading reading;

  XmlReports(Reading reading) {
    this.reading = reading;
  }

  /** Reads a file to its end, and closes it. */
  Report read(InputStream bytes) throws IOException {
    try (XmlScanner xml = new XmlScanner(bytes)) {
      if (xml.next() != Token.START) {
        return nothing(xml);
      }
      String root = xml.name();
      long line = xml.line();
      long column = xml.column();
      ElementReader reader = reader(xml);
      all(xml, reader);
      boolean cut = xml.flaws().stream().anyMatch(flaw -> flaw.kind() == Flaw.Kind.TRUNCATED);
      if (!reader.recognised()) {
        throw unknown(root, line, column);
      }
      flaws(xml);
      return reader.report(cut);
    }
  }

  private static void all(XmlScanner xml, ElementReader reader) throws IOException {
    Token token = Token.START;
    while (token != Token.DONE) {
      if (token == Token.START) {
        reader.start(xml);
      } else {
        reader.end(xml);
      }
      token = xml.next();
    }
  }

  private void flaws(XmlScanner xml) {
    xml.flaws().forEach(reading::flaw);
    if (xml.entities()) {
      reading.notice(
          Rule.ENTITIES,
          true,
          1,
          1,
          "declares entities, which no report needs and attacks do; they were not resolved");
    }
    if (xml.foreign()) {
      reading.notice(
          Rule.ENCODING,
          false,
          1,
          1,
          "is not in the encoding that it declares; it was read as UTF-8 or, byte by byte,"
              + " windows-1252");
    }
  }

  private Report nothing(XmlScanner xml) {
    boolean cut = !xml.flaws().isEmpty();
    Flaw flaw = cut ? xml.flaws().getLast() : null;
    throw reading.notAReport(
        flaw == null ? 1 : flaw.line(),
        flaw == null ? 1 : flaw.column(),
        flaw == null
            ? "the file holds no element at all"
            : "the file " + flaw.message() + " and holds no element",
        "run the suite again, and see that its runner ends before the file is read");
  }

  private RuntimeException unknown(String root, long line, long column) {
    boolean page = root.toLowerCase(Locale.ROOT).equals("html");
    return reading.notAReport(
        line,
        column,
        page
            ? "the file is a web page"
            : "the file begins with <" + Texts.shown(root) + ">, which is no report that is known",
        page
            ? "tell the tool to write JUnit XML, or the XML or JSON of its own"
            : "see docs/suite-reports.md for what can be read, and convert it to one of these");
  }

  /** The reader for a first element; where that is none that is known, JUnit may be inside it. */
  private ElementReader reader(XmlScanner xml) {
    return switch (xml.name()) {
      case "test-run" -> new NUnitReader(reading, Format.NUNIT3);
      case "test-results" -> new NUnitReader(reading, Format.NUNIT2);
      case "test-suite" -> testSuite(xml);
      case "assemblies", "assembly" -> new XUnitReader(reading);
      case "TestRun" -> new TrxReader(reading);
      case "report" -> new JacocoReader(reading);
      case "mutations" -> new PitReader(reading);
      case "coverage" -> coverage(xml);
      default -> new JUnitReader(reading);
    };
  }

  /** A part of NUnit's results on its own, or Allure 1's. */
  private ElementReader testSuite(XmlScanner xml) {
    if (xml.attribute("result") == null && xml.attribute("success") == null) {
      return new AllureXmlReader(reading);
    }
    boolean third = xml.attribute("total") != null || xml.attribute("testcasecount") != null;
    return new NUnitReader(reading, third ? Format.NUNIT3 : Format.NUNIT2);
  }

  /** Three tools begin with the same word. */
  private ElementReader coverage(XmlScanner xml) {
    if (xml.attribute("clover") != null || xml.attribute("generated") != null) {
      return new CloverReader(reading);
    }
    boolean rates = xml.attribute("line-rate") != null || xml.attribute("lines-valid") != null;
    return rates ? new CoberturaReader(reading) : new CoverageReader(reading);
  }
}
