package dev.assay.suite.report;

import org.jspecify.annotations.Nullable;

/** Texts of reports, made short. */
final class Texts {

  static final int LONGEST_NAME = 2_000;

  private Texts() {}

  /** The first line that says something, without blanks around it; null where none does. */
  static @Nullable String firstLine(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse(null);
  }

  /** At most {@value #LONGEST_NAME} characters of a text. */
  static String cut(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "…";
  }

  /** A text as it may stand in a message: one line, short. */
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ").strip();
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }
}
