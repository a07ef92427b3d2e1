package dev.assay.http;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was expected and did not hold.
 *
 * @param type the kind of failure, as in evidence
 * @param what was looked at: {@code status}, {@code body $.state}
 * @param expected as written, with its operator
 * @param actual what was there
 * @param hint what is near it, or null
 */
record Miss(String type, String what, String expected, String actual, @Nullable String hint) {

  /** In one line: {@code expected status = 200, got 503}. */
  String line() {
    return "expected " + what + " " + expected + ", got " + Printable.line(actual, 100);
  }

  /** In a few lines, for the detail. */
  String block() {
    String block =
        "expected " + what + " " + expected + "\n     got " + Printable.line(actual, 500);
    return hint == null ? block : block + "\n         " + Printable.line(hint, 500);
  }
}
