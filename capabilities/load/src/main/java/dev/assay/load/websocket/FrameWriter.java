package dev.assay.load.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes a client's frames (RFC 6455 section 5), masked, one behind the other into a buffer that is
 * used again; it grows to what was once needed and allocates nothing from then on.
 *
 * <p>A masking key must not be foreseeable for a script in a browser. For a load generator it only
 * has to be there, so the keys come from a SplitMix64 sequence that repeats with the seed.
 *
 * <p>Not thread-safe; one for each loop is enough.
 */
public final class FrameWriter {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int LONGEST_HEADER = 14;
  private static final int LONGEST_REASON = 123;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int FIRST_SIZE = 256;

  private long seed;
  private byte[] buffer = new byte[FIRST_SIZE];
  private int size;
  private int frame;
  private int opcode;

  /** A writer whose masking keys follow from a seed. */
  public FrameWriter(long seed) {
    this.seed = seed;
  }

  /** The buffer, to be read up to {@link #size}; another one after it had to grow. */
  public byte[] bytes() {
    return buffer;
  }

  /** How many bytes of whole frames there are. */
  public int size() {
    return size;
  }

  /** Forgets what was written. */
  public void clear() {
    size = 0;
  }

  /** Writes a message of text in one frame; the bytes must be UTF-8. */
  public void text(byte[] bytes, int from, int to) {
    frame(Opcode.TEXT, true, bytes, from, to);
  }

  /** Writes a binary message in one frame. */
  public void binary(byte[] bytes, int from, int to) {
    frame(Opcode.BINARY, true, bytes, from, to);
  }

  /** Answers a ping with its payload of at most 125 bytes. */
  public void pong(byte[] bytes, int from, int to) {
    frame(Opcode.PONG, true, bytes, from, to);
  }

  /** Writes a close frame with a code and no reason. */
  public void close(int code) {
    begin(Opcode.CLOSE);
    reserve(2);
    buffer[size++] = (byte) (code >> 8);
    buffer[size++] = (byte) code;
    end(true);
  }

  /** Writes a close frame with a code and a reason, of which at most 123 bytes are sent. */
  public void close(int code, byte[] reason) {
    begin(Opcode.CLOSE);
    reserve(2);
    buffer[size++] = (byte) (code >> 8);
    buffer[size++] = (byte) code;
    append(reason, 0, Math.min(reason.length, LONGEST_REASON));
    end(true);
  }

  /**
   * Writes one frame.
   *
   * @param opcode one of {@link Opcode}
   * @param last whether it ends its message
   */
  public void frame(int opcode, boolean last, byte[] bytes, int from, int to) {
    begin(opcode);
    append(bytes, from, to);
    end(last);
  }

  /** Begins a frame whose payload is appended piece by piece. */
  public void begin(int opcode) {
    this.opcode = opcode;
    frame = size;
    reserve(LONGEST_HEADER);
    size += LONGEST_HEADER;
  }

  /** Appends to the payload of the frame begun. */
  public void append(byte[] bytes, int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, buffer, size, to - from);
    size += to - from;
  }

  /**
   * Ends the frame begun: writes its header, masks its payload.
   *
   * @param last whether it ends its message
   */
  public void end(boolean last) {
    int start = frame + LONGEST_HEADER;
    int length = size - start;
    int at = frame;
    buffer[at++] = (byte) (opcode | (last ? FINAL : 0));
    if (length < 126) {
      buffer[at++] = (byte) (MASKED | length);
    } else if (length < 65_536) {
      buffer[at++] = (byte) (MASKED | 126);
      buffer[at++] = (byte) (length >> 8);
      buffer[at++] = (byte) length;
    } else {
      buffer[at++] = (byte) (MASKED | 127);
      LONGS.set(buffer, at, (long) length);
      at += Long.BYTES;
    }
    int key = nextKey();
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[at++] = (byte) (key >> shift);
    }
    mask(key, start, at, length);
    size = at + length;
  }

  /** Masks while it moves the payload up to its header; reads stay ahead of writes. */
  private void mask(int key, int from, int to, int length) {
    byte[] bytes = buffer;
    long twice = (long) key << 32 | key & 0xFFFF_FFFFL;
    int done = 0;
    for (; length - done >= Long.BYTES; done += Long.BYTES) {
      LONGS.set(bytes, to + done, (long) LONGS.get(bytes, from + done) ^ twice);
    }
    for (; done < length; done++) {
      bytes[to + done] = (byte) (bytes[from + done] ^ key >> 24 - 8 * (done & 3));
    }
  }

  private int nextKey() {
    seed += SplitMix.STEP;
    return (int) (SplitMix.mix(seed) >>> 32);
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > buffer.length) {
      buffer =
          Arrays.copyOf(
              buffer, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * buffer.length)));
    }
  }
}
