package dev.assay.server.account;

import java.security.SecureRandom;
import java.util.HexFormat;

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
}
