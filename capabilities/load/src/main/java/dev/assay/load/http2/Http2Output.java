package dev.assay.load.http2;

import java.util.Arrays;

/**
 * The bytes that are to be sent next: frames of any streams one after the other. It grows to what
 * one turn needs and then allocates no more. Not thread-safe.
 */
public final class Http2Output {

  private static final int FIRST_CAPACITY = 16 * 1024;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  /** The array that holds them from index 0 on; another one after a write that made it grow. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Forgets them, for they were sent. */
  public void clear() {
    size = 0;
  }

  /** Appends bytes as they are. */
  public void write(byte[] from, int start, int end) {
    int many = end - start;
    reserve(many);
    System.arraycopy(from, start, bytes, size, many);
    size += many;
  }

  /** Appends one byte. */
  public void write(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void writeInt32(int value) {
    reserve(4);
    setInt32(size, value);
    size += 4;
  }

  void writeInt16(int value) {
    reserve(2);
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
  }

  void frameHeader(int length, int type, int flags, int stream) {
    reserve(Frame.HEADER_SIZE);
    setFrameHeader(size, length, type, flags, stream);
    size += Frame.HEADER_SIZE;
  }

  void setFrameHeader(int at, int length, int type, int flags, int stream) {
    bytes[at] = (byte) (length >>> 16);
    bytes[at + 1] = (byte) (length >>> 8);
    bytes[at + 2] = (byte) length;
    bytes[at + 3] = (byte) type;
    bytes[at + 4] = (byte) flags;
    setInt32(at + 5, stream);
  }

  void setInt32(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  /** Makes room for more bytes before those from that index on. */
  void insert(int at, int many) {
    reserve(many);
    System.arraycopy(bytes, at, bytes, at + many, size - at);
    size += many;
  }

  private void reserve(int many) {
    if (bytes.length - size < many) {
      bytes = Arrays.copyOf(bytes, Math.max(size + many, 2 * bytes.length));
    }
  }
}
