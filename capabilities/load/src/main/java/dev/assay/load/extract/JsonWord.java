package dev.assay.load.extract;

/** Values of JSON that are neither a text nor hold others (RFC 8259 sections 3 and 6). */
final class JsonWord {

  private JsonWord() {}

  static boolean isNull(byte[] bytes, int length) {
    return is("null", bytes, length);
  }

  /** Whether it is true, false or a number. */
  static boolean isOther(byte[] bytes, int length) {
    return isNumber(bytes, length) || is("true", bytes, length) || is("false", bytes, length);
  }

  private static boolean is(String word, byte[] bytes, int length) {
    if (length != word.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(byte[] bytes, int length) {
    int whole = length > 0 && bytes[0] == '-' ? 1 : 0;
    int at = digitsEnd(bytes, whole, length);
    if (at == whole || bytes[whole] == '0' && at > whole + 1) {
      return false;
    }
    if (at < length && bytes[at] == '.') {
      int part = at + 1;
      at = digitsEnd(bytes, part, length);
      if (at == part) {
        return false;
      }
    }
    if (at < length && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      at = at < length && (bytes[at] == '+' || bytes[at] == '-') ? at + 1 : at;
      int digits = at;
      at = digitsEnd(bytes, digits, length);
      if (at == digits) {
        return false;
      }
    }
    return at == length;
  }

  private static int digitsEnd(byte[] bytes, int from, int length) {
    int at = from;
    while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }
}
