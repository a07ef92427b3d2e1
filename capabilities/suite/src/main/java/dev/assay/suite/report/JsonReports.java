package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.BrokenTextException;
import dev.assay.suite.scan.Flaw;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads the formats that are one JSON document; which one it is, its first members say. */
final class JsonReports {

  private final Reading reading;

  JsonReports(Reading reading) {
    this.reading = reading;
  }

  /** The reader of a format; null where it is not one JSON document. */
  @Nullable DocumentReader reader(@Nullable Format format) {
    return switch (format) {
      case CTRF -> new CtrfReader(reading);
      case JEST -> new JestReader(reading);
      case PLAYWRIGHT -> new PlaywrightReader(reading);
      case MOCHA -> new MochaReader(reading);
      case MOCHAWESOME -> new MochawesomeReader(reading);
      case RSPEC -> new RspecReader(reading);
      case CUCUMBER -> new CucumberReader(reading);
      case ALLURE -> new AllureReader(reading);
      case ISTANBUL -> new IstanbulReader(reading);
      case ISTANBUL_SUMMARY -> new IstanbulSummaryReader(reading);
      case STRYKER -> new StrykerReader(reading);
      case SARIF -> new SarifReader(reading);
      case null, default -> null;
    };
  }

  /** Reads a document of a known format, and closes it. */
  Report read(DocumentReader reader, InputStream bytes) throws IOException {
    try (JsonScanner json = new JsonScanner(bytes)) {
      try {
        reader.read(json);
        if (json.kind() != JsonScanner.Value.NONE) {
          Flaw more = json.here(Flaw.Kind.UNCLEAN, "goes on after its end");
          reading.notice(Rule.MALFORMED, false, more.line(), more.column(), more.message());
        }
      } catch (BrokenTextException broken) {
        reading.flaw(broken.flaw());
      }
    }
    return reader.report();
  }
}
