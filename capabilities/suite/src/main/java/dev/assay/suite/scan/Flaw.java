package dev.assay.suite.scan;

/**
 * Something wrong with how a text is written. Immutable.
 *
 * @param kind what kind
 * @param line where it begins, from 1
 * @param column where it begins, in code points from 1; in bytes where the line is longer than 64
 *     KiB
 * @param message a part of a sentence that begins with a verb, such as "has a lone '&lt;'"
 */
public record Flaw(Kind kind, long line, long column, String message) {

  /** The kinds, from harmless to grave. */
  public enum Kind {
    /** A character or entity that should not be there; nothing was lost. */
    UNCLEAN,
    /** The structure is broken, so what was read may not be what was meant. */
    MALFORMED,
    /** The text ends where it should not. */
    TRUNCATED
  }

  /** Whether what was read cannot be trusted as a whole. */
  public boolean grave() {
    return kind != Kind.UNCLEAN;
  }
}
