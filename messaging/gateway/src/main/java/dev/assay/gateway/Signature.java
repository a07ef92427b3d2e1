package dev.assay.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256: signs as Standard Webhooks does (version 1), and compares what others signed. An
 * instance is used again for one secret and is not thread-safe; the static methods are.
 */
public final class Signature {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";

  private final Mac mac;

  /**
   * One for a secret.
   *
   * @param secret {@code whsec_} and base 64
   * @throws IllegalArgumentException where it is none
   */
  public Signature(String secret) {
    mac = mac(key(secret));
  }

  /**
   * The key of a secret of Standard Webhooks.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static byte[] key(String secret) {
    byte[] key =
        Base64.getDecoder()
            .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
    if (key.length == 0) {
      throw new IllegalArgumentException("an empty secret cannot sign");
    }
    return key;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac made = Mac.getInstance(ALGORITHM);
      made.init(new SecretKeySpec(key, ALGORITHM));
      return made;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }

  /** The value of the header {@code webhook-signature}. */
  public String of(String id, String timestamp, String body) {
    mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
    byte[] signed = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(signed);
  }

  /** The code of a message. */
  public static byte[] hmac(byte[] key, byte[] message) {
    return mac(key).doFinal(message);
  }

  /** Whether hexadecimal digits are the signature of a body; takes the same time for any digits. */
  public static boolean matches(String hex, String secret, byte[] body) {
    String made = HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), body));
    return MessageDigest.isEqual(
        made.getBytes(StandardCharsets.UTF_8),
        hex.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }
}
