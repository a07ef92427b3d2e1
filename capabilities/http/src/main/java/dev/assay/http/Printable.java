package dev.assay.http;

/** Makes texts that strangers wrote safe and short enough to show. */
final class Printable {

  private Printable() {}

  /** In one line, without control characters, at most so many characters. */
  static String line(String text, int most) {
    return clean(cut(text, most).replace('\n', ' ').replace('\r', ' ').replace('\t', ' '));
  }

  /** With its line ends, without other control characters, at most so many characters. */
  static String block(String text, int most) {
    return clean(cut(text, most).replace("\r\n", "\n").replace('\r', '\n'));
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /** Control characters, which could steer a terminal, become the replacement character. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean kept = c == '\n' || c == '\t' || !Character.isISOControl(c);
      clean.append(kept ? c : '\uFFFD');
    }
    return clean.toString();
  }
}
