package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.Flaw.Kind;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;

/** SARIF 2.1.0. What a run says of its results is worked out by {@link SarifRun}. */
final class SarifReader implements DocumentReader {

  private final Reading reading;
  private final SarifTotals totals = new SarifTotals();

  SarifReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    boolean analysed = false;
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      if (!name.equals("runs")) {
        json.skip();
      } else if (json.array()) {
        while (json.item()) {
          analysed |= run(json);
        }
      }
    }
    if (!analysed) {
      tell(json, true, "has results of no tool: nothing was looked at");
    }
  }

  /**
   * What was read of a run counts, also where the file is cut in the middle of it. Says whether its
   * tool looked.
   */
  private boolean run(JsonScanner json) throws IOException {
    SarifRun run = new SarifRun();
    try {
      run.read(json);
      if (run.broke()) {
        tell(json, true, "has a run of " + run.tool() + " that says of itself that it failed");
      } else if (!run.analysed()) {
        tell(json, false, "has a run of " + run.tool() + " without a list of results");
      }
      return run.analysed();
    } finally {
      run.settle(totals, reading::finding);
    }
  }

  private void tell(JsonScanner json, boolean grave, String what) {
    var here = json.here(Kind.UNCLEAN, what);
    reading.notice(Rule.NOT_ANALYSED, grave, here.line(), here.column(), what);
  }

  @Override
  public Report report() {
    return new Report.FindingsReport(
        Format.SARIF,
        totals.findings,
        totals.errors,
        totals.warnings,
        totals.suppressed,
        reading.notices());
  }
}
