package dev.assay.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Makes addresses of requests from what a flow says. */
final class Address {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String LEGAL = "-._~!$&'()*+,;=:@/?#";

  private Address() {}

  /** Whether it names its own host. */
  static boolean absolute(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /**
   * An address from an absolute one, or from a path that is added to a base. A path never replaces
   * the base's own path: {@code http://host/api} and {@code /orders} give {@code
   * http://host/api/orders}. Characters that no address may hold are percent-encoded.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static URI of(String path, String base) {
    if (absolute(path)) {
      return absoluteUri(path);
    }
    String start = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    boolean joined = path.startsWith("/") || path.startsWith("?") || path.isEmpty();
    return absoluteUri(start + (joined ? path : "/" + path));
  }

  private static URI absoluteUri(String text) {
    int authority = text.indexOf("://") + 3;
    int end = authority;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (authority < 3) {
      throw new IllegalArgumentException("'" + text + "' has no http:// or https://");
    }
    try {
      URI uri = new URI(text.substring(0, end) + encode(text.substring(end)));
      if (uri.getHost() == null || !absolute(text) || uri.getPort() > 65_535) {
        throw new IllegalArgumentException("'" + text + "' names no host that can be reached");
      }
      return uri;
    } catch (URISyntaxException broken) {
      throw new IllegalArgumentException("'" + text + "' is not an address", broken);
    }
  }

  /** Where a redirect from there leads. */
  static URI redirect(URI from, String location) {
    if (absolute(location)) {
      return absoluteUri(location);
    }
    if (location.startsWith("//")) {
      return absoluteUri(from.getScheme() + ":" + location);
    }
    return absoluteUri(from.resolve(encode(location)).toString());
  }

  /** Whether both have the same scheme, host and port. */
  static boolean sameOrigin(URI left, URI right) {
    return left.getScheme().equalsIgnoreCase(right.getScheme())
        && left.getHost().equalsIgnoreCase(right.getHost())
        && port(left) == port(right);
  }

  /** The port, that of the scheme where none is written. */
  static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  /** The address without a name and password in it. */
  static String shown(URI uri) {
    String userInfo = uri.getRawUserInfo();
    return userInfo == null ? uri.toString() : uri.toString().replace(userInfo + "@", "***@");
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean legal =
          c < 128
              && (Character.isLetterOrDigit(c)
                  || LEGAL.indexOf(c) >= 0
                  || (c == '%' && encodedAt(text, i)));
      if (legal) {
        encoded.append((char) c);
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          encoded.append('%').append(HEX.toHexDigits(b));
        }
      }
      i += Character.charCount(c);
    }
    return encoded.toString();
  }

  private static boolean encodedAt(String text, int at) {
    return at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
