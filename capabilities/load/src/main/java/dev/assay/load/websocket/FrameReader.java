package dev.assay.load.websocket;

import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a server (RFC 6455 section 5) from a stream of bytes that may be split
 * anywhere. It keeps nothing of a message: each piece is reported where it lies in the caller's
 * bytes. Only a control frame that is split is gathered, in at most 125 bytes.
 *
 * <pre>{@code
 * int at = from;
 * while (at < to) {
 *   at = reader.read(bytes, at, to);
 *   switch (reader.event()) { ... }
 * }
 * }</pre>
 *
 * <p>Every rule is checked at the first byte that breaks it; a length is checked against the limit
 * before a byte of its payload. After a fault or a close frame whatever follows is passed over.
 *
 * <p>Not thread-safe; one for each connection.
 */
public final class FrameReader {

  /** The longest message in bytes where no other limit is given. */
  public static final long LONGEST_MESSAGE = 16L << 20;

  /** The code of a close frame that has none (RFC 6455 section 7.1.5). */
  public static final int NO_CODE = 1005;

  /** What one call of {@link #read} came upon. */
  public enum Event {
    /** All bytes were read and more are needed. */
    NONE,
    /** A piece of a message, empty at times; {@link #complete} says whether it is the last. */
    DATA,
    /** A ping that wants a pong with the same payload. */
    PING,
    /** A pong. */
    PONG,
    /** A close frame: {@link #closeCode}, and its reason as the payload. */
    CLOSE,
    /** The server broke a rule: {@link #fault}. */
    FAULT
  }

  private enum Phase {
    FIRST_BYTE,
    SECOND_BYTE,
    LENGTH,
    DATA,
    CONTROL,
    CLOSED,
    BROKEN
  }

  private static final byte[] NOTHING = {};
  private static final int LONGEST_CONTROL = 125;

  private final long limit;

  private Phase phase = Phase.FIRST_BYTE;
  private Event event = Event.NONE;
  private @Nullable WebSocketFault fault;

  private int opcode;
  private boolean last;
  private int lengthBytes;
  private int shortest;
  private long remaining;

  private boolean inMessage;
  private boolean text;
  private int utf8;
  private long messageBytes;
  private boolean complete;

  private byte @Nullable [] gathered;
  private int gatheredBytes;
  private byte[] payload = NOTHING;
  private int payloadFrom;
  private int payloadTo;
  private int closeCode;

  /** A reader that takes messages of up to {@link #LONGEST_MESSAGE} bytes. */
  public FrameReader() {
    this(LONGEST_MESSAGE);
  }

  /**
   * A reader with its own limit.
   *
   * @param limit how many bytes a message may have, all its fragments together
   */
  public FrameReader(long limit) {
    this.limit = limit;
  }

  /**
   * Reads until something is to be told or the bytes are used up.
   *
   * @return the index after the last byte read; equal to {@code to} where the event is NONE
   */
  public int read(byte[] bytes, int from, int to) {
    event = Event.NONE;
    payload = NOTHING;
    payloadFrom = 0;
    payloadTo = 0;
    int at = from;
    while (at < to && event == Event.NONE) {
      switch (phase) {
        case FIRST_BYTE -> firstByte(bytes[at++]);
        case SECOND_BYTE -> secondByte(bytes[at++]);
        case LENGTH -> lengthByte(bytes[at++]);
        case DATA -> at = data(bytes, at, to);
        case CONTROL -> at = control(bytes, at, to);
        case CLOSED -> at = to;
        case BROKEN -> {
          event = Event.FAULT;
          at = to;
        }
      }
    }
    return at;
  }

  /** What the last call of {@link #read} came upon. */
  public Event event() {
    return event;
  }

  /** Which rule was broken, or null. */
  public @Nullable WebSocketFault fault() {
    return fault;
  }

  /** Where {@link #payloadFrom} and {@link #payloadTo} point into; valid until the next read. */
  public byte[] payload() {
    return payload;
  }

  /** The first byte of this piece of a message, or of a control frame's payload. */
  public int payloadFrom() {
    return payloadFrom;
  }

  /** The index after its last byte. */
  public int payloadTo() {
    return payloadTo;
  }

  /** Whether the piece is the last of its message. */
  public boolean complete() {
    return complete;
  }

  /** Whether the message is text; else it is binary. */
  public boolean text() {
    return text;
  }

  /** How many bytes of the message were read so far, this piece included. */
  public long messageBytes() {
    return messageBytes;
  }

  /** The code of the close frame, {@link #NO_CODE} where it has none. */
  public int closeCode() {
    return closeCode;
  }

  private void firstByte(byte first) {
    opcode = first & 0x0F;
    last = first < 0;
    if ((first & 0x70) != 0) {
      broken(WebSocketFault.RESERVED_BITS);
    } else if (opcode > Opcode.PONG || opcode > Opcode.BINARY && opcode < Opcode.CLOSE) {
      broken(WebSocketFault.OPCODE);
    } else if (opcode >= Opcode.CLOSE && !last) {
      broken(WebSocketFault.CONTROL_FRAGMENTED);
    } else if (opcode == Opcode.CONTINUATION && !inMessage) {
      broken(WebSocketFault.CONTINUATION);
    } else if (inMessage && (opcode == Opcode.TEXT || opcode == Opcode.BINARY)) {
      broken(WebSocketFault.INTERLEAVED);
    } else {
      phase = Phase.SECOND_BYTE;
    }
  }

