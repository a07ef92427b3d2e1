package dev.assay.suite;

import dev.assay.suite.scan.LineScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of what a program printed. */
final class TextLines {

  private static final int MOST = 500_000;

  private TextLines() {}

  /** All of them, as far as there are no more than anybody has tests. */
  static List<String> of(Path file) throws IOException {
    List<String> all = new ArrayList<>();
    try (LineScanner lines = new LineScanner(Files.newInputStream(file))) {
      while (all.size() < MOST && lines.next()) {
        all.add(lines.text());
      }
    }
    return all;
  }
}
