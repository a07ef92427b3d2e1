package dev.assay.load.engine;

/** Knows the header that sets a cookie. */
final class SetCookie {

  private static final String NAME = "set-cookie";

  private SetCookie() {}

  /** Whether bytes are its name in whatever case. */
  static boolean is(byte[] line, int from, int to) {
    if (to - from != NAME.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      byte b = line[i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != NAME.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }
}
