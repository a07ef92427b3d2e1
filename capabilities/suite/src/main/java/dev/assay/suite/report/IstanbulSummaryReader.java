package dev.assay.suite.report;

import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Istanbul's {@code coverage-summary.json}: the files count, their total only where it stands
 * alone.
 */
final class IstanbulSummaryReader implements DocumentReader {

  private final CoverageTally tally;
  private @Nullable FileCoverage total;

  IstanbulSummaryReader(Reading reading) {
    this.tally = new CoverageTally(reading);
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String path = json.name(); path != null; path = json.name()) {
      if (json.object()) {
        FileCoverage file = file(json, path);
        if (path.equals("total")) {
          total = file;
        } else {
          tally.add(file);
        }
      }
    }
  }

  private static FileCoverage file(JsonScanner json, String path) throws IOException {
    long[] lines = new long[2];
    long[] branches = new long[2];
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "lines" -> counts(json, lines);
        case "branches" -> counts(json, branches);
        default -> json.skip();
      }
    }
    return new FileCoverage(path, lines[0], lines[1], branches[0], branches[1]);
  }

  private static void counts(JsonScanner json, long[] into) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "covered" -> into[0] = (long) Math.max(0, json.number());
        case "total" -> into[1] = (long) Math.max(0, json.number());
        default -> json.skip();
      }
    }
  }

  @Override
  public Report report() {
    FileCoverage all = total;
    if (all != null && !tally.any()) {
      tally.add(all);
    }
    return tally.report(Format.ISTANBUL_SUMMARY, all == null ? -1 : all.linesValid());
  }
}
