package dev.assay.load.http2;

/** The numbers of frames: types, flags, settings and bounds (RFC 9113 sections 4, 6 and 6.5.2). */
final class Frame {

  static final int HEADER_SIZE = 9;

  static final int DATA = 0x0;
  static final int HEADERS = 0x1;
  static final int PRIORITY = 0x2;
  static final int RST_STREAM = 0x3;
  static final int SETTINGS = 0x4;
  static final int PUSH_PROMISE = 0x5;
  static final int PING = 0x6;
  static final int GOAWAY = 0x7;
  static final int WINDOW_UPDATE = 0x8;
  static final int CONTINUATION = 0x9;

  static final int ACK = 0x1;
  static final int END_STREAM = 0x1;
  static final int END_HEADERS = 0x4;
  static final int PADDED = 0x8;
  static final int WITH_PRIORITY = 0x20;

  static final int HEADER_TABLE_SIZE = 0x1;
  static final int ENABLE_PUSH = 0x2;
  static final int MAX_CONCURRENT_STREAMS = 0x3;
  static final int INITIAL_WINDOW_SIZE = 0x4;
  static final int MAX_FRAME_SIZE = 0x5;
  static final int MAX_HEADER_LIST_SIZE = 0x6;

  /** The largest payload either side takes until it says otherwise; what we take is never more. */
  static final int DEFAULT_MAX_FRAME_SIZE = 16 * 1024;

  static final int LARGEST_MAX_FRAME_SIZE = (1 << 24) - 1;
  static final int DEFAULT_WINDOW = 65_535;

  private Frame() {}

  /** The 32 bits from that index on. */
  static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }

  /** The 31 bits from that index on; the first bit means nothing. */
  static int int31(byte[] bytes, int at) {
    return int32(bytes, at) & Integer.MAX_VALUE;
  }
}
