package dev.assay.cli;

import dev.assay.api.spi.Clock;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a new run begins with.
 *
 * @param id its id, which begins with the time
 * @param seed the seed of everything random in it
 */
record NewRun(String id, long seed) {

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** Draws an id, and a seed where none is given. */
  static NewRun draw(Clock clock, @Nullable Long seed) {
    SecureRandom random = new SecureRandom();
    String id = ID.format(clock.now()) + "-" + String.format("%04x", random.nextInt(0x10000));
    return new NewRun(id, seed == null ? random.nextLong() & 0xFFFF_FFFFL : seed);
  }

  /** Draws a key that nobody can guess: 256 bits, in base 64 as URLs have it. */
  static String key() {
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
