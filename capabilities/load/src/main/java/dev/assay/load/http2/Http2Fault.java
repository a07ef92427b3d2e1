package dev.assay.load.http2;

/**
 * Why a connection is no good any more: what the server sent is not HTTP/2, or not within bounds.
 */
public enum Http2Fault {
  /** Something else is spoken there, such as HTTP/1.1. */
  NOT_HTTP2(
      ErrorCode.PROTOCOL_ERROR, "the server does not speak HTTP/2: it did not begin with SETTINGS"),
  /** A frame larger than allowed, or of a size that its type does not have. */
  FRAME_SIZE(ErrorCode.FRAME_SIZE_ERROR, "a frame has a size that it must not have"),
  /** A frame on a stream where it must not be, such as DATA on the connection itself. */
  STREAM_ID(ErrorCode.PROTOCOL_ERROR, "a frame belongs to a stream on which it must not be"),
  /** A header block was interrupted, or continued without having begun. */
  CONTINUATION(ErrorCode.PROTOCOL_ERROR, "a header block is interrupted or continued out of place"),
  /** More padding than frame. */
  PADDING(ErrorCode.PROTOCOL_ERROR, "a frame has more padding than bytes"),
  /** A server cannot push what we said we do not take. */
  PUSH(ErrorCode.PROTOCOL_ERROR, "the server pushed, which it was told not to do"),
  /** A setting outside of its range. */
  SETTING(ErrorCode.PROTOCOL_ERROR, "a setting has a value that it must not have"),
  /** A window of nothing, or beyond 2^31-1. */
  FLOW_CONTROL(ErrorCode.FLOW_CONTROL_ERROR, "the server broke the rules of flow control"),
  /** A header block that HPACK cannot mean, or that uses the table we said we do not have. */
  COMPRESSION(
      ErrorCode.COMPRESSION_ERROR, "a header block is not valid HPACK for a table of size 0"),
  /** A header section without an end in sight. */
  OVERSIZE(ErrorCode.ENHANCE_YOUR_CALM, "the header section is longer than 64 KiB"),
  /** More pings and settings than answers that could be sent. */
  FLOOD(
      ErrorCode.ENHANCE_YOUR_CALM, "the server sends more pings or settings than it takes answers");

  private final int errorCode;
  private final String sentence;

  Http2Fault(int errorCode, String sentence) {
    this.errorCode = errorCode;
    this.sentence = sentence;
  }

  /** The code that GOAWAY tells the server, one of {@link ErrorCode}. */
  public int errorCode() {
    return errorCode;
  }

  /** One sentence for people, without a full stop. */
  public String sentence() {
    return sentence;
  }
}
