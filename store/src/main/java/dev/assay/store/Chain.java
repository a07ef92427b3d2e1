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
    byte[] owner = tenant.getBytes(StandardCharsets.UTF_8);
    byte[] name = run.getBytes(StandardCharsets.UTF_8);
    // in one piece, as each call of the digest has its price
    digest.update(
        ByteBuffer.allocate(LENGTH + Long.BYTES + 3 * Integer.BYTES + owner.length + name.length)
            .put(previous)
            .putLong(sequence)
            .putInt(owner.length)
            .put(owner)
            .putInt(name.length)
            .put(name)
            .putInt(body.length)
            .array());
    digest.update(body);
    return digest.digest();
  }
}
