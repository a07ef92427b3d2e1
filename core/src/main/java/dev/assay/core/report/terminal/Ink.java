package dev.assay.core.report.terminal;

import dev.assay.api.verdict.Decision;

/** Colours text with ANSI sequences (ECMA-48 SGR), or leaves it as it is. */
public enum Ink {
  /** No sequences at all. */
  PLAIN,
  /** Sixteen colours, which each terminal shows legibly on its own background. */
  COLOUR;

  private static final String ESCAPE = "\u001b[";

  private String paint(String code, String text) {
    return this == PLAIN || text.isEmpty() ? text : ESCAPE + code + "m" + text + ESCAPE + "0m";
  }

  String bold(String text) {
    return paint("1", text);
  }

  String dim(String text) {
    return paint("2", text);
  }

  String red(String text) {
    return paint("1;31", text);
  }

  String cyan(String text) {
    return paint("36", text);
  }

  String tone(Decision decision, String text) {
    return paint(
        switch (decision) {
          case PASS -> "32";
          case FAIL -> "1;31";
          case INCONCLUSIVE -> "33";
          case STALE -> "35";
          case NOT_RUN -> "36";
        },
        text);
  }
}
