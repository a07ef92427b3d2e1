package dev.assay.load.events;

import java.util.Arrays;

/**
 * Reads a stream of server-sent events (WHATWG HTML section 9.2.6) that may be split anywhere.
 *
 * <p>Without content it keeps nothing but where it stands, and tells the end of each event. With
 * content it gathers data, type and id of the event under way, in buffers that are used again. An
 * event may have {@link #LONGEST_EVENT} bytes of values; comments, which keep a silent stream
 * alive, and unknown fields count nothing. The stream has no other way to be wrong: bytes that are
 * not UTF-8 are, as the standard has it, a matter of who decodes them.
 *
 * <p>Not thread-safe; one for each response under way.
 */
public final class EventStreamReader {

  /** How many bytes the values of one event may have, all its lines together. */
  public static final int LONGEST_EVENT = 1 << 20;

  private enum Place {
    MARK,
    NAME,
    BLANK,
    VALUE
  }

  private enum Field {
    DATA,
    EVENT,
    ID,
    RETRY,
    OTHER
  }

  private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};
  private static final long NAME_DATA = packed("data");
  private static final long NAME_EVENT = packed("event");
  private static final long NAME_ID = packed("id");
  private static final long NAME_RETRY = packed("retry");
  private static final int LONGEST_NAME = 5;
  private static final int LONGEST_RETRY = 18;

  private final boolean content;
  private final Text data = new Text();
  private final Text type = new Text();
  private final Text id = new Text();
  private final Text pendingId = new Text();
  private final byte[] one = new byte[1];

  private Place place = Place.MARK;
  private int marked;
  private boolean afterReturn;
  private long name = 1;
  private int nameLength;
  private Field field = Field.OTHER;
  private boolean idBroken;
  private long retryDigits;
  private int retryLength;
  private long retry = -1;
  private int dataLines;
  private int eventBytes;
  private boolean complete;
  private boolean oversize;

  /**
   * A reader at the start of a stream.
   *
   * @param content whether data, type and id of events are wanted
   */
  public EventStreamReader(boolean content) {
    this.content = content;
  }

  /** Prepares for another stream. */
  public void begin() {
    startName();
    place = Place.MARK;
    marked = 0;
    afterReturn = false;
    retry = -1;
    dataLines = 0;
    eventBytes = 0;
    complete = false;
    oversize = false;
    data.clear();
    type.clear();
    id.clear();
  }

  /**
   * Reads until an event ends or the bytes are used up.
   *
   * @return the index after the last byte read; {@link #complete} says whether an event ends there
   */
  public int read(byte[] bytes, int from, int to) {
    if (complete) {
      startEvent();
    }
    int at = from;
    while (at < to && !complete && !oversize) {
      if (place == Place.VALUE) {
        at = value(bytes, at, to);
      } else {
        next(bytes[at++]);
      }
    }
    return oversize ? to : at;
  }

  /** Whether an event ended where the last call of {@link #read} stopped. */
  public boolean complete() {
    return complete;
  }

  /**
   * Whether an event was longer than {@link #LONGEST_EVENT}; the rest of the stream is not read.
   */
  public boolean oversize() {
    return oversize;
  }

  /** The data of the event that ended, up to {@link #dataLength}; empty without content. */
  public byte[] data() {
    return data.bytes;
  }

  /** How many bytes of data the event has. */
  public int dataLength() {
    return data.length;
  }

  /** The type of the event that ended, up to {@link #typeLength}; no bytes mean "message". */
  public byte[] type() {
    return type.bytes;
  }

  /** How many bytes the type has. */
  public int typeLength() {
    return type.length;
  }

  /** The last id that the stream gave, up to {@link #idLength}; it stays until another comes. */
  public byte[] id() {
    return id.bytes;
  }

  /** How many bytes the last id has. */
  public int idLength() {
    return id.length;
  }

  /** The last time in milliseconds after which the server wants a reconnection; -1 without one. */
  public long retryMillis() {
    return retry;
  }

  private void next(byte b) {
    if (place == Place.MARK) {
      if ((b & 0xFF) == BYTE_ORDER_MARK[marked]) {
        marked++;
        if (marked == BYTE_ORDER_MARK.length) {
          startName();
        }
        return;
      }
      startName();
      // What began like a mark and was none belongs to a name.
      for (int i = 0; i < marked; i++) {
        appendToName((byte) BYTE_ORDER_MARK[i]);
      }
    }
    boolean secondOfPair = afterReturn && b == '\n';
    afterReturn = false;
    if (secondOfPair) {
      return;
    }
    if (b == '\n' || b == '\r') {
      afterReturn = b == '\r';
      endOfLine();
    } else if (place == Place.BLANK) {
      place = Place.VALUE;
      if (b != ' ') {
        keep(b);
      }
    } else if (b == ':') {
      startValue();
      place = Place.BLANK;
    } else {
      appendToName(b);
    }
  }

  private int value(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    keep(bytes, from, end);
    if (end == to || oversize) {
      return end;
    }
    next(bytes[end]);
    return end + 1;
  }

  private void startName() {
    place = Place.NAME;
    name = 1;
    nameLength = 0;
  }

  private void appendToName(byte b) {
    if (nameLength <= LONGEST_NAME) {
      nameLength++;
      name = name << 8 | b & 0xFF;
    }
  }

  private void startEvent() {
    complete = false;
    dataLines = 0;
    eventBytes = 0;
    data.clear();
    type.clear();
  }

  private void startValue() {
    field = field();
    switch (field) {
      case DATA -> {
        if (dataLines > 0) {
          keep((byte) '\n');
        }
        dataLines++;
      }
      case EVENT -> type.clear();
      case ID -> {
        pendingId.clear();
        idBroken = false;
      }
      case RETRY -> {
        retryDigits = 0;
        retryLength = 0;
      }
      case OTHER -> {}
    }
  }

  private Field field() {
    if (name == NAME_DATA) {
      return Field.DATA;
    }
    if (name == NAME_EVENT) {
      return Field.EVENT;
    }
    if (name == NAME_ID) {
      return Field.ID;
    }
    return name == NAME_RETRY ? Field.RETRY : Field.OTHER;
  }

  private void endOfLine() {
    if (place == Place.NAME && nameLength == 0) {
      endOfEvent();
      return;
    }
    if (place == Place.NAME) {
      startValue();
    }
    if (field == Field.ID && !idBroken) {
      id.set(pendingId);
    } else if (field == Field.RETRY && retryLength > 0 && retryLength <= LONGEST_RETRY) {
      retry = retryDigits;
    }
    startName();
  }

  /** An event without data is none (its type is forgotten, its id is not). */
  private void endOfEvent() {
    complete = dataLines > 0;
    if (!complete) {
      startEvent();
    }
  }

  private void keep(byte b) {
    one[0] = b;
    keep(one, 0, 1);
  }

  private void keep(byte[] bytes, int from, int to) {
    if (field == Field.OTHER || from == to) {
      return;
    }
    if (field == Field.RETRY) {
      digits(bytes, from, to);
      return;
    }
    eventBytes += to - from;
    if (eventBytes > LONGEST_EVENT) {
      oversize = true;
      return;
    }
    if (field == Field.ID) {
      idBroken |= contains(bytes, from, to);
    }
    if (content) {
      (field == Field.DATA ? data : field == Field.EVENT ? type : pendingId)
          .append(bytes, from, to);
    }
  }

  private void digits(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean digit = bytes[i] >= '0' && bytes[i] <= '9';
      retryLength = digit && retryLength <= LONGEST_RETRY ? retryLength + 1 : LONGEST_RETRY + 1;
      if (retryLength <= LONGEST_RETRY) {
        retryDigits = retryDigits * 10 + bytes[i] - '0';
      }
    }
  }

  private static boolean contains(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** A name in one number, with a bit before it so that leading zeros count. */
  private static long packed(String name) {
    long packed = 1;
    for (int i = 0; i < name.length(); i++) {
      packed = packed << 8 | name.charAt(i);
    }
    return packed;
  }

  /** Bytes that are gathered, in an array that grows to what was once needed. */
  private static final class Text {

    private static final byte[] EMPTY = {};
    private static final int FIRST_SIZE = 64;

    private byte[] bytes = EMPTY;
    private int length;

    void clear() {
      length = 0;
    }

    void set(Text other) {
      clear();
      append(other.bytes, 0, other.length);
    }

    void append(byte[] from, int start, int end) {
      int needed = length + end - start;
      if (needed > bytes.length) {
        int size = Math.max(FIRST_SIZE, Math.max(needed, 2 * bytes.length));
        bytes = Arrays.copyOf(bytes, Math.min(size, LONGEST_EVENT));
      }
      System.arraycopy(from, start, bytes, length, end - start);
      length = needed;
    }
  }
}
