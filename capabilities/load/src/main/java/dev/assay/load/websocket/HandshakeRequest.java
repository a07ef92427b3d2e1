package dev.assay.load.websocket;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The request that opens a WebSocket (RFC 6455 section 4.1), encoded but for its key. Immutable.
 */
public final class HandshakeRequest {

  private static final Set<String> OWN =
      Set.of("host", "upgrade", "connection", "sec-websocket-version", "sec-websocket-key");

  private final byte[] before;
  private final byte[] after;

  private HandshakeRequest(byte[] before, byte[] after) {
    this.before = before;
    this.after = after;
  }

  /**
   * Encodes a request.
   *
   * @param target the path and query
   * @param host the value of Host
   * @param headers further headers; those that the handshake sets itself are left out
   * @param subprotocols what is offered, by preference; none is fine
   */
  public static HandshakeRequest of(
      String target, String host, Map<String, String> headers, List<String> subprotocols) {
    StringBuilder rest = new StringBuilder("\r\n");
    headers.forEach((name, value) -> {
      if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
        rest.append(name).append(": ").append(value).append("\r\n");
      }
    });
    if (!subprotocols.isEmpty()) {
      rest.append("Sec-WebSocket-Protocol: ")
          .append(String.join(", ", subprotocols))
          .append("\r\n");
    }
    String start = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + fixedHeaders();
    return new HandshakeRequest(bytes(start), bytes(rest.append("\r\n").toString()));
  }

  /** The headers of every handshake, up to where the key has to follow. */
  public static String fixedHeaders() {
    return "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: ";
  }

  /** How many bytes a request has. */
  public int size() {
    return before.length + HandshakeKeys.KEY_LENGTH + after.length;
  }

  /** Writes a request with the key of a nonce. */
  public void write(HandshakeKeys keys, long nonce, byte[] into, int at) {
    System.arraycopy(before, 0, into, at, before.length);
    keys.write(nonce, into, at + before.length);
    int rest = at + before.length + HandshakeKeys.KEY_LENGTH;
    System.arraycopy(after, 0, into, rest, after.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
