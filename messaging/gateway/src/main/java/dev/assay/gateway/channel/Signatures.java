package dev.assay.gateway.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256, made and compared. */
final class Signatures {

  private Signatures() {}

  static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }

  /** Whether hexadecimal digits are the signature of a body; takes the same time for any digits. */
  static boolean matches(String hex, String secret, byte[] body) {
    String made = HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), body));
    return MessageDigest.isEqual(
        made.getBytes(StandardCharsets.UTF_8),
        hex.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }
}
