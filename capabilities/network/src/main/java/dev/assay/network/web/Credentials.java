package dev.assay.network.web;

import dev.assay.api.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a proxy, by the Basic scheme (RFC 7617). Immutable.
 *
 * @param user without a colon
 * @param password never shown
 */
public record Credentials(String user, Secret password) {

  /** Checks the user's name. */
  public Credentials {
    if (user.isEmpty() || user.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a user's name is not empty and has no colon");
    }
  }

  /** Whether the value of {@code Proxy-Authorization} says these; takes the same time for all. */
  boolean accepted(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return false;
    }
    try {
      byte[] given = Base64.getDecoder().decode(authorization.substring(6).strip());
      byte[] wanted = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(given, wanted);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
