package dev.assay.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;

/**
 * Copies a text file with its secrets masked, and the middle left out where it is long. UTF-16 (by
 * its mark) becomes UTF-8; every other byte that is not UTF-8 stays as it is.
 */
final class RedactedCopy {

  /** How many characters of a file's begin and of its end are kept. */
  static final int HEAD = 4 * 1024 * 1024;

  static final int TAIL = 12 * 1024 * 1024;
  private static final int BLOCK = 256 * 1024;

  private RedactedCopy() {}

  /**
   * Copies.
   *
   * @param redact masks the secrets of a text; it sees blocks of up to 256 Ki characters that end
   *     at a line's end where there is one
   * @return whether something was left out
   */
  static boolean copy(Path from, Path to, UnaryOperator<String> redact) throws IOException {
    long size = Files.size(from);
    Charset charset = charset(from);
    boolean cut = size > HEAD + (long) TAIL && !charset.equals(StandardCharsets.UTF_16);
    try (InputStream bytes = Files.newInputStream(from);
        Writer writer = Files.newBufferedWriter(to, target(charset))) {
      if (!cut) {
        pour(bytes, charset, Long.MAX_VALUE, writer, redact);
        return false;
      }
      pour(bytes, charset, HEAD, writer, redact);
      writer.write("\n… (" + (size - HEAD - TAIL) + " bytes left out) …\n");
    }
    try (InputStream bytes = Files.newInputStream(from);
        Writer writer = Files.newBufferedWriter(to, target(charset), StandardOpenOption.APPEND)) {
      bytes.skipNBytes(size - TAIL);
      pour(bytes, charset, TAIL, writer, redact);
    }
    return true;
  }

  private static Charset target(Charset source) {
    return source.equals(StandardCharsets.ISO_8859_1) ? source : StandardCharsets.UTF_8;
  }

  private static Charset charset(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] mark = bytes.readNBytes(2);
      boolean wide =
          mark.length == 2
              && ((mark[0] == (byte) 0xFE && mark[1] == (byte) 0xFF)
                  || (mark[0] == (byte) 0xFF && mark[1] == (byte) 0xFE));
      return wide ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1;
    }
  }

  private static void pour(
      InputStream bytes, Charset charset, long most, Writer writer, UnaryOperator<String> redact)
      throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, charset), BLOCK);
    StringBuilder block = new StringBuilder();
    char[] piece = new char[8192];
    long left = most;
    int count = 0;
    while (count >= 0) {
      count = reader.read(piece, 0, (int) Math.min(piece.length, left));
      if (count > 0) {
        block.append(piece, 0, count);
        left -= count;
      }
      boolean last = count <= 0 || left == 0;
      if (block.length() >= BLOCK || last) {
        int end = last ? block.length() : lastLine(block);
        writer.write(masked(block.substring(0, end), charset, redact));
        block.delete(0, end);
      }
      if (last) {
        return;
      }
    }
  }

  private static int lastLine(StringBuilder block) {
    int end = block.lastIndexOf("\n");
    return end < 0 ? block.length() : end + 1;
  }

  /** Single bytes are taken for characters, so the text for the eyes of {@code redact} is UTF-8. */
  private static String masked(String text, Charset charset, UnaryOperator<String> redact) {
    if (!charset.equals(StandardCharsets.ISO_8859_1)) {
      return redact.apply(text);
    }
    String readable =
        new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    String redacted = redact.apply(readable);
    return redacted.equals(readable)
        ? text
        : new String(redacted.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
