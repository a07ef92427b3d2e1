package dev.assay.load.http2;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a server from a stream of bytes that may be split anywhere (RFC 9113 sections
 * 4 and 6), and the fields of header blocks. Bodies pass through as they come; of other frames at
 * most one is kept until it is whole, and of a header block at most {@link #LONGEST_BLOCK} bytes.
 * It never throws for what comes, and allocates nothing once its buffers have their size.
 *
 * <p>Not thread-safe; one for each connection.
 */
final class Http2Reader {

  /** How many bytes a header block may have, the frame headers of its continuations included. */
  static final int LONGEST_BLOCK = 64 * 1024;

  private enum Phase {
    FRAME_HEADER,
    PAYLOAD,
    PAD_LENGTH,
    DATA,
    PADDING,
    UNKNOWN,
    BROKEN
  }

  private static final int FIRST_CARRY = 256;
  private static final int PRIORITY_SIZE = 5;
  private static final int SETTING_SIZE = 6;

  private final Http2Events events;
  private final HeaderBlockReader fields = new HeaderBlockReader();
  private Phase phase = Phase.FRAME_HEADER;
  private @Nullable Http2Fault fault;
  private boolean greeted;

  private byte[] carry = new byte[FIRST_CARRY];
  private int carried;
  private byte[] block = new byte[0];
  private int blockSize;
  private int blockCost;
  private int blockStream;
  private boolean blockEndsStream;

  private int length;
  private int type;
  private int flags;
  private int stream;
  private int remaining;
  private int padding;

  Http2Reader(Http2Events events) {
    this.events = events;
  }

  /** Why there is nothing more to read, or null. */
  @Nullable Http2Fault fault() {
    return fault;
  }

  /** Ends the reading: nothing more is told. */
  void stop(Http2Fault why) {
    if (fault == null) {
      fault = why;
    }
    phase = Phase.BROKEN;
  }

  /** Reads the next bytes. */
  void read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      switch (phase) {
        case FRAME_HEADER -> at = frameHeader(bytes, at, to);
        case PAYLOAD -> at = payload(bytes, at, to);
        case PAD_LENGTH -> at = padLength(bytes, at);
        case DATA -> at = data(bytes, at, to);
        case PADDING, UNKNOWN -> at = skip(at, to);
        case BROKEN -> {
          return;
        }
      }
    }
  }

  // ---- frame headers

  private int frameHeader(byte[] bytes, int from, int to) {
    if (carried == 0 && to - from >= Frame.HEADER_SIZE) {
      begin(bytes, from);
      return from + Frame.HEADER_SIZE;
    }
    int many = Math.min(Frame.HEADER_SIZE - carried, to - from);
    System.arraycopy(bytes, from, carry, carried, many);
    carried += many;
    if (carried == Frame.HEADER_SIZE) {
      carried = 0;
      begin(carry, 0);
    }
    return from + many;
  }

  private void begin(byte[] bytes, int at) {
    length = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
    type = bytes[at + 3] & 0xff;
    flags = bytes[at + 4] & 0xff;
    stream = Frame.int31(bytes, at + 5);
    Http2Fault wrong = wrong();
    if (wrong != null) {
      stop(wrong);
      return;
    }
    greeted = true;
    remaining = length;
    switch (type) {
      case Frame.DATA -> beginData();
      case Frame.HEADERS,
          Frame.PRIORITY,
          Frame.RST_STREAM,
          Frame.SETTINGS,
          Frame.PING,
          Frame.GOAWAY,
          Frame.WINDOW_UPDATE,
          Frame.CONTINUATION -> {
        phase = Phase.PAYLOAD;
        if (length == 0) {
          whole(bytes, at, at);
        }
      }
      default -> phase = length == 0 ? Phase.FRAME_HEADER : Phase.UNKNOWN;
    }
  }

  private @Nullable Http2Fault wrong() {
    if (!greeted && (type != Frame.SETTINGS || (flags & Frame.ACK) != 0 || stream != 0)) {
      return Http2Fault.NOT_HTTP2;
    }
    if (length > Frame.DEFAULT_MAX_FRAME_SIZE || !sized()) {
      return Http2Fault.FRAME_SIZE;
    }
    if (type == Frame.PUSH_PROMISE) {
      return Http2Fault.PUSH;
    }
    if (blockStream != 0
        ? type != Frame.CONTINUATION || stream != blockStream
        : type == Frame.CONTINUATION) {
      return Http2Fault.CONTINUATION;
    }
    return placed() ? null : Http2Fault.STREAM_ID;
  }

  private boolean sized() {
    return switch (type) {
      case Frame.SETTINGS -> (flags & Frame.ACK) != 0 ? length == 0 : length % SETTING_SIZE == 0;
      case Frame.PING -> length == 8;
      case Frame.GOAWAY -> length >= 8;
      case Frame.RST_STREAM, Frame.WINDOW_UPDATE -> length == 4;
      case Frame.PRIORITY -> length == PRIORITY_SIZE;
      default -> true;
    };
  }

  /** Streams of a client, which are all there are, have odd numbers. */
  private boolean placed() {
    return switch (type) {
      case Frame.SETTINGS, Frame.PING, Frame.GOAWAY -> stream == 0;
      case Frame.DATA, Frame.HEADERS, Frame.RST_STREAM, Frame.CONTINUATION -> (stream & 1) == 1;
      case Frame.WINDOW_UPDATE -> stream == 0 || (stream & 1) == 1;
      default -> true;
    };
  }

  // ---- frames that pass through

  private void beginData() {
    boolean padded = (flags & Frame.PADDED) != 0;
    if (padded && length == 0) {
      stop(Http2Fault.PADDING);
      return;
    }
    padding = 0;
    phase = padded ? Phase.PAD_LENGTH : Phase.DATA;
    events.dataBegin(stream, length, (flags & Frame.END_STREAM) != 0);
    if (length == 0) {
      endOfData();
    }
  }

  private int padLength(byte[] bytes, int from) {
    padding = bytes[from] & 0xff;
    remaining--;
    if (padding > remaining) {
      stop(Http2Fault.PADDING);
      return from + 1;
    }
    remaining -= padding;
    afterData();
    return from + 1;
  }

  private int data(byte[] bytes, int from, int to) {
    int many = Math.min(remaining, to - from);
    events.data(bytes, from, from + many);
    remaining -= many;
    if (remaining == 0) {
      afterData();
    }
    return from + many;
  }

  private void afterData() {
    if (phase == Phase.BROKEN) {
      return;
    }
    if (remaining > 0) {
      phase = Phase.DATA;
    } else if (padding > 0) {
      phase = Phase.PADDING;
      remaining = padding;
    } else {
      endOfData();
    }
  }

  private int skip(int from, int to) {
    int many = Math.min(remaining, to - from);
    remaining -= many;
    if (remaining == 0) {
      if (phase == Phase.PADDING) {
        endOfData();
      } else {
        phase = Phase.FRAME_HEADER;
      }
    }
    return from + many;
  }

  private void endOfData() {
    if (phase != Phase.BROKEN) {
      phase = Phase.FRAME_HEADER;
      events.dataEnd();
    }
  }

  // ---- frames that are read whole

  private int payload(byte[] bytes, int from, int to) {
    if (carried == 0 && to - from >= length) {
      whole(bytes, from, from + length);
      return from + length;
    }
    int many = Math.min(length - carried, to - from);
    if (carried + many > carry.length) {
      carry = Arrays.copyOf(carry, Math.max(carried + many, 2 * carry.length));
    }
    System.arraycopy(bytes, from, carry, carried, many);
    carried += many;
    if (carried == length) {
      carried = 0;
      whole(carry, 0, length);
    }
    return from + many;
  }

  private void whole(byte[] bytes, int from, int to) {
    phase = Phase.FRAME_HEADER;
    switch (type) {
      case Frame.HEADERS -> headers(bytes, from, to);
      case Frame.CONTINUATION -> continuation(bytes, from, to);
      case Frame.SETTINGS -> settings(bytes, from, to);
      case Frame.RST_STREAM -> events.reset(stream, Frame.int32(bytes, from));
      case Frame.GOAWAY -> events.goAway(Frame.int31(bytes, from), Frame.int32(bytes, from + 4));
      case Frame.WINDOW_UPDATE -> events.windowUpdate(stream, Frame.int31(bytes, from));
      case Frame.PING -> {
        if ((flags & Frame.ACK) == 0) {
          events.ping(bytes, from);
        }
      }
      default -> {} // PRIORITY means nothing any more
    }
  }

  private void settings(byte[] bytes, int from, int to) {
    if ((flags & Frame.ACK) != 0) {
      return;
    }
    events.settingsBegin();
    for (int at = from; at < to && phase != Phase.BROKEN; at += SETTING_SIZE) {
      int id = (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
      events.setting(id, Frame.int32(bytes, at + 2) & 0xffff_ffffL);
    }
    if (phase != Phase.BROKEN) {
      events.settingsEnd();
    }
  }

  private void headers(byte[] bytes, int from, int to) {
    int start = from;
    int end = to;
    if ((flags & Frame.PADDED) != 0) {
      end -= start < to ? bytes[start] & 0xff : 1;
      start++;
    }
    if ((flags & Frame.WITH_PRIORITY) != 0) {
      start += PRIORITY_SIZE;
    }
    if (start > end) {
      stop(Http2Fault.PADDING);
      return;
    }
    boolean endStream = (flags & Frame.END_STREAM) != 0;
    if ((flags & Frame.END_HEADERS) != 0) {
      section(stream, Frame.HEADER_SIZE + length, endStream, bytes, start, end);
      return;
    }
    blockStream = stream;
    blockEndsStream = endStream;
    blockSize = 0;
    blockCost = 0;
    gather(bytes, start, end);
  }

  private void continuation(byte[] bytes, int from, int to) {
    gather(bytes, from, to);
    if (phase != Phase.BROKEN && (flags & Frame.END_HEADERS) != 0) {
      int of = blockStream;
      blockStream = 0;
      section(of, blockCost, blockEndsStream, block, 0, blockSize);
    }
  }

  private void gather(byte[] bytes, int from, int to) {
    // Counting the frame headers too ends a row of empty continuations.
    blockCost += to - from + Frame.HEADER_SIZE;
    if (blockCost > LONGEST_BLOCK) {
      stop(Http2Fault.OVERSIZE);
      return;
    }
    int needed = blockSize + to - from;
    if (needed > block.length) {
      block = Arrays.copyOf(block, Math.min(LONGEST_BLOCK, Math.max(needed, 2 * block.length)));
    }
    System.arraycopy(bytes, from, block, blockSize, to - from);
    blockSize = needed;
  }

  private void section(int of, int size, boolean end, byte[] bytes, int from, int to) {
    events.headersBegin(of, size, end);
    if (!fields.read(bytes, from, to, events)) {
      stop(Http2Fault.COMPRESSION);
    }
    if (phase != Phase.BROKEN) {
      events.headersEnd();
    }
  }
}
