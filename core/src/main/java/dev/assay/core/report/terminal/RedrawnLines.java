package dev.assay.core.report.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines at the end of a terminal's text that are drawn again in place (ECMA-48 CUU, EL and ED).
 * Each drawing is one write that overwrites line by line, so nothing flickers, and changes no mode
 * of the terminal, so nothing needs to be put back when the process is killed. Not thread-safe.
 */
final class RedrawnLines {

  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final List<String> lasting = new ArrayList<>();
  private int height;

  RedrawnLines(PrintStream out) {
    this.out = out;
  }

  /** Puts a line above the drawn ones at the next drawing, where it stays. */
  void keep(String line) {
    lasting.add(line);
  }

  /** Goes back to the first line, then writes what lasts and the lines over what stood there. */
  void draw(List<String> lines) {
    StringBuilder all = new StringBuilder();
    if (height > 0) {
      all.append("\u001b[").append(height).append('A');
    }
    all.append('\r');
    lasting.forEach(line -> all.append(line).append(CLEAR_LINE).append('\n'));
    lasting.clear();
    lines.forEach(line -> all.append(line).append(CLEAR_LINE).append('\n'));
    all.append(CLEAR_BELOW);
    height = lines.size();
    out.print(all);
    out.flush();
  }
}
