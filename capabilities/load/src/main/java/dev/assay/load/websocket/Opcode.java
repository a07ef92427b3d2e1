package dev.assay.load.websocket;

/** The opcodes of RFC 6455 section 5.2. */
public final class Opcode {

  /** Continues a message. */
  public static final int CONTINUATION = 0;

  /** Begins a message of text. */
  public static final int TEXT = 1;

  /** Begins a binary message. */
  public static final int BINARY = 2;

  /** Closes. The first of the control opcodes. */
  public static final int CLOSE = 8;

  /** Asks for a pong. */
  public static final int PING = 9;

  /** Answers a ping. */
  public static final int PONG = 10;

  private Opcode() {}
}
