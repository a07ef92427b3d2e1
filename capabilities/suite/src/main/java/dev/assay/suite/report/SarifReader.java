package dev.assay.suite.report;

import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;

/**
 * SARIF. Every result of every run is a finding. Its level is its own, else {@code warning}
 * (section 3.27.10 of SARIF 2.1.0), also where a rule would say another.
 */
final class SarifReader implements DocumentReader {

  private final Reading reading;
  private long findings;
  private long errors;
  private long warnings;
  private long suppressed;

  SarifReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      if (!name.equals("runs")) {
        json.skip();
      } else if (json.array()) {
        while (json.item()) {
          run(json);
        }
      }
    }
  }

  private void run(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      if (!name.equals("results")) {
        json.skip();
      } else if (json.array()) {
        while (json.item()) {
          result(json);
        }
      }
    }
  }

  private void result(JsonScanner json) throws IOException {
    findings++;
    if (!json.object()) {
      return;
    }
    String level = "warning";
    String kind = "fail";
    boolean accepted = false;
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "level" -> level = json.text();
        case "kind" -> kind = json.text();
        case "suppressions" -> {
          if (json.array()) {
            while (json.item()) {
              accepted = true;
              json.skip();
            }
          }
        }
        default -> json.skip();
      }
    }
    suppressed += accepted ? 1 : 0;
    errors += level.equals("error") ? 1 : 0;
    warnings += level.equals("warning") && kind.equals("fail") ? 1 : 0;
  }

  @Override
  public Report report() {
    return new Report.FindingsReport(
        Format.SARIF, findings, errors, warnings, suppressed, reading.notices());
  }
}
