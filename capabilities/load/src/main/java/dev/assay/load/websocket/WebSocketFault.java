package dev.assay.load.websocket;

/** What a server can do wrong on a WebSocket, and the close code that it is told (RFC 6455 7.4). */
public enum WebSocketFault {
  /** The handshake was answered with another status than 101. */
  REFUSED(0, "the server did not switch to WebSocket"),
  /** {@code Upgrade: websocket} or {@code Connection: Upgrade} is missing. */
  UPGRADE(0, "the answer to the handshake does not say Upgrade: websocket, Connection: Upgrade"),
  /** {@code Sec-WebSocket-Accept} is missing or belongs to another key. */
  ACCEPT(0, "the answer to the handshake has no Sec-WebSocket-Accept that fits the key sent"),
  /** An extension was accepted; none is ever offered. */
  EXTENSION(0, "the server uses an extension that was not offered"),
  /** The subprotocol is none of those offered, or one was offered and none chosen. */
  SUBPROTOCOL(0, "the server chose none of the subprotocols offered, or another one"),

  /** RSV1 to RSV3 are set although no extension gives them a meaning. */
  RESERVED_BITS(1002, "a frame has reserved bits set"),
  /** An opcode of 3 to 7 or 11 to 15. */
  OPCODE(1002, "a frame has an opcode that RFC 6455 does not define"),
  /** Servers must not mask (RFC 6455 section 5.1). */
  MASKED(1002, "the server sent a masked frame"),
  /** The length is negative or written with more bytes than it needs. */
  LENGTH(1002, "the length of a frame is not written as RFC 6455 says"),
  /** Control frames must not be fragmented. */
  CONTROL_FRAGMENTED(1002, "a control frame is fragmented"),
  /** Control frames have at most 125 bytes. */
  CONTROL_LENGTH(1002, "a control frame has more than 125 bytes"),
  /** A continuation of nothing. */
  CONTINUATION(1002, "a continuation frame does not continue a message"),
  /** A message that begins inside another. */
  INTERLEAVED(1002, "a message begins before the one before it has ended"),
  /** A close frame with a code that may not be sent, or with half a code. */
  CLOSE_CODE(1002, "a close frame has no valid code"),
  /** Text, or the reason of a close frame, that is not UTF-8. */
  UTF8(1007, "a text is not UTF-8"),
  /** A message beyond the reader's limit. */
  TOO_LONG(1009, "a message is longer than the limit");

  private final int closeCode;
  private final String sentence;

  WebSocketFault(int closeCode, String sentence) {
    this.closeCode = closeCode;
    this.sentence = sentence;
  }

  /** The code that the server is told when the connection fails; 0 where it never opened. */
  public int closeCode() {
    return closeCode;
  }

  /** One sentence for people, without a full stop. */
  public String sentence() {
    return sentence;
  }
}
