package dev.assay.load.imports;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Where;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text that is imported. Immutable.
 *
 * @param name the file as the user named it
 * @param text its text without a byte order mark
 */
record Source(String name, String text) {

  private static final int LONGEST_LINE = 300;

  /**
   * Decodes a file, strictly as UTF-8 (or UTF-16 where it begins with that byte order mark, as
   * PowerShell writes).
   *
   * @param most the most bytes it may have
   */
  static Source of(String name, byte[] bytes, int most) {
    if (bytes.length > most) {
      throw ImportProblems.TOO_LARGE.failure(
          Where.named(name),
          "'" + name + "' has more than " + (most >> 20) + " MiB",
          "record less, or cut it into several files");
    }
    if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
      return new Source(name, new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE));
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      throw ImportProblems.SYNTAX.failure(
          new Source(name, text).place(text.length()),
          String.format("the byte 0x%02x is not UTF-8", bytes[in.position()]),
          "export it again, or convert it with `iconv -t UTF-8`");
    }
    return new Source(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  /** The name of the file without its folders. */
  String fileName() {
    return name.replaceAll(".*[/\\\\]", "");
  }

  /** The place of a character of the text, counted from 0. */
  Place place(int offset) {
    int at = Math.clamp(offset, 0, text.length());
    int line = 1;
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    int end = text.indexOf('\n', start);
    String source = text.substring(start, end < 0 ? text.length() : end).replace("\r", "");
    int column = text.codePointCount(start, at) + 1;
    // a recording without line breaks would show as one line of megabytes
    return new Place(name, line, column, source.length() > LONGEST_LINE ? "" : source);
  }
}
