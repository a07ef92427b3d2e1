package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums the coverage of source files. Not thread-safe. */
final class CoverageTally {

  /** Beyond that many lines, files that come again are counted again instead of merged. */
  private static final long MOST_LINES = 20_000_000;

  private final Reading reading;
  private final Map<String, LineMap> merged = new LinkedHashMap<>();
  private long mergedLines;
  private boolean full;
  private long linesCovered;
  private long linesValid;
  private long branchesCovered;
  private long branchesValid;

  CoverageTally(Reading reading) {
    this.reading = reading;
  }

  /** Adds a file that does not come again. */
  void add(FileCoverage file) {
    linesCovered += file.linesCovered();
    linesValid += file.linesValid();
    branchesCovered += file.branchesCovered();
    branchesValid += file.branchesValid();
    reading.file(file);
  }

  /** Adds lines of a file that may come again. */
  void merge(String path, LineMap lines) {
    if (full) {
      add(lines.sum(path));
      return;
    }
    LineMap known = merged.putIfAbsent(path, lines);
    int before = known == null ? 0 : known.size();
    if (known != null) {
      known.addAll(lines);
    }
    mergedLines += (known == null ? lines.size() : known.size() - before) + 8;
    if (mergedLines > MOST_LINES) {
      full = true;
      reading.notice(
          Rule.UNKNOWN,
          false,
          1,
          1,
          "speaks of more than 20 million lines; files after "
              + Texts.shown(path)
              + " that come again are counted again");
    }
  }

  boolean any() {
    return linesValid + branchesValid > 0 || !merged.isEmpty();
  }

  /**
   * The report.
   *
   * @param declared the lines that the file says it has; -1 where it does not say
   */
  Report report(Format format, long declared) {
    merged.forEach((path, lines) -> add(lines.sum(path)));
    merged.clear();
    if (declared >= 0 && declared != linesValid) {
      reading.notice(
          Rule.TOTALS,
          false,
          1,
          1,
          "says that it covers "
              + declared
              + " lines, but its entries are "
              + linesValid
              + "; the entries count");
    }
    return new Report.CoverageReport(
        format, linesCovered, linesValid, branchesCovered, branchesValid, reading.notices());
  }
}
