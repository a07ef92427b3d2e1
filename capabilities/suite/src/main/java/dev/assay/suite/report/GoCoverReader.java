package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.LineScanner;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Go's coverage profile. Go covers blocks of statements, and so do the counts here, as {@code go
 * tool cover} does: a block that is listed again, by the tests of another package, counts once, and
 * was executed if any says so.
 */
final class GoCoverReader {

  private static final Pattern BLOCK =
      Pattern.compile("(.+):(\\d{1,9}\\.\\d{1,9},\\d{1,9}\\.\\d{1,9}) (\\d{1,9}) (\\d{1,24})");

  private static final int MOST_OF_A_BLOCK = 20_000;

  private final Reading reading;
  private final CoverageTally tally;

  /** Of each file its blocks: statements, negative where none of them was executed. */
  private final Map<String, Map<String, Integer>> files = new LinkedHashMap<>();

  GoCoverReader(Reading reading) {
    this.reading = reading;
    this.tally = new CoverageTally(reading);
  }

  Report read(LineScanner lines) throws IOException {
    while (lines.next()) {
      String text = lines.text().strip();
      if (text.isEmpty() || text.startsWith("mode:")) {
        continue;
      }
      Matcher block = BLOCK.matcher(text);
      if (block.matches()) {
        block(block);
      } else {
        reading.notice(
            lines.ended() ? Rule.MALFORMED : Rule.TRUNCATED,
            true,
            lines.number(),
            1,
            "has a line that is no block: '" + Texts.shown(text) + "'");
      }
    }
    files.forEach(this::count);
    return tally.report(Format.GO_COVER, -1);
  }

  private void block(Matcher block) {
    int statements = Integer.parseInt(block.group(3));
    boolean executed = CoberturaReader.executed(block.group(4));
    files
        .computeIfAbsent(block.group(1), path -> new LinkedHashMap<>())
        .merge(block.group(2), executed ? statements : -statements, Math::max);
  }

  /** The lines that blocks reach over; one that two blocks share was executed if either was. */
  private LineMap lines(Map<String, Integer> blocks) {
    LineMap lines = new LineMap();
    blocks.forEach((block, statements) -> {
      if (statements != 0) {
        String[] ends = block.split("[.,]");
        long from = Long.parseLong(ends[0]);
        long to = Math.min(Long.parseLong(ends[2]), from + MOST_OF_A_BLOCK);
        for (long line = from; line <= to; line++) {
          lines.add((int) line, statements > 0, 0, 0);
        }
      }
    });
    return lines;
  }

  private void count(String path, Map<String, Integer> blocks) {
    long covered = 0;
    long valid = 0;
    for (int statements : blocks.values()) {
      covered += Math.max(0, statements);
      valid += Math.abs(statements);
    }
    tally.add(new FileCoverage(path, covered, valid, 0, 0), lines(blocks));
  }
}
