package dev.assay.load.grpc;

import dev.assay.api.problem.Place;

/**
 * A word of a {@code .proto} file.
 *
 * @param kind what it is
 * @param text as written; of a {@link Kind#STRING} its content, one char for each byte
 * @param place where it begins
 * @param start its offset in the text
 * @param end the offset behind it
 */
record ProtoToken(Kind kind, String text, Place place, int start, int end) {

  /** What a word is. */
  enum Kind {
    /** A name or keyword, without dots. */
    NAME,
    /** A whole number in any base. */
    WHOLE,
    /** A number with a point or an exponent. */
    REAL,
    /** A quoted text. */
    STRING,
    /** A single character. */
    SYMBOL,
    /** The end of the file. */
    END
  }

  boolean is(String symbolOrName) {
    return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrName);
  }

  /** How a sentence names it. */
  String said() {
    return switch (kind) {
      case END -> "the end of the file";
      case STRING -> "a quoted text";
      default -> "'" + text + "'";
    };
  }
}
