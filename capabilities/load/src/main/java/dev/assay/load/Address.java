package dev.assay.load;

import dev.assay.api.problem.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A filled URL, taken apart for a request. Immutable.
 *
 * @param scheme http or https
 * @param host a name or an address, without the brackets of IPv6
 * @param port the port
 * @param authority the value of the Host header
 * @param resource path and query as sent
 */
record Address(String scheme, String host, int port, String authority, String resource) {

  /** Reads an absolute http or https URL. */
  static Address of(URI uri, Place place) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    String host = uri.getHost();
    boolean whole = (tls || scheme.equals("http")) && host != null && uri.getRawUserInfo() == null;
    if (!whole || host == null) {
      throw LoadProblems.ADDRESS.failure(
          place,
          "'" + uri + "' is not an absolute http or https URL with a host and without a user",
          "write it like http://127.0.0.1:8080/path");
    }
    String path = uri.getRawPath();
    String resource = path == null || path.isEmpty() ? "/" : path;
    if (uri.getRawQuery() != null) {
      resource = resource + "?" + uri.getRawQuery();
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    String authority = uri.getPort() >= 0 ? host + ":" + port : host;
    return new Address(scheme, bare, port, authority, resource);
  }

  /** Reads a filled text as a URL, non-ASCII letters encoded. */
  static URI parse(String text, Place place) {
    try {
      return new URI(new URI(text).toASCIIString());
    } catch (URISyntaxException broken) {
      throw LoadProblems.ADDRESS.failure(
          place,
          "'" + text + "' is not a URL: " + broken.getReason(),
          "encode what a URL cannot hold, such as %20 for a space");
    }
  }

  /** Whether another address is reached on the same connection. */
  boolean sameOrigin(Address other) {
    return scheme.equals(other.scheme) && host.equalsIgnoreCase(other.host) && port == other.port;
  }
}
