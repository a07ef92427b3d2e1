package dev.assay.server.page;

import dev.assay.core.report.OutputListener;
import dev.assay.core.report.Words;
import dev.assay.server.output.PrintedLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What a run prints, as pages show it. Immutable.
 *
 * @param lines the oldest first
 * @param last the place of the last line of the run
 */
public record OutputLines(List<Line> lines, long last) {

  /** So many lines are shown to somebody who comes, or who was away for a moment. */
  static final int MOST = 200;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * A line. Immutable.
   *
   * @param first its place in what the run prints, from 1; of lines left out that of the first
   * @param place the same; of lines left out that of the last
   * @param at the moment, as ISO 8601; empty where it is not known
   * @param clock the time of the day, in UTC
   * @param source who printed it
   * @param name the same for people
   * @param text what, or that lines were left out
   * @param left whether lines were left out
   */
  public record Line(
      long first,
      long place,
      String at,
      String clock,
      String source,
      String name,
      String text,
      boolean left) {

    static Line of(PrintedLine line) {
      Instant at = line.at();
      boolean left = line.leftOut() > 0;
      return new Line(
          line.place() - line.lines() + 1,
          line.place(),
          at == null ? "" : at.toString(),
          at == null ? "" : CLOCK.format(at),
          line.source(),
          OutputLines.name(line.source()),
          left
              ? Words.many(line.leftOut(), "line")
                  + " left out here: more was printed than is sent to watch"
              : line.text(),
          left);
    }
  }

  /** The newest lines. */
  static OutputLines of(List<PrintedLine> lines, long last) {
    return new OutputLines(lines.stream().map(Line::of).toList(), last);
  }

  /** The place of the line before the first one that is shown; 0 where all are. */
  public long before() {
    return lines.isEmpty() ? 0 : lines.getFirst().first() - 1;
  }

  /** Who prints, for people. */
  static String name(String source) {
    return source.startsWith(OutputListener.SERVICE)
        ? source.substring(OutputListener.SERVICE.length())
        : source;
  }
}
