package dev.assay.load.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The keys of opening handshakes and the answers that prove that a server understood them (RFC 6455
 * sections 4.1 and 4.2.2). A key of 16 bytes follows from a nonce of 8, so that a connection has to
 * remember no more than that.
 *
 * <p>Allocates nothing per handshake. Not thread-safe; one for each loop.
 */
public final class HandshakeKeys {

  /** How many bytes a written key has. */
  public static final int KEY_LENGTH = 24;

  private static final int ACCEPT_LENGTH = 28;
  private static final int DIGEST_LENGTH = 20;
  private static final byte[] MAGIC = ascii("258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
  private static final byte[] ALPHABET =
      ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MessageDigest sha1;
  private final byte[] raw = new byte[16];
  private final byte[] hashed = new byte[KEY_LENGTH + MAGIC.length];
  private final byte[] digest = new byte[DIGEST_LENGTH];
  private final byte[] accept = new byte[ACCEPT_LENGTH];
  private long state;

  /** Keys that follow from a seed. */
  public HandshakeKeys(long seed) {
    state = seed;
    System.arraycopy(MAGIC, 0, hashed, KEY_LENGTH, MAGIC.length);
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** The nonce of the next handshake. */
  public long next() {
    state += SplitMix.STEP;
    return SplitMix.mix(state);
  }

  /** Writes the key of a nonce, {@link #KEY_LENGTH} bytes of base 64. */
  public void write(long nonce, byte[] into, int at) {
    LONGS.set(raw, 0, nonce);
    LONGS.set(raw, Long.BYTES, SplitMix.mix(nonce));
    base64(raw, into, at);
  }

  /** Whether a value of {@code Sec-WebSocket-Accept} answers the key of a nonce. */
  public boolean accepts(long nonce, byte[] value, int from, int to) {
    if (to - from != ACCEPT_LENGTH) {
      return false;
    }
    write(nonce, hashed, 0);
    return answersHashed(value, from);
  }

  /** Whether a value of {@code Sec-WebSocket-Accept} answers a written key. */
  boolean answers(byte[] key, byte[] value) {
    System.arraycopy(key, 0, hashed, 0, KEY_LENGTH);
    return value.length == ACCEPT_LENGTH && answersHashed(value, 0);
  }

  private boolean answersHashed(byte[] value, int from) {
    sha1.update(hashed);
    try {
      sha1.digest(digest, 0, DIGEST_LENGTH);
    } catch (DigestException itsLengthIsFixed) {
      throw new IllegalStateException(itsLengthIsFixed);
    }
    base64(digest, accept, 0);
    for (int i = 0; i < ACCEPT_LENGTH; i++) {
      if (value[from + i] != accept[i]) {
        return false;
      }
    }
    return true;
  }

  /** RFC 4648 section 4, as the JDK's encoder needs an array of the exact length to write into. */
  private static void base64(byte[] bytes, byte[] into, int start) {
    int at = start;
    for (int i = 0; i < bytes.length; i += 3) {
      int left = bytes.length - i;
      int group =
          (bytes[i] & 0xFF) << 16
              | (left > 1 ? (bytes[i + 1] & 0xFF) << 8 : 0)
              | (left > 2 ? bytes[i + 2] & 0xFF : 0);
      into[at++] = ALPHABET[group >> 18];
      into[at++] = ALPHABET[group >> 12 & 63];
      into[at++] = left > 1 ? ALPHABET[group >> 6 & 63] : (byte) '=';
      into[at++] = left > 2 ? ALPHABET[group & 63] : (byte) '=';
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