  private void secondByte(byte second) {
    int length = second & 0x7F;
    if (second < 0) {
      broken(WebSocketFault.MASKED);
    } else if (opcode >= Opcode.CLOSE && length > LONGEST_CONTROL) {
      broken(WebSocketFault.CONTROL_LENGTH);
    } else if (length < 126) {
      remaining = length;
      payloadBegins();
    } else {
      remaining = 0;
      lengthBytes = length == 126 ? 2 : 8;
      phase = Phase.LENGTH;
      shortest = length == 126 ? 126 : 65_536;
    }
  }

  private void lengthByte(byte next) {
    remaining = remaining << 8 | next & 0xFF;
    lengthBytes--;
    if (lengthBytes == 0) {
      if (remaining < shortest) {
        broken(WebSocketFault.LENGTH);
      } else {
        payloadBegins();
      }
    }
  }

  private void payloadBegins() {
    if (opcode >= Opcode.CLOSE) {
      gatheredBytes = 0;
      phase = Phase.CONTROL;
      if (remaining == 0) {
        controlEnded(NOTHING, 0, 0);
      }
      return;
    }
    if (opcode != Opcode.CONTINUATION) {
      inMessage = true;
      text = opcode == Opcode.TEXT;
      utf8 = Utf8.BOUNDARY;
      messageBytes = 0;
    }
    complete = false;
    if (remaining > limit - messageBytes) {
      broken(WebSocketFault.TOO_LONG);
      return;
    }
    phase = Phase.DATA;
    if (remaining == 0) {
      dataEnded();
    }
  }

  private int data(byte[] bytes, int from, int to) {
    int many = (int) Math.min(remaining, to - from);
    int end = from + many;
    remaining -= many;
    messageBytes += many;
    if (text) {
      utf8 = Utf8.check(utf8, bytes, from, end);
      if (utf8 == Utf8.INVALID) {
        broken(WebSocketFault.UTF8);
        return end;
      }
    }
    event = Event.DATA;
    payload(bytes, from, end);
    if (remaining == 0) {
      dataEnded();
    }
    return end;
  }

  private void dataEnded() {
    phase = Phase.FIRST_BYTE;
    if (!last) {
      return;
    }
    if (text && utf8 != Utf8.BOUNDARY) {
      broken(WebSocketFault.UTF8);
      return;
    }
    inMessage = false;
    complete = true;
    event = Event.DATA;
  }

  private int control(byte[] bytes, int from, int to) {
    int missing = (int) remaining - gatheredBytes;
    if (gatheredBytes == 0 && to - from >= missing) {
      controlEnded(bytes, from, from + missing);
      return from + missing;
    }
    int many = Math.min(missing, to - from);
    byte[] into = gathered;
    if (into == null) {
      into = new byte[LONGEST_CONTROL];
      gathered = into;
    }
    System.arraycopy(bytes, from, into, gatheredBytes, many);
    gatheredBytes += many;
    if (many == missing) {
      controlEnded(into, 0, gatheredBytes);
    }
    return from + many;
  }

  private void controlEnded(byte[] bytes, int from, int to) {
    phase = Phase.FIRST_BYTE;
    payload(bytes, from, to);
    switch (opcode) {
      case Opcode.PING -> event = Event.PING;
      case Opcode.PONG -> event = Event.PONG;
      default -> closed(bytes, from, to);
    }
  }

  private void closed(byte[] bytes, int from, int to) {
    int code = NO_CODE;
    int reason = from;
    if (to > from) {
      code = to - from == 1 ? 0 : (bytes[from] & 0xFF) << 8 | bytes[from + 1] & 0xFF;
      reason = Math.min(to, from + 2);
      if (!mayBeSent(code)) {
        broken(WebSocketFault.CLOSE_CODE);
        return;
      }
      if (Utf8.check(Utf8.BOUNDARY, bytes, reason, to) != Utf8.BOUNDARY) {
        broken(WebSocketFault.UTF8);
        return;
      }
    }
    payload(bytes, reason, to);
    closeCode = code;
    event = Event.CLOSE;
    phase = Phase.CLOSED;
  }

  /** Codes of RFC 6455 section 7.4 and those that IANA registered since. */
  private static boolean mayBeSent(int code) {
    return code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)
        || code >= 3000 && code <= 4999;
  }

  private void payload(byte[] bytes, int from, int to) {
    payload = bytes;
    payloadFrom = from;
    payloadTo = to;
  }

  private void broken(WebSocketFault why) {
    fault = why;
    event = Event.FAULT;
    phase = Phase.BROKEN;
    payload(NOTHING, 0, 0);
  }
}
