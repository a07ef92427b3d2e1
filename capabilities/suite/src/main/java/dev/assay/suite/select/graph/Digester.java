package dev.assay.suite.select.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes 64 bits of what is told to it: the first of SHA-256. Each text is told with its length, so
 * that two texts never read as one. Not thread-safe.
 */
public final class Digester {

  private final MessageDigest digest;
  // many small pieces cost less when they are digested together
  private final ByteBuffer told = ByteBuffer.allocate(4096);

  /** Starts with nothing told. */
  public Digester() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Tells a text. */
  public Digester add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Tells bytes. */
  public Digester add(byte[] bytes) {
    add(bytes.length);
    if (bytes.length > told.capacity() / 2) {
      flush();
      digest.update(bytes);
    } else {
      room(bytes.length);
      told.put(bytes);
    }
    return this;
  }

  /** Tells a number. */
  public Digester add(long value) {
    room(Long.BYTES);
    told.putLong(value);
    return this;
  }

  /** What all that was told comes to; the next starts with nothing told. */
  public long value() {
    flush();
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private void room(int bytes) {
    if (told.remaining() < bytes) {
      flush();
    }
  }

  private void flush() {
    digest.update(told.flip());
    told.clear();
  }
}
