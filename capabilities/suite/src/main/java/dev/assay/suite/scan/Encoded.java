package dev.assay.suite.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stream of bytes as UTF-8, without a byte order mark, whatever Unicode or declared encoding it
 * came in. UTF-16 and UTF-32 are known by their mark, or by the zeros beside the first character.
 * Bytes that claim to be UTF-8 pass as they are. Not thread-safe.
 */
public final class Encoded extends InputStream {

  private static final int HEAD = 1024;
  private static final Pattern DECLARED =
      Pattern.compile(
          "<\\?xml[^>]{0,200}?encoding\\s{0,9}=\\s{0,9}[\"']([^\"'>]{1,60})[\"']",
          Pattern.CASE_INSENSITIVE);

  private final InputStream bytes;
  private final byte[] head;
  private int headAt;
  private boolean declaredWrongly;
  private final @Nullable Transcoding transcoding;

  /** Looks at the first bytes. */
  public Encoded(InputStream bytes) throws IOException {
    this.bytes = bytes;
    this.head = bytes.readNBytes(HEAD);
    Charset charset = charset();
    this.transcoding = charset == null ? null : new Transcoding(charset, this::raw);
  }

  /** Whether bytes were met that are not of the encoding, as far as was read. */
  public boolean foreign() {
    return declaredWrongly || (transcoding != null && transcoding.foreign);
  }

  private @Nullable Charset charset() {
    if (starts(0xEF, 0xBB, 0xBF)) {
      headAt = 3;
      return null;
    }
    if (starts(0xFF, 0xFE, 0, 0) || starts('<', 0, 0, 0)) {
      return Charset.forName("UTF-32LE");
    }
    if (starts(0, 0, 0xFE, 0xFF) || starts(0, 0, 0, '<')) {
      return Charset.forName("UTF-32BE");
    }
    if (starts(0xFE, 0xFF)) {
      return StandardCharsets.UTF_16BE;
    }
    if (starts(0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    if (head.length > 3 && head[0] == 0 && head[1] > 0 && head[2] == 0 && head[3] > 0) {
      return StandardCharsets.UTF_16BE;
    }
    if (head.length > 3 && head[0] > 0 && head[1] == 0 && head[2] > 0 && head[3] == 0) {
      return StandardCharsets.UTF_16LE;
    }
    return declared();
  }

  /** The encoding of an XML declaration, unless it is UTF-8 or a part of that. */
  private @Nullable Charset declared() {
    Matcher matcher = DECLARED.matcher(new String(head, StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      return null;
    }
    try {
      Charset charset = Charset.forName(matcher.group(1).strip());
      // the declaration was read as ASCII, so an encoding that ASCII is no part of is not true
      boolean possible = "<".equals(new String(new byte[] {'<'}, charset));
      declaredWrongly = !possible;
      boolean utf8 =
          charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
      return !possible || utf8 ? null : charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      declaredWrongly = true;
      return null;
    }
  }

  private boolean starts(int... expected) {
    if (head.length < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((head[i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private int raw(byte[] target, int offset, int length) throws IOException {
    if (headAt < head.length) {
      int count = Math.min(length, head.length - headAt);
      System.arraycopy(head, headAt, target, offset, count);
      headAt += count;
      return count;
    }
    return bytes.read(target, offset, length);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return transcoding == null
        ? raw(target, offset, length)
        : transcoding.read(target, offset, length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /** Where bytes come from. */
  @FunctionalInterface
  private interface Source {
    int read(byte[] target, int offset, int length) throws IOException;
  }

  /** From another encoding to UTF-8, byte by byte where the bytes are not of it. */
  private static final class Transcoding {
    private final Source source;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith(new byte[] {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD});
    private final boolean wide;
    private final ByteBuffer in = ByteBuffer.allocate(16_384).limit(0);
    private final CharBuffer text = CharBuffer.allocate(16_384).limit(0);
    private final ByteBuffer out = ByteBuffer.allocate(65_536).limit(0);
    private boolean lastBytes;
    private boolean lastText;
    private boolean start = true;
    private boolean foreign;

    Transcoding(Charset charset, Source source) {
      this.source = source;
      this.wide = charset.name().startsWith("UTF-");
      this.decoder =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    int read(byte[] target, int offset, int length) throws IOException {
      while (!out.hasRemaining()) {
        if (lastText && !text.hasRemaining()) {
          return -1;
        }
        if (!text.hasRemaining() || !lastText) {
          decode();
        }
        out.clear();
        encoder.encode(text, out, lastText);
        out.flip();
      }
      int count = Math.min(length, out.remaining());
      out.get(target, offset, count);
      return count;
    }

    private void decode() throws IOException {
      in.compact();
      while (in.position() == 0 || (!lastBytes && in.position() < 4)) {
        int count = source.read(in.array(), in.position(), in.remaining());
        if (count < 0) {
          lastBytes = true;
          break;
        }
        in.position(in.position() + count);
      }
      in.flip();
      text.compact();
      CoderResult result = decoder.decode(in, text, lastBytes);
      while (result.isError() && text.remaining() >= result.length()) {
        foreign = true;
        byte[] wrong = new byte[result.length()];
        in.get(wrong);
        // half a character of a wide encoding is no character of a narrow one
        text.put(wide ? "\uFFFD" : new String(wrong, Utf8.FALLBACK));
        result = decoder.decode(in, text, lastBytes);
      }
      text.flip();
      lastText = lastBytes && !in.hasRemaining();
      if (start && text.hasRemaining()) {
        start = false;
        if (text.get(text.position()) == '\uFEFF') {
          text.get();
        }
      }
    }
  }
}
