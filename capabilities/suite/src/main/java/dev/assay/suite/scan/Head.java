package dev.assay.suite.scan;

import java.io.IOException;
import java.io.InputStream;

/**
 * What the first 64 KiB of a file look like. Immutable.
 *
 * @param kind what they are
 * @param firstLine the first line that is not blank, at most 200 bytes of it
 */
public record Head(Kind kind, String firstLine) {

  private static final int LENGTH = 65_536;

  /** What a file may be. */
  public enum Kind {
    /** Elements. */
    XML,
    /** An object or array, or one on each line. */
    JSON,
    /** Some other text. */
    TEXT,
    /** Nothing but blanks. */
    BLANK,
    /** No text. */
    BINARY
  }

  /** Looks at the first bytes, and closes them. */
  public static Head of(InputStream in) throws IOException {
    try (InputStream bytes = new Encoded(in)) {
      byte[] head = bytes.readNBytes(LENGTH);
      int start = 0;
      while (start < head.length && head[start] >= 0 && head[start] <= ' ') {
        start++;
      }
      if (start == head.length) {
        return new Head(blank(head) ? Kind.BLANK : Kind.BINARY, "");
      }
      int end = start;
      while (end < head.length && end - start < 200 && head[end] != '\n') {
        end++;
      }
      String first = Utf8.text(head, start, end - start);
      return new Head(kind(head, start), first);
    }
  }

  private static boolean blank(byte[] head) {
    for (byte each : head) {
      if (each == 0) {
        return false;
      }
    }
    return true;
  }

  private static Kind kind(byte[] head, int start) {
    if (head[start] == '<') {
      return Kind.XML;
    }
    if (isBinary(head)) {
      return Kind.BINARY;
    }
    if (head[start] == '{' || head[start] == '[') {
      return Kind.JSON;
    }
    // some runners write their own words before the report
    return at(head, "<?xml") || at(head, "<testsuite") ? Kind.XML : Kind.TEXT;
  }

  private static boolean isBinary(byte[] head) {
    int odd = 0;
    for (byte each : head) {
      odd +=
          each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t' && each != 27
              ? 1
              : 0;
    }
    return odd * 10L > head.length;
  }

  private static boolean at(byte[] head, String wanted) {
    int at = 0;
    while (at < head.length) {
      at = Search.find(head, at, head.length, (byte) '<');
      if (startsWith(head, at, wanted)) {
        return true;
      }
      at++;
    }
    return false;
  }

  private static boolean startsWith(byte[] head, int at, String wanted) {
    if (at + wanted.length() > head.length) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (head[at + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
