package dev.assay.server;

import dev.assay.api.value.DatabaseUrl;
import dev.assay.server.signon.SignOnOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with. Immutable.
 *
 * @param data the folder of everything it keeps
 * @param listen the address it listens on
 * @param port the port; 0 for a free one
 * @param database PostgreSQL; null for SQLite in the folder
 * @param address how people reach it, such as https://assay.example, without a path, as all that
 *     pages link to begins at its root; null for where it listens
 * @param signOn single sign-on; null for none
 * @param privateHooks whether webhooks and alerts may go to private addresses
 * @param jsonLogs whether logs are JSON, one object a line
 */
public record ServerOptions(
    Path data,
    InetAddress listen,
    int port,
    @Nullable DatabaseUrl database,
    @Nullable String address,
    @Nullable SignOnOptions signOn,
    boolean privateHooks,
    boolean jsonLogs) {

  private static final Pattern ADDRESS = Pattern.compile("https?://[^/?#@\\s]+/*");

  /**
   * Looks at the address.
   *
   * @throws IllegalArgumentException with a sentence for people, if it is none or has a path
   */
  public ServerOptions {
    if (address != null && !ADDRESS.matcher(address).matches()) {
      throw new IllegalArgumentException(
          "--address is https:// or http:// and a host, perhaps with a port, and has no path; '"
              + address
              + "' is not like that");
    }
  }

  /** Without single sign-on; webhooks go to public addresses only. */
  public ServerOptions(
      Path data,
      InetAddress listen,
      int port,
      @Nullable DatabaseUrl database,
      @Nullable String address) {
    this(data, listen, port, database, address, null, false, false);
  }
}
