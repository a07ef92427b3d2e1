package dev.assay.suite.coverage;

import dev.assay.suite.report.FileCoverage;
import dev.assay.suite.report.SourceLines;
import java.util.BitSet;
import java.util.Set;

/**
 * What all reports of a run together say of one source file. A line was executed if any report says
 * so; of branches that report counts that took the most. Not thread-safe.
 */
final class FileLines {

  private final BitSet valid = new BitSet();
  private final BitSet executed = new BitSet();
  private int reports;
  private long linesCovered;
  private long linesValid;
  private long branchesCovered;
  private long branchesValid;

  /** Adds what one report says. */
  void add(FileCoverage file, BitSet itsValid, BitSet itsExecuted) {
    valid.or(itsValid);
    executed.or(itsExecuted);
    reports++;
    boolean sole = reports == 1 || valid.isEmpty();
    // one report's own count stands, as it may be of statements
    linesCovered = sole ? Math.max(linesCovered, file.linesCovered()) : executed.cardinality();
    linesValid = sole ? Math.max(linesValid, file.linesValid()) : valid.cardinality();
    branchesCovered = Math.max(branchesCovered, file.branchesCovered());
    branchesValid = Math.max(branchesValid, file.branchesValid());
  }

  /** Reads the lines of a report: those that could be executed, and those that were. */
  static void read(SourceLines lines, BitSet valid, BitSet executed) {
    lines.read((number, was) -> {
      valid.set(number);
      if (was) {
        executed.set(number);
      }
    });
  }

  /** The lines that could be executed. */
  BitSet valid() {
    return valid;
  }

  /** The lines that were executed. */
  BitSet executed() {
    return executed;
  }

  /** The sums, under the name of the file. */
  FileCoverage sum(String path) {
    return new FileCoverage(path, linesCovered, linesValid, branchesCovered, branchesValid);
  }

  /** Of some lines those that could be executed, but for some that hold no code after all. */
  BitSet validAmong(Set<Integer> some, BitSet blank) {
    BitSet among = new BitSet();
    some.forEach(line -> {
      if (valid.get(line) && !blank.get(line)) {
        among.set(line);
      }
    });
    return among;
  }
}
