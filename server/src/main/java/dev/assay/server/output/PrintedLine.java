package dev.assay.server.output;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line that was printed, or what tells that lines were left out. Immutable.
 *
 * @param place in what the run printed, from 1, of lines that were left out that of the last; 0
 *     while it has none
 * @param at when; null where that is not known
 * @param source who printed it: {@code service:NAME}, or the id of a check
 * @param text the line without its end; empty where lines were left out
 * @param leftOut how many lines were left out here; 0 for a line
 */
public record PrintedLine(
    long place, @Nullable Instant at, String source, String text, long leftOut) {

  /** The longest text, in characters. */
  public static final int LONGEST = 1_000;

  /** How many lines it stands for, each of which has its place. */
  public long lines() {
    return Math.max(1, leftOut);
  }

  PrintedLine at(long other) {
    return new PrintedLine(other, at, source, text, leftOut);
  }
}
