package dev.assay.suite.junit;

/** Keeps the first characters of a text and forgets the rest. Not thread-safe. */
final class BoundedText {

  private final StringBuilder kept = new StringBuilder();
  private final int most;

  BoundedText(int most) {
    this.most = most;
  }

  void append(char[] text, int start, int length) {
    kept.append(text, start, Math.min(length, most - kept.length()));
  }

  @Override
  public String toString() {
    return kept.toString();
  }
}
