package dev.assay.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Computes the hash chain of the ledger. Every field is of fixed size or preceded by its length, so
 * no two different entries can be framed to the same bytes:
 *
 * <pre>
 * hash(0) = 32 zero bytes
 * hash(n) = SHA-256( hash(n-1)                     32 bytes
 *                  | n                              8 bytes, big-endian
 *                  | length of tenant | tenant      4 bytes, big-endian | UTF-8
 *                  | length of run    | run         4 bytes, big-endian | UTF-8
 *                  | length of body   | body        4 bytes, big-endian | canonical JSON in UTF-8 )
 * </pre>
 *
 * <p>Not for use by several threads.
 */
final class Chain {

  private static final int LENGTH = 32;

  private final MessageDigest digest = sha256();

  /** The hash before the first entry. */
  static byte[] genesis() {
    return new byte[LENGTH];
  }

  /** A new SHA-256. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The hash of the entry that follows the one with the hash {@code previous}. */
  byte[] next(byte[] previous, long sequence, String tenant, String run, byte[] body) {
    digest.update(previous);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, sequence));
    framed(tenant.getBytes(StandardCharsets.UTF_8));
    framed(run.getBytes(StandardCharsets.UTF_8));
    framed(body);
    return digest.digest();
  }

  private void framed(byte[] field) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, field.length));
    digest.update(field);
  }
}
