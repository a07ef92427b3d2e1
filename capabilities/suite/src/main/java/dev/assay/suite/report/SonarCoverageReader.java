package dev.assay.suite.report;

import dev.assay.suite.scan.XmlScanner;
import org.jspecify.annotations.Nullable;

/** Sonar's generic coverage. */
final class SonarCoverageReader implements ElementReader {

  private final CoverageTally tally;
  private @Nullable String file;
  private LineMap lines = new LineMap();

  SonarCoverageReader(Reading reading) {
    this.tally = new CoverageTally(reading);
  }

  @Override
  public void start(XmlScanner xml) {
    if (xml.name().equals("file")) {
      file = String.valueOf(xml.attribute("path"));
      lines = new LineMap();
    } else if (xml.name().equals("lineToCover")) {
      long number = number(xml, "lineNumber");
      if (number > 0 && number <= Integer.MAX_VALUE) {
        lines.add(
            (int) number,
            "true".equals(xml.attribute("covered")),
            number(xml, "coveredBranches"),
            number(xml, "branchesToCover"));
      }
    }
  }

  private static long number(XmlScanner xml, String attribute) {
    String text = xml.attribute(attribute);
    return text == null ? 0 : Numbers.whole(text).orElse(0);
  }

  @Override
  public void end(XmlScanner xml) {
    if (xml.name().equals("file")) {
      endFile();
    }
  }

  private void endFile() {
    String path = file;
    if (path != null) {
      tally.merge(path, lines);
      file = null;
    }
  }

  @Override
  public Report report(boolean cut) {
    endFile();
    return tally.report(Format.SONAR, -1);
  }
}
