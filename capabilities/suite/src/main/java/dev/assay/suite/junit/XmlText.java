package dev.assay.suite.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Any bytes as a text that is safe to give to an XML parser: inside one element {@code <all>}, with
 * nothing in it but elements, attributes and plain characters.
 *
 * <ul>
 *   <li>XML declarations, processing instructions and comments are dropped (their line ends stay),
 *       so that several documents one after the other and blank lines before a declaration do no
 *       harm.
 *   <li>CDATA becomes escaped characters, which a parser hands out in pieces where it would hold a
 *       whole CDATA section in memory.
 *   <li>No entity but the five of XML reaches the parser; every other reference is escaped, so
 *       nothing can be expanded or fetched. A document type is dropped up to its {@code >} and
 *       {@linkplain #documentType() remembered}.
 *   <li>Characters that XML forbids, written as such or as references, become U+FFFD.
 *   <li>An attribute's value is cut at 64 Ki characters.
 *   <li>Bytes that are not of the declared encoding are read as windows-1252, byte by byte.
 * </ul>
 *
 * <p>Not thread-safe.
 */
final class XmlText extends Reader {

  static final String ROOT = "all";

  private static final int LONGEST_VALUE = 65_536;
  private static final int LONGEST_REFERENCE = 12;
  private static final Set<String> ENTITIES = Set.of("amp", "lt", "gt", "quot", "apos");
  private static final Pattern DECLARED =
      Pattern.compile("<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([^\"']{1,60})[\"']");

  private enum State {
    TEXT,
    TAG,
    VALUE,
    CDATA,
    ENDED
  }

  private final InputStream bytes;
  private final ByteBuffer undecoded = ByteBuffer.allocate(16_384);
  private final CharBuffer decoded = CharBuffer.allocate(16_384);
  private final CharsetDecoder decoder;
  private boolean lastBytes;
  private boolean foreignBytes;
  private boolean documentType;
  private boolean cutInMarkup;

  private final StringBuilder ready = new StringBuilder("<" + ROOT + ">");
  private int readyAt;
  private long handedOut;
  private long contentEnd = -1;
  private State state = State.TEXT;
  private char quote;
  private int valueLength;

  XmlText(InputStream bytes) throws IOException {
    this.bytes = bytes;
    fill();
    undecoded.flip();
    decoder =
        encoding()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    decoded.limit(0);
  }

  /** Whether a document type was met; known from the moment it was passed. */
  boolean documentType() {
    return documentType;
  }

  /** Whether some bytes were not of the encoding. */
  boolean foreignBytes() {
    return foreignBytes;
  }

  /** Whether the file ended inside a tag, comment, section or instruction. */
  boolean cutInMarkup() {
    return cutInMarkup;
  }

  /** Whether a parser that stopped at this offset had read all that the file has. */
  boolean pastContent(long offset) {
    return contentEnd >= 0 && offset >= contentEnd;
  }

  // ---- bytes to characters

  private Charset encoding() {
    byte[] head = new byte[Math.min(undecoded.remaining(), 512)];
    undecoded.get(undecoded.position(), head);
    if (starts(head, 0xEF, 0xBB, 0xBF)) {
      undecoded.position(3);
      return StandardCharsets.UTF_8;
    }
    if (starts(head, 0xFE, 0xFF) || starts(head, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16;
    }
    if (starts(head, 0, '<')) {
      return StandardCharsets.UTF_16BE;
    }
    if (starts(head, '<', 0)) {
      return StandardCharsets.UTF_16LE;
    }
    Matcher declared = DECLARED.matcher(new String(head, StandardCharsets.ISO_8859_1));
    if (declared.find()) {
      try {
        Charset charset = Charset.forName(declared.group(1).strip());
        // the declaration was read as ASCII, so an encoding that ASCII is no part of is not true
        boolean possible = charset.canEncode() && "<".equals(new String(new byte[] {'<'}, charset));
        foreignBytes = !possible;
        return possible ? charset : StandardCharsets.UTF_8;
      } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
        foreignBytes = true;
      }
    }
    return StandardCharsets.UTF_8;
  }

  private static boolean starts(byte[] head, int... expected) {
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

  private void fill() throws IOException {
    while (undecoded.hasRemaining() && !lastBytes) {
      int count = bytes.read(undecoded.array(), undecoded.position(), undecoded.remaining());
      if (count < 0) {
        lastBytes = true;
      } else {
        undecoded.position(undecoded.position() + count);
      }
    }
  }

  /** Makes at least {@code wanted} characters available, unless the file has no more. */
  private boolean available(int wanted) throws IOException {
    while (decoded.remaining() < wanted) {
      decoded.compact();
      CoderResult result = decoder.decode(undecoded, decoded, lastBytes);
      if (result.isError()) {
        foreignBytes = true;
        decoded.put(foreign(result.length()));
      }
      decoded.flip();
      if (result.isUnderflow()) {
        if (lastBytes) {
          return decoded.remaining() >= wanted;
        }
        undecoded.compact();
        fill();
        undecoded.flip();
      }
    }
    return true;
  }

  private CharBuffer foreign(int count) {
    byte[] wrong = new byte[Math.min(count, decoded.remaining())];
    undecoded.get(wrong);
    // half a character of a wide encoding is no character of a narrow one
    return CharBuffer.wrap(
        decoder.charset().name().startsWith("UTF-16")
            ? "\uFFFD"
            : new String(wrong, Charset.forName("windows-1252")));
  }

  private int peek(int ahead) throws IOException {
    return available(ahead + 1) ? decoded.get(decoded.position() + ahead) : -1;
  }

  private int take() throws IOException {
    return available(1) ? decoded.get() : -1;
  }

  private boolean at(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      if (peek(i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      take();
    }
  }

  // ---- characters to safe XML

  private void produce() throws IOException {
    int next = take();
    if (next < 0) {
      end();
      return;
    }
    char c = (char) next;
    switch (state) {
      case TEXT -> text(c);
      case TAG -> tag(c);
      case VALUE -> value(c);
      case CDATA -> section(c);
      case ENDED -> throw new IllegalStateException("read beyond the end");
    }
  }

  private void end() {
    cutInMarkup |= state != State.TEXT;
    state = State.ENDED;
    contentEnd = handedOut + ready.length() - readyAt;
    ready.append("</").append(ROOT).append('>');
  }

  private void text(char c) throws IOException {
    if (c == '&') {
      reference(true);
    } else if (c != '<') {
      put(c);
    } else if (peek(0) == '?') {
      drop("?>");
    } else if (at("!--")) {
      skip(3);
      drop("-->");
    } else if (at("![CDATA[")) {
      skip(8);
      state = State.CDATA;
    } else if (peek(0) == '!') {
      documentType = true;
      drop(">");
    } else {
      ready.append('<');
      state = State.TAG;
    }
  }

  private void tag(char c) throws IOException {
    if (c == '"' || c == '\'') {
      quote = c;
      valueLength = 0;
      state = State.VALUE;
    } else if (c == '>') {
      state = State.TEXT;
    }
    put(c);
  }

  private void value(char c) throws IOException {
    boolean fits = ++valueLength <= LONGEST_VALUE;
    if (c == quote) {
      ready.append(c);
      state = State.TAG;
    } else if (c == '&') {
      reference(fits);
    } else if (c == '<') {
      ready.append(fits ? "&lt;" : "");
    } else if (fits) {
      put(c);
    }
  }

  private void section(char c) throws IOException {
    if (c == ']' && at("]>")) {
      skip(2);
      state = State.TEXT;
    } else if (c == '<' || c == '&' || c == '>') {
      ready.append(c == '<' ? "&lt;" : c == '&' ? "&amp;" : "&gt;");
    } else {
      put(c);
    }
  }

  private void drop(String end) throws IOException {
    while (!at(end)) {
      int c = take();
      if (c < 0) {
        cutInMarkup = true;
        return;
      }
      // beyond that many line ends only the line numbers of notices suffer
      if (c == '\n' && ready.length() < 65_536) {
        ready.append('\n');
      }
    }
    skip(end.length());
  }

  private void reference(boolean wanted) throws IOException {
    int length = 0;
    while (length < LONGEST_REFERENCE && referenceCharacter(peek(length))) {
      length++;
    }
    if (peek(length) != ';') {
      ready.append(wanted ? "&amp;" : "");
      return;
    }
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < length; i++) {
      name.append((char) take());
    }
    take();
    if (wanted) {
      ready.append(resolved(name.toString()));
    }
  }

  private static boolean referenceCharacter(int c) {
    return c == '#' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String resolved(String name) {
    if (ENTITIES.contains(name)) {
      return "&" + name + ";";
    }
    if (!name.startsWith("#")) {
      return "&amp;" + name + ";";
    }
    try {
      int code =
          name.startsWith("#x") || name.startsWith("#X")
              ? Integer.parseInt(name.substring(2), 16)
              : Integer.parseInt(name.substring(1));
      return allowed(code) ? "&#" + code + ";" : "\uFFFD";
    } catch (NumberFormatException notNumeric) {
      return "&amp;" + name + ";";
    }
  }

  private void put(char c) throws IOException {
    if (Character.isHighSurrogate(c)) {
      int low = peek(0);
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        ready.append(c).append((char) take());
      } else {
        ready.append('\uFFFD');
      }
    } else {
      ready.append(allowed(c) ? c : '\uFFFD');
    }
  }

  /** Production 2 of XML 1.0, {@code Char}. */
  private static boolean allowed(int code) {
    return code == 0x9
        || code == 0xA
        || code == 0xD
        || (code >= 0x20 && code <= 0xD7FF)
        || (code >= 0xE000 && code <= 0xFFFD)
        || (code >= 0x10000 && code <= 0x10FFFF);
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (ready.length() - readyAt < length && state != State.ENDED) {
      if (readyAt > 0) {
        ready.delete(0, readyAt);
        readyAt = 0;
      }
      produce();
    }
    int count = Math.min(length, ready.length() - readyAt);
    if (count == 0) {
      return length == 0 ? 0 : -1;
    }
    ready.getChars(readyAt, readyAt + count, target, offset);
    readyAt += count;
    handedOut += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
