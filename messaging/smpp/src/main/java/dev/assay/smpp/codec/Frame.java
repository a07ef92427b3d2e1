package dev.assay.smpp.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One PDU as it lies in a buffer: the header at once, the rest on demand. Used again for each PDU
 * of a session, so what it says is true only until the call that was given it returns. Not
 * thread-safe.
 */
public final class Frame {

  /** The length of a header. */
  public static final int HEADER = 16;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[HEADER];
  private int from;
  private int length = HEADER;

  /** A frame that shows nothing yet. */
  public Frame() {}

  /** Shows the PDU of that length; the header must be there. */
  public Frame show(byte[] in, int start, int size) {
    bytes = in;
    from = start;
    length = size;
    return this;
  }

  /** The first four bytes at a place: the length that a PDU says it has. */
  public static int lengthAt(byte[] in, int start) {
    return (int) INT.get(in, start);
  }

  /** What it is a PDU of, or null for an unknown id. */
  public @Nullable Command command() {
    return Command.of(commandId());
  }

  /** The id of its command. */
  public int commandId() {
    return (int) INT.get(bytes, from + 4);
  }

  /** Its status. */
  public int status() {
    return (int) INT.get(bytes, from + 8);
  }

  /** Its sequence number. */
  public int sequence() {
    return (int) INT.get(bytes, from + 12);
  }

  /** Its length with the header. */
  public int length() {
    return length;
  }

  /** The buffer that it lies in. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where in the buffer it begins. */
  public int from() {
    return from;
  }

  /** A copy of its bytes. */
  public byte[] copy() {
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /** All of it. */
  public Pdu decode() {
    return PduDecoder.decode(bytes, from, length);
  }

  /**
   * The text that the body begins with: a message id in most answers; empty where there is none.
   */
  public String firstText() {
    int end = from + HEADER;
    int limit = from + length;
    while (end < limit && bytes[end] != 0) {
      end++;
    }
    return PduDecoder.latin(bytes, from + HEADER, end);
  }
}
