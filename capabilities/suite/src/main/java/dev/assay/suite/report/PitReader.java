package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.XmlScanner;
import java.util.Locale;

/** PIT's {@code mutations.xml}. */
final class PitReader implements ElementReader {

  private final Reading reading;
  private final MutantTally tally = new MutantTally();

  PitReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void start(XmlScanner xml) {
    if (!xml.name().equals("mutation")) {
      return;
    }
    String status = xml.attribute("status");
    String detected = xml.attribute("detected");
    String word = status == null ? ("true".equals(detected) ? "KILLED" : "SURVIVED") : status;
    if (!tally.count(word.toLowerCase(Locale.ROOT).replace("_", ""))) {
      reading.notice(
          Rule.UNKNOWN,
          false,
          xml.line(),
          xml.column(),
          "has a mutation with the unknown status '" + Texts.shown(word) + "'");
    }
  }

  @Override
  public void end(XmlScanner xml) {
    // all is said where an element begins
  }

  @Override
  public Report report(boolean cut) {
    return tally.report(Format.PIT, reading);
  }
}
