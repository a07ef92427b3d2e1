package dev.assay.suite.report;

import java.util.Arrays;

/**
 * What is known of each line of one source file, however often the report speaks of it: executed or
 * not, and of how many branches how many were taken. About 20 bytes for each line. Not thread-safe.
 */
final class LineMap {

  private static final int EMPTY = -1;
  private static final long MOST_BRANCHES = (1L << 30) - 1;

  private int[] lines = new int[16];
  private long[] facts = new long[16];
  private int size;

  LineMap() {
    Arrays.fill(lines, EMPTY);
  }

  int size() {
    return size;
  }

  /** Notes a line; where it is known already, what was executed anywhere counts. */
  void add(int line, boolean executed, long branchesTaken, long branches) {
    if (line < 0) {
      return;
    }
    if ((size + 1) * 3L > lines.length * 2L) {
      grow();
    }
    int slot = slot(lines, line);
    if (lines[slot] == EMPTY) {
      lines[slot] = line;
      size++;
    }
    facts[slot] =
        pack(
            executed(facts[slot]) || executed,
            Math.max(taken(facts[slot]), branchesTaken),
            Math.max(branches(facts[slot]), branches));
  }

  /** Notes all that another one knows. */
  void addAll(LineMap other) {
    for (int i = 0; i < other.lines.length; i++) {
      if (other.lines[i] != EMPTY) {
        long fact = other.facts[i];
        add(other.lines[i], executed(fact), taken(fact), branches(fact));
      }
    }
  }

  /** Gives every line. */
  void each(SourceLines.Reader reader) {
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] != EMPTY) {
        reader.line(lines[i], executed(facts[i]));
      }
    }
  }

  /** The sums of all lines. */
  FileCoverage sum(String path) {
    long covered = 0;
    long taken = 0;
    long all = 0;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] != EMPTY) {
        covered += executed(facts[i]) ? 1 : 0;
        taken += Math.min(taken(facts[i]), branches(facts[i]));
        all += branches(facts[i]);
      }
    }
    return new FileCoverage(path, covered, size, taken, all);
  }

  private static long pack(boolean executed, long taken, long branches) {
    return (executed ? 1L << 62 : 0)
        | Math.clamp(taken, 0, MOST_BRANCHES) << 31
        | Math.clamp(branches, 0, MOST_BRANCHES);
  }

  private static boolean executed(long fact) {
    return (fact & 1L << 62) != 0;
  }

  private static long taken(long fact) {
    return fact >>> 31 & MOST_BRANCHES;
  }

  private static long branches(long fact) {
    return fact & MOST_BRANCHES;
  }

  private static int slot(int[] lines, int line) {
    int mask = lines.length - 1;
    int slot = (line * 0x9E3779B9 >>> 7) & mask;
    while (lines[slot] != EMPTY && lines[slot] != line) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldLines = lines;
    long[] oldFacts = facts;
    lines = new int[oldLines.length * 2];
    facts = new long[oldLines.length * 2];
    Arrays.fill(lines, EMPTY);
    for (int i = 0; i < oldLines.length; i++) {
      if (oldLines[i] != EMPTY) {
        int slot = slot(lines, oldLines[i]);
        lines[slot] = oldLines[i];
        facts[slot] = oldFacts[i];
      }
    }
  }
}
