package dev.assay.server.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Standard Webhooks 1.0 does: HMAC-SHA256 of id, time and body. */
final class Signing {

  static final String PREFIX = "whsec_";

  private Signing() {}

  /** The value of the header {@code webhook-signature}: one for each secret, the newest first. */
  static String signatures(List<String> secrets, String id, long seconds, String body) {
    return secrets.stream()
        .map(secret -> signature(secret, id, seconds, body))
        .collect(Collectors.joining(" "));
  }

  private static String signature(String secret, String id, long seconds, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] signed =
          mac.doFinal((id + '.' + seconds + '.' + body).getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException("every JVM has HMAC-SHA256", never);
    }
  }
}
