package dev.assay.load.http2;

/**
 * What {@link Http2Reader} tells of the frames that came, in their order. A receiver that finds a
 * fault calls {@link Http2Reader#stop}.
 */
interface Http2Events extends HeaderBlockReader.Fields {

  /** The peer's settings follow. */
  void settingsBegin();

  /**
   * One setting.
   *
   * @param value 32 bits without a sign
   */
  void setting(int id, long value);

  /** All settings were told; they want an acknowledgement. */
  void settingsEnd();

  /** A ping that wants its 8 bytes back. */
  void ping(byte[] bytes, int from);

  /**
   * Fields of a header section or of trailers follow, each told by {@link #field}.
   *
   * @param size how many bytes its frames have
   */
  void headersBegin(int stream, int size, boolean endStream);

  /** All fields were told. */
  void headersEnd();

  /**
   * Bytes of a body follow.
   *
   * @param counted how many bytes flow control counts, padding included
   */
  void dataBegin(int stream, int counted, boolean endStream);

  /** Some of them, valid until the call returns. */
  void data(byte[] bytes, int from, int to);

  /** The frame is over. */
  void dataEnd();

  /** A stream ends without being complete; see {@link ErrorCode}. */
  void reset(int stream, int code);

  /** No new stream is taken; those above the last are not processed. */
  void goAway(int lastStream, int code);

  /**
   * More may be sent.
   *
   * @param stream 0 for the connection
   * @param increment 0 is against the rules
   */
  void windowUpdate(int stream, int increment);
}
