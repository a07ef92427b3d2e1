package dev.assay.suite.scan;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to text: UTF-8, and windows-1252 for each byte that is no part of a character. */
final class Utf8 {

  static final Charset FALLBACK = Charset.forName("windows-1252");

  private Utf8() {}

  static String text(byte[] bytes, int start, int length) {
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    // U+FFFD is rare enough in reports to look twice at what has one
    return text.indexOf('\uFFFD') < 0 ? text : patient(bytes, start, length);
  }

  static boolean foreign(byte[] bytes, int start, int length) {
    if (Search.ascii(bytes, start, start + length)) {
      return false;
    }
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') >= 0 && !valid(bytes, start, length);
  }

  private static CharsetDecoder strict() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static boolean valid(byte[] bytes, int start, int length) {
    CharBuffer out = CharBuffer.allocate(length);
    return !strict().decode(ByteBuffer.wrap(bytes, start, length), out, true).isError();
  }

  private static String patient(byte[] bytes, int start, int length) {
    CharsetDecoder decoder = strict();
    ByteBuffer in = ByteBuffer.wrap(bytes, start, length);
    CharBuffer out = CharBuffer.allocate(length + 1);
    while (true) {
      var result = decoder.decode(in, out, true);
      if (!result.isError()) {
        return out.flip().toString();
      }
      byte[] wrong = new byte[result.length()];
      in.get(wrong);
      out.put(new String(wrong, FALLBACK));
    }
  }
}
