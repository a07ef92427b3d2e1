package dev.assay.server.account;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/** Draws what nobody can guess: keys and links. The one place that does. Thread-safe. */
public final class Secrets {

  private final SecureRandom random = new SecureRandom();

  /** Draws nothing yet. */
  public Secrets() {}

  /** So many random bytes, as hexadecimal digits. */
  public String hex(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  /** An id that nobody else draws, for those who want them in this form (RFC 9562, version 4). */
  public String uuid() {
    byte[] drawn = new byte[16];
    random.nextBytes(drawn);
    ByteBuffer bits = ByteBuffer.wrap(drawn);
    long high = bits.getLong() & ~0xF000L | 0x4000L;
    long low = bits.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
