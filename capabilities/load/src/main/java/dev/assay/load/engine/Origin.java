package dev.assay.load.engine;

import java.net.SocketAddress;

/**
 * Where requests go. Immutable.
 *
 * @param scheme http or https
 * @param host the name or address as in the URL, for redirects and cookies
 * @param port the port
 * @param serverName the name that TLS asks for and checks
 * @param address the resolved address, looked up once before the start; or that of a Unix socket
 * @param protocol what is spoken on it
 */
public record Origin(
    String scheme,
    String host,
    int port,
    String serverName,
    SocketAddress address,
    Protocol protocol) {

  /** Whether TLS is spoken. */
  public boolean tls() {
    return scheme.equals("https");
  }
}
