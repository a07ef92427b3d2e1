package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.LineScanner;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * LCOV's trace files. Records of the same source file, as there are one for each test, are merged:
 * a line or branch was executed if any of them says so. A record that lists no lines counts with
 * the totals it declares.
 */
final class LcovReader {

  /** What all records say of one source file. */
  private static final class Source {
    final LineMap lines = new LineMap();
    final Map<String, Boolean> branches = new HashMap<>();
    long declaredLines;
    long declaredHit;
    long declaredBranches;
    long declaredTaken;
  }

  private final Reading reading;
  private final CoverageTally tally;
  private final Map<String, Source> sources = new LinkedHashMap<>();

  LcovReader(Reading reading) {
    this.reading = reading;
    this.tally = new CoverageTally(reading);
  }

  Report read(LineScanner lines) throws IOException {
    Source current = null;
    while (lines.next()) {
      String text = lines.text().strip();
      int colon = text.indexOf(':');
      String key = colon < 0 ? text : text.substring(0, colon);
      String value = colon < 0 ? "" : text.substring(colon + 1);
      if (key.equals("SF")) {
        current = sources.computeIfAbsent(value.strip(), path -> new Source());
      } else if (key.equals("end_of_record")) {
        current = null;
      } else if (current != null) {
        record(current, key, value);
      }
    }
    if (current != null) {
      reading.notice(Rule.TRUNCATED, true, lines.number(), 1, "ends inside the record of a file");
    }
    sources.forEach(this::count);
    return tally.report(Format.LCOV, -1);
  }

  private static void record(Source source, String key, String value) {
    switch (key) {
      case "DA" -> line(source, value);
      case "BRDA" -> branch(source, value);
      case "LF" -> source.declaredLines = Math.max(source.declaredLines, number(value));
      case "LH" -> source.declaredHit = Math.max(source.declaredHit, number(value));
      case "BRF" -> source.declaredBranches = Math.max(source.declaredBranches, number(value));
      case "BRH" -> source.declaredTaken = Math.max(source.declaredTaken, number(value));
      default -> {
        // functions, versions, tests
      }
    }
  }

  private static long number(String value) {
    return Numbers.whole(value).orElse(0);
  }

  /** {@code DA:line,hits[,checksum]}. */
  private static void line(Source source, String value) {
    int comma = value.indexOf(',');
    OptionalLong line = comma < 0 ? OptionalLong.empty() : Numbers.whole(value.substring(0, comma));
    if (line.isPresent() && line.getAsLong() <= Integer.MAX_VALUE) {
      int end = value.indexOf(',', comma + 1);
      String hits = value.substring(comma + 1, end < 0 ? value.length() : end).strip();
      source.lines.add((int) line.getAsLong(), CoberturaReader.executed(hits), 0, 0);
    }
  }

  /** {@code BRDA:line,block,branch,taken}, where {@code -} says that the line was never reached. */
  private static void branch(Source source, String value) {
    int comma = value.lastIndexOf(',');
    if (comma > 0) {
      boolean taken = CoberturaReader.executed(value.substring(comma + 1).strip());
      source.branches.merge(value.substring(0, comma), taken, Boolean::logicalOr);
    }
  }

  private void count(String path, Source source) {
    FileCoverage lines = source.lines.sum(path);
    boolean listed = lines.linesValid() > 0;
    boolean branches = !source.branches.isEmpty();
    long taken = source.branches.values().stream().filter(each -> each).count();
    tally.add(
        new FileCoverage(
            path,
            listed ? lines.linesCovered() : source.declaredHit,
            listed ? lines.linesValid() : source.declaredLines,
            branches ? taken : source.declaredTaken,
            branches ? source.branches.size() : source.declaredBranches),
        source.lines);
  }
}
