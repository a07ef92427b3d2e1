package dev.assay.load.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges the answer to an opening handshake by its status and header fields (RFC 6455 section 4.1).
 * Fields may come in any order and be told as they are found; nothing of them is kept.
 *
 * <p>Not thread-safe; one for each handshake under way, of no use once it is answered.
 */
public final class Handshake {

  private static final byte[] UPGRADE = ascii("upgrade");
  private static final byte[] CONNECTION = ascii("connection");
  private static final byte[] ACCEPT = ascii("sec-websocket-accept");
  private static final byte[] EXTENSIONS = ascii("sec-websocket-extensions");
  private static final byte[] PROTOCOL = ascii("sec-websocket-protocol");
  private static final byte[] WEBSOCKET = ascii("websocket");

  private final HandshakeKeys keys;
  private final byte[][] offered;
  private long nonce;
  private boolean upgrade;
  private boolean connection;
  private boolean accept;
  private boolean wrongAccept;
  private boolean extension;
  private boolean protocol;
  private boolean wrongProtocol;

  /**
   * A judge for handshakes with these keys.
   *
   * @param subprotocols what each request offers
   */
  public Handshake(HandshakeKeys keys, List<String> subprotocols) {
    this.keys = keys;
    this.offered = subprotocols.stream().map(Handshake::ascii).toArray(byte[][]::new);
  }

  /** Prepares for the answer to a request with the key of this nonce. */
  public void begin(long of) {
    nonce = of;
    upgrade = false;
    connection = false;
    accept = false;
    wrongAccept = false;
    extension = false;
    protocol = false;
    wrongProtocol = false;
  }

  /** Whether a field matters to a handshake. */
  public static boolean concerns(byte[] line, int nameFrom, int nameTo) {
    return is(UPGRADE, line, nameFrom, nameTo)
        || is(CONNECTION, line, nameFrom, nameTo)
        || is(ACCEPT, line, nameFrom, nameTo)
        || is(EXTENSIONS, line, nameFrom, nameTo)
        || is(PROTOCOL, line, nameFrom, nameTo);
  }

  /**
   * Takes a header field of the answer.
   *
   * @param line where its name and its value, without blanks around it, stand
   */
  public void header(byte[] line, int nameFrom, int nameTo, int from, int to) {
    if (is(UPGRADE, line, nameFrom, nameTo)) {
      upgrade |= lists(WEBSOCKET, line, from, to);
    } else if (is(CONNECTION, line, nameFrom, nameTo)) {
      connection |= lists(UPGRADE, line, from, to);
    } else if (is(ACCEPT, line, nameFrom, nameTo)) {
      boolean right = keys.accepts(nonce, line, from, to);
      accept |= right;
      wrongAccept |= !right;
    } else if (is(EXTENSIONS, line, nameFrom, nameTo)) {
      extension |= to > from;
    } else if (is(PROTOCOL, line, nameFrom, nameTo)) {
      wrongProtocol |= protocol || !offers(line, from, to);
      protocol = true;
    }
  }

  /**
   * What is wrong with the answer, once all its fields were told.
   *
   * @param status the answer's status
   * @return null if the WebSocket is open
   */
  public @Nullable WebSocketFault fault(int status) {
    if (status != 101) {
      return WebSocketFault.REFUSED;
    }
    if (!upgrade || !connection) {
      return WebSocketFault.UPGRADE;
    }
    if (!accept || wrongAccept) {
      return WebSocketFault.ACCEPT;
    }
    if (extension) {
      return WebSocketFault.EXTENSION;
    }
    return wrongProtocol || protocol == (offered.length == 0) ? WebSocketFault.SUBPROTOCOL : null;
  }

  private boolean offers(byte[] line, int from, int to) {
    for (byte[] one : offered) {
      if (Arrays.equals(one, 0, one.length, line, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean lists(byte[] lowerCase, byte[] line, int from, int to) {
    int start = from;
    for (int at = from; at <= to; at++) {
      if (at == to || line[at] == ',') {
        int end = at;
        while (start < end && blank(line[start])) {
          start++;
        }
        while (end > start && blank(line[end - 1])) {
          end--;
        }
        if (is(lowerCase, line, start, end)) {
          return true;
        }
        start = at + 1;
      }
    }
    return false;
  }

  private static boolean is(byte[] lowerCase, byte[] line, int from, int to) {
    if (to - from != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte b = line[from + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
