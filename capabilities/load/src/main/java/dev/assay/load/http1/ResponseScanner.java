package dev.assay.load.http1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of an HTTP/1.1 response in a stream of bytes that may be split anywhere (RFC 9112
 * sections 4, 6 and 7), and what a load generator needs to know of it: the status, the size of the
 * body, whether the connection can be used again. It reads only the header fields that frame a
 * message, keeps nothing of a body, and allocates nothing once its carry buffer has its size.
 *
 * <p>Lines end with CR LF or LF. All header lines of one response together, those of interim
 * responses and trailers included, may have {@link #LONGEST_HEAD} bytes.
 *
 * <p>Not thread-safe; one for each connection.
 */
public final class ResponseScanner {

  /** How many bytes the header section, or the trailer section, or one chunk-size line may have. */
  public static final int LONGEST_HEAD = 64 * 1024;

  /** Why a stream is not an HTTP/1.1 response. */
  public enum Fault {
    /** The first line is none of HTTP/1.0 or HTTP/1.1. */
    STATUS_LINE("the first line is not an HTTP/1.x status line"),
    /** A header line has no name. */
    HEADER("a header line has no valid name"),
    /** The length cannot be told. */
    LENGTH("Content-Length is not one whole number"),
    /** A chunk has no size or does not end where it says. */
    CHUNK("a chunk has no valid size or end"),
    /** A header section without an end in sight. */
    OVERSIZE("the header section is longer than 64 KiB"),
    /** Another protocol that nobody asked for. */
    UPGRADE("the server switched protocols without being asked");

    private final String sentence;

    Fault(String sentence) {
      this.sentence = sentence;
    }

    /** One sentence for people, without a full stop. */
    public String sentence() {
      return sentence;
    }
  }

  private enum Phase {
    STATUS_LINE,
    HEADER,
    FIXED_BODY,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER,
    UNTIL_CLOSE,
    DONE,
    BROKEN
  }

  private static final byte[] CONTENT_LENGTH = ascii("content-length");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
  private static final byte[] CONNECTION = ascii("connection");
  private static final byte[] CHUNKED = ascii("chunked");
  private static final byte[] CLOSE = ascii("close");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");
  private static final byte[] VERSION = ascii("HTTP/1.");

  private static final int LONGEST_LENGTH = 18;
  private static final int LONGEST_CHUNK_SIZE = 15;

  /** Who wants to see header fields. */
  public interface Fields {
    /**
     * A field of the final response's header section.
     *
     * @param line the bytes it stands in, valid during the call
     * @param from where the name begins
     * @param colon where the name ends
     * @param start where the value begins, without blanks
     * @param stop where it ends
     */
    void field(byte[] line, int from, int colon, int start, int stop);
  }

  private Phase phase = Phase.DONE;
  private @Nullable Fields fields;
  private @Nullable Fault fault;
  private byte[] carry = new byte[256];
  private int carried;
  private int headBytes;
  private boolean head;
  private boolean upgrading;
  private int status;
  private boolean oldVersion;
  private boolean close;
  private boolean keep;
  private long length;
  private boolean encoded;
  private boolean chunked;
  private boolean framingLine;
  private long remaining;
  private long body;

  /**
   * Prepares for the response to a request that was just sent.
   *
   * @param toHead whether the request's method was HEAD, whose response never has a body
   */
  public void begin(boolean toHead) {
    begin(toHead, null);
  }

  /**
   * The same, with someone who wants to see the header fields.
   *
   * @param toHead whether the request's method was HEAD
   * @param who is told of each field, or null
   */
  public void begin(boolean toHead, @Nullable Fields who) {
    head = toHead;
    upgrading = false;
    fields = who;
    headBytes = 0;
    carried = 0;
    body = 0;
    fault = null;
    expectStatusLine();
  }

  /**
   * Prepares for the response to a request that asked for another protocol (RFC 9110 section 7.8):
   * status 101 is then an answer, and the bytes behind its header section are the new protocol's.
   *
   * @param who is told of each header field, or null
   */
  public void beginUpgrade(@Nullable Fields who) {
    begin(false, who);
    upgrading = true;
  }

  private void expectStatusLine() {
    phase = Phase.STATUS_LINE;
    status = 0;
    oldVersion = false;
    close = false;
    keep = false;
    length = -1;
    encoded = false;
    chunked = false;
    framingLine = false;
  }

  /**
   * Scans the next bytes.
   *
   * @return the index after the last byte that belongs to the response; less than {@code to} only
   *     if {@link #ended()}
   */
  public int scan(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !ended()) {
      switch (phase) {
        case FIXED_BODY, CHUNK_DATA, UNTIL_CLOSE -> {
          int many = (int) Math.min(skippable(), to - at);
          skip(many);
          at += many;
        }
        default -> at = line(bytes, at, to);
      }
    }
    return at;
  }

  /**
   * Scans the next bytes, but stops in front of bytes of the body, so that the caller sees them.
   *
   * @return the index after the last byte scanned; less than {@code to} only if {@link #ended()} or
   *     bytes of the body follow
   */
  public int scanLines(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !ended() && skippable() == 0) {
      at = line(bytes, at, to);
    }
    return at;
  }

  /** How many of the next bytes need not be looked at: {@link #skip} them instead of scanning. */
  public long skippable() {
    return switch (phase) {
      case FIXED_BODY, CHUNK_DATA -> remaining;
      case UNTIL_CLOSE -> Long.MAX_VALUE;
      default -> 0;
    };
  }

  /**
   * Passes over bytes of a body.
   *
   * @param many at most {@link #skippable()}
   */
  public void skip(int many) {
    body += many;
    if (phase == Phase.UNTIL_CLOSE) {
      return;
    }
    remaining -= many;
    if (remaining == 0) {
      phase = phase == Phase.FIXED_BODY ? Phase.DONE : Phase.CHUNK_END;
    }
  }

  /** Says that the peer closed the connection; it ends a body that has no other end. */
  public void endOfStream() {
    if (phase == Phase.UNTIL_CLOSE) {
      phase = Phase.DONE;
    }
  }

  /** Whether there is nothing more to scan: the response is complete or broken. */
  public boolean ended() {
    return phase == Phase.DONE || phase == Phase.BROKEN;
  }

  /** Why it is broken, or null where it is not. */
  public @Nullable Fault fault() {
    return fault;
  }

  /** The status of the final response, 0 before it is known. */
  public int status() {
    return status;
  }

  /** Whether the response is complete and the connection speaks the other protocol from here on. */
  public boolean upgraded() {
    return phase == Phase.DONE && status == 101;
  }

  /** How many bytes the body had so far, without its framing. */
  public long bodyBytes() {
    return body;
  }

  /** Whether the connection may carry another request after this response (RFC 9112 9.3). */
  public boolean reusable() {
    boolean framed = !upgraded() && (head || bodyless() || chunked || length >= 0 && !encoded);
    return phase == Phase.DONE && framed && !close && (!oldVersion || keep && !encoded);
  }

  private boolean bodyless() {
    return status == 204 || status == 304;
  }

  private int line(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != '\n') {
      end++;
    }
    boolean whole = end < to;
    headBytes += end - from + (whole ? 1 : 0);
    if (headBytes > LONGEST_HEAD) {
      broken(Fault.OVERSIZE);
      return to;
    }
    if (whole && carried == 0) {
      parse(bytes, from, withoutReturn(bytes, from, end));
      return end + 1;
    }
    carry(bytes, from, end);
    if (!whole) {
      return to;
    }
    int many = carried;
    carried = 0;
    parse(carry, 0, withoutReturn(carry, 0, many));
    return end + 1;
  }

  private void carry(byte[] bytes, int from, int end) {
    int needed = carried + end - from;
    if (needed > carry.length) {
      carry = Arrays.copyOf(carry, Math.max(needed, Math.min(2 * carry.length, LONGEST_HEAD)));
    }
    System.arraycopy(bytes, from, carry, carried, end - from);
    carried = needed;
  }

  private static int withoutReturn(byte[] line, int from, int end) {
    return end > from && line[end - 1] == '\r' ? end - 1 : end;
  }

  private void parse(byte[] line, int from, int end) {
    switch (phase) {
      case STATUS_LINE -> statusLine(line, from, end);
      case HEADER -> {
        if (from == end) {
          endOfHead();
        } else {
          header(line, from, end, true);
        }
      }
      case CHUNK_SIZE -> chunkSize(line, from, end);
      case CHUNK_END -> {
        headBytes = 0;
        phase = Phase.CHUNK_SIZE;
        if (from != end) {
          broken(Fault.CHUNK);
        }
      }
      case TRAILER -> {
        if (from == end) {
          phase = Phase.DONE;
        } else {
          header(line, from, end, false);
        }
      }
      default -> throw new IllegalStateException("there is no line in " + phase);
    }
  }

  private void statusLine(byte[] line, int from, int end) {
    int at = from + VERSION.length;
    boolean shaped =
        end - from >= 12
            && Arrays.equals(line, from, at, VERSION, 0, VERSION.length)
            && (line[at] == '0' || line[at] == '1')
            && line[at + 1] == ' '
            && digit(line[at + 2])
            && line[at + 2] != '0'
            && digit(line[at + 3])
            && digit(line[at + 4])
            && (end - from == 12 || line[at + 5] == ' ');
    if (!shaped) {
      broken(Fault.STATUS_LINE);
      return;
    }
    oldVersion = line[at] == '0';
    status = (line[at + 2] - '0') * 100 + (line[at + 3] - '0') * 10 + line[at + 4] - '0';
    phase = Phase.HEADER;
  }

  private void header(byte[] line, int from, int end, boolean framing) {
    if (line[from] == ' ' || line[from] == '\t') {
      // An obsolete fold (RFC 9112 5.2) continues a value: harmless unless the value frames.
      if (framingLine) {
        broken(Fault.HEADER);
      }
      return;
    }
    int colon = from;
    while (colon < end && line[colon] > ' ' && line[colon] != ':') {
      colon++;
    }
    if (colon == from || colon == end || line[colon] != ':') {
      broken(Fault.HEADER);
      return;
    }
    framingLine = false;
    int first = line[from] | 0x20;
    Fields who = status >= 200 || status == 101 ? fields : null;
    if (!framing || who == null && first != 'c' && first != 't') {
      return;
    }
    int start = colon + 1;
    int stop = end;
    while (start < stop && blank(line[start])) {
      start++;
    }
    while (stop > start && blank(line[stop - 1])) {
      stop--;
    }
    if (who != null) {
      who.field(line, from, colon, start, stop);
    }
    if (is(CONTENT_LENGTH, line, from, colon)) {
      framingLine = true;
      contentLength(line, start, stop);
    } else if (is(TRANSFER_ENCODING, line, from, colon)) {
      framingLine = true;
      encoded = true;
      chunked = is(CHUNKED, line, lastToken(line, start, stop), stop);
    } else if (is(CONNECTION, line, from, colon)) {
      framingLine = true;
      connection(line, start, stop);
    }
  }

  /** One number, or the same number several times (RFC 9110 8.6). */
  private void contentLength(byte[] line, int start, int stop) {
    int at = start;
    do {
      int until = tokenEnd(line, at, stop);
      long value = number(line, at, trimmed(line, at, until));
      if (value < 0 || length >= 0 && length != value) {
        broken(Fault.LENGTH);
        return;
      }
      length = value;
      at = nextToken(line, until, stop);
    } while (at < stop);
  }

  private static long number(byte[] line, int start, int stop) {
    if (start == stop || stop - start > LONGEST_LENGTH) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < stop; i++) {
      if (!digit(line[i])) {
        return -1;
      }
      value = value * 10 + line[i] - '0';
    }
    return value;
  }

  private void connection(byte[] line, int start, int stop) {
    int at = start;
    while (at < stop) {
      int until = tokenEnd(line, at, stop);
      int last = trimmed(line, at, until);
      close |= is(CLOSE, line, at, last);
      keep |= is(KEEP_ALIVE, line, at, last);
      at = nextToken(line, until, stop);
    }
  }

  private void endOfHead() {
    if (status == 101 && upgrading) {
      phase = Phase.DONE;
    } else if (status == 101) {
      broken(Fault.UPGRADE);
    } else if (status < 200) {
      expectStatusLine();
    } else if (head || bodyless()) {
      phase = Phase.DONE;
    } else if (chunked) {
      headBytes = 0;
      // A length beside chunks is how requests are smuggled: not trusted with another request.
      close |= length >= 0;
      phase = Phase.CHUNK_SIZE;
    } else if (encoded || length < 0) {
      phase = Phase.UNTIL_CLOSE;
    } else {
      remaining = length;
      phase = length == 0 ? Phase.DONE : Phase.FIXED_BODY;
    }
  }

  private void chunkSize(byte[] line, int from, int end) {
    long size = 0;
    int at = from;
    while (at < end && hex(line[at]) >= 0) {
      size = size * 16 + hex(line[at]);
      at++;
      if (at - from > LONGEST_CHUNK_SIZE) {
        broken(Fault.CHUNK);
        return;
      }
    }
    int digits = at - from;
    while (at < end && blank(line[at])) {
      at++;
    }
    if (digits == 0 || at < end && line[at] != ';') {
      broken(Fault.CHUNK);
      return;
    }
    headBytes = 0;
    remaining = size;
    phase = size == 0 ? Phase.TRAILER : Phase.CHUNK_DATA;
  }

  private void broken(Fault why) {
    fault = why;
    phase = Phase.BROKEN;
  }

  private static int lastToken(byte[] line, int start, int stop) {
    int at = start;
    for (int i = start; i < stop; i++) {
      if (line[i] == ',') {
        at = i + 1;
      }
    }
    while (at < stop && blank(line[at])) {
      at++;
    }
    return at;
  }

  private static int tokenEnd(byte[] line, int at, int stop) {
    int end = at;
    while (end < stop && line[end] != ',') {
      end++;
    }
    return end;
  }

  private static int nextToken(byte[] line, int end, int stop) {
    int at = end + 1;
    while (at < stop && blank(line[at])) {
      at++;
    }
    return at;
  }

  private static int trimmed(byte[] line, int from, int end) {
    int last = end;
    while (last > from && blank(line[last - 1])) {
      last--;
    }
    return last;
  }

  private static boolean is(byte[] lowerCase, byte[] line, int from, int end) {
    if (end - from != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte b = line[from + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static int hex(byte b) {
    return Character.digit(b, 16);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
