package dev.assay.suite.report;

import java.util.List;

/**
 * Which lines of one source file a report speaks of, and which of them were executed. Read it while
 * the listener is called; not thread-safe.
 */
public final class SourceLines {

  /** Is given lines, in no order. */
  @FunctionalInterface
  public interface Reader {
    /**
     * A line that could be executed.
     *
     * @param number from 1
     * @param executed whether it was, at least in part
     */
    void line(int number, boolean executed);
  }

  private final String path;
  private final List<String> roots;
  private final LineMap lines;

  SourceLines(String path, List<String> roots, LineMap lines) {
    this.path = path;
    this.roots = List.copyOf(roots);
    this.lines = lines;
  }

  /** The file as the report names it; the package and the file for JaCoCo, as in its XML. */
  public String path() {
    return path;
  }

  /** The folders that the report says such paths begin in; empty where it says none. */
  public List<String> roots() {
    return roots;
  }

  /** Whether any line is known; a report of mere counts knows none. */
  public boolean known() {
    return lines.size() > 0;
  }

  /** Gives every line. */
  public void read(Reader reader) {
    lines.each(reader);
  }
}
