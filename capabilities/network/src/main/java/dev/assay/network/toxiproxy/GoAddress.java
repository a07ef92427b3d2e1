package dev.assay.network.toxiproxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * An address as Go writes it: {@code host:port}, {@code [::1]:80}, {@code :0} for all addresses of
 * the machine. Immutable.
 *
 * @param host may be empty
 * @param port 0 to 65535
 */
record GoAddress(String host, int port) {

  /**
   * Reads an address.
   *
   * @throws ApiFailure with status 500, as Toxiproxy answers what Go's resolver refuses
   */
  static GoAddress parse(String text) {
    if (text.isEmpty()) {
      return new GoAddress("", 0);
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      throw refused(text, "missing port in address");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw refused(text, "too many colons in address");
    }
    return new GoAddress(host, port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw ApiFailure.internal("address " + text + ": invalid port");
  }

  private static ApiFailure refused(String text, String why) {
    return ApiFailure.internal("listen tcp: address " + text + ": " + why);
  }

  /** Where to listen; resolves the name, which may take as long as the machine's resolver. */
  InetSocketAddress resolved() {
    if (host.isEmpty()) {
      return new InetSocketAddress(port);
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw ApiFailure.internal("listen tcp: lookup " + host + ": no such host");
    }
  }

  /** The form in which Toxiproxy shows where a proxy listens. */
  static String show(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    String host = ip == null ? address.getHostString() : ip.getHostAddress();
    if (ip != null && ip.isAnyLocalAddress() && ip instanceof Inet6Address) {
      host = "::";
    }
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
