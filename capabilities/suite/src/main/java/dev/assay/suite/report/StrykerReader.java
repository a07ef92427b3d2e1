package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.Flaw;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.util.Locale;

/** The mutation testing schema that Stryker for JavaScript, .NET and Scala, and others, share. */
final class StrykerReader implements DocumentReader {

  private final Reading reading;
  private final MutantTally tally = new MutantTally();

  StrykerReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      if (!name.equals("files")) {
        json.skip();
      } else if (json.object()) {
        for (String path = json.name(); path != null; path = json.name()) {
          file(json);
        }
      }
    }
  }

  private void file(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      if (!name.equals("mutants")) {
        json.skip();
      } else if (json.array()) {
        while (json.item()) {
          mutant(json);
        }
      }
    }
  }

  private void mutant(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    String status = "";
    for (String name = json.name(); name != null; name = json.name()) {
      if (name.equals("status")) {
        status = json.text();
      } else {
        json.skip();
      }
    }
    if (!tally.count(status.toLowerCase(Locale.ROOT))) {
      Flaw here = json.here(Flaw.Kind.UNCLEAN, "");
      reading.notice(
          Rule.UNKNOWN,
          false,
          here.line(),
          here.column(),
          "has a mutant with the unknown status '" + Texts.shown(status) + "'");
    }
  }

  @Override
  public Report report() {
    return tally.report(Format.STRYKER, reading);
  }
}
