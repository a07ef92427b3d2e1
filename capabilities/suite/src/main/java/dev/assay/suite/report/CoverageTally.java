package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums the coverage of source files. Not thread-safe. */
final class CoverageTally {

  /** Beyond that many lines, files that come again are counted again instead of merged. */
  private static final long MOST_LINES = 20_000_000;

  private static final int MOST_ROOTS = 100;

  private final Reading reading;
  private final List<String> roots = new ArrayList<>();
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

  /** Notes a folder that the paths of the report begin in. */
  void root(String folder) {
    if (roots.size() < MOST_ROOTS && !folder.isBlank()) {
      roots.add(folder.strip());
    }
  }

  /** Adds a file that does not come again, and of which only counts are known. */
  void add(FileCoverage file) {
    add(file, new LineMap());
  }

  /** Adds a file that does not come again. */
  void add(FileCoverage file, LineMap lines) {
    linesCovered += file.linesCovered();
    linesValid += file.linesValid();
    branchesCovered += file.branchesCovered();
    branchesValid += file.branchesValid();
    // a path may have its package before it, to tell namesakes apart
    String path = file.path().substring(file.path().indexOf('\n') + 1);
    reading.file(file, new SourceLines(path, roots, lines));
  }

  /** Adds lines of a file that may come again. */
  void merge(String path, LineMap lines) {
    if (full) {
      add(lines.sum(path), lines);
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
    merged.forEach((path, lines) -> add(lines.sum(path), lines));
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
