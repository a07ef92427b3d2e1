package dev.assay.gateway.http;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs callbacks as Standard Webhooks does (version 1, HMAC-SHA256). Not thread-safe. */
final class Signature {

  private static final String PREFIX = "whsec_";

  private final Mac mac;

  /**
   * One for a secret.
   *
   * @param secret {@code whsec_} and base 64
   * @throws IllegalArgumentException where it is none
   */
  Signature(String secret) {
    String base64 = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(base64), "HmacSHA256"));
    } catch (NoSuchAlgorithmException | InvalidKeyException never) {
      throw new IllegalArgumentException("this secret cannot sign", never);
    }
  }

  /** The value of the header {@code webhook-signature}. */
  String of(String id, String timestamp, String body) {
    mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
    byte[] signed = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(signed);
  }
}
