package dev.assay.server;

import dev.assay.api.value.DatabaseUrl;
import dev.assay.server.signon.SignOnOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with. Immutable.
 *
 * @param data the folder of everything it keeps
 * @param listen the address it listens on
 * @param port the port; 0 for a free one
 * @param database PostgreSQL; null for SQLite in the folder
 * @param address how people reach it, such as https://assay.example; null for where it listens
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
