package dev.assay.suite.report;

import dev.assay.suite.scan.XmlScanner;
import org.jspecify.annotations.Nullable;

/** A {@code coverage} that does not say whose it is; its first element does. */
final class CoverageReader implements ElementReader {

  private final Reading reading;
  private @Nullable ElementReader chosen;

  CoverageReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void start(XmlScanner xml) {
    ElementReader known = chosen;
    if (known == null && !xml.name().equals("coverage")) {
      known =
          switch (xml.name()) {
            case "file" -> new SonarCoverageReader(reading);
            case "project", "testproject" -> new CloverReader(reading);
            default -> new CoberturaReader(reading);
          };
      chosen = known;
    }
    if (known != null) {
      known.start(xml);
    }
  }

  @Override
  public void end(XmlScanner xml) {
    ElementReader known = chosen;
    if (known != null) {
      known.end(xml);
    }
  }

  @Override
  public Report report(boolean cut) {
    ElementReader known = chosen;
    return known == null ? new CoberturaReader(reading).report(cut) : known.report(cut);
  }
}
