package dev.assay.network.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where a request is to go. Immutable.
 *
 * @param tls whether the proxy speaks TLS to it
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
record Target(boolean tls, String host, int port) {

  /** The target of {@code CONNECT}: {@code host:port} (RFC 9112 section 3.2.3). */
  static Optional<Target> ofAuthority(String authority, boolean tls) {
    int colon = authority.lastIndexOf(':');
    if (colon <= 0) {
      return Optional.empty();
    }
    String host = authority.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      return Optional.empty();
    }
    try {
      int port = Integer.parseInt(authority.substring(colon + 1));
      boolean good = port > 0 && port <= 65535 && !host.isEmpty();
      return good ? Optional.of(new Target(tls, host, port)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The target of a request in absolute form: {@code http://host/path}. */
  static Optional<Target> ofUri(String uri) {
    try {
      String withoutPath = uri.replaceFirst("^([A-Za-z]+://[^/?#]*).*$", "$1");
      URI parsed = new URI(withoutPath);
      String host = parsed.getHost();
      if (!"http".equalsIgnoreCase(parsed.getScheme()) || host == null) {
        return Optional.empty();
      }
      String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      int port = parsed.getPort() < 0 ? 80 : parsed.getPort();
      return port == 0 || port > 65535
          ? Optional.empty()
          : Optional.of(new Target(false, bare, port));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** What is left of an absolute form for the server: path and query. */
  static String originForm(String uri) {
    int scheme = uri.indexOf("://");
    int slash = scheme < 0 ? 0 : uri.indexOf('/', scheme + 3);
    int query = scheme < 0 ? -1 : uri.indexOf('?', scheme + 3);
    if (slash < 0 || (query >= 0 && query < slash)) {
      return query < 0 ? "/" : "/" + uri.substring(query);
    }
    return uri.substring(slash);
  }

  /** The value of {@code Host} (RFC 9110 section 7.2). */
  String hostHeader() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? shown : shown + ":" + port;
  }

  /** The address, where the host is one already. */
  Optional<InetAddress> literal() {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
