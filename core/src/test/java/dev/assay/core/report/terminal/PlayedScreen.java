package dev.assay.core.report.terminal;

import java.util.ArrayList;
import java.util.List;

/** The few sequences that the live view uses, as a terminal carries them out. */
final class PlayedScreen {
  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  void play(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        row++;
        column = 0;
        while (lines.size() <= row) {
          lines.add(new StringBuilder());
        }
      } else if (c == '\u001b') {
        int end = i + 2;
        while (!Character.isLetter(text.charAt(end))) {
          end++;
        }
        sequence(text.substring(i + 2, end), text.charAt(end));
        i = end;
      } else {
        StringBuilder line = lines.get(row);
        if (column < line.length()) {
          line.setCharAt(column, c);
        } else {
          line.append(c);
        }
        column++;
      }
    }
  }

  private void sequence(String number, char command) {
    switch (command) {
      case 'A' -> row -= Integer.parseInt(number);
      case 'K' -> lines.get(row).setLength(column);
      case 'J' -> {
        lines.get(row).setLength(column);
        lines.subList(row + 1, lines.size()).clear();
      }
      case 'm' -> {}
      default -> throw new AssertionError("unknown sequence " + command);
    }
  }

  String text() {
    return String.join("\n", lines);
  }
}
