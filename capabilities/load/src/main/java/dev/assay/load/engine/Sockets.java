package dev.assay.load.engine;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made.
 *
 * @param kind how the machine's sockets are reached
 * @param tls how TLS is spoken, where an origin wants it; else null
 * @param resume whether new connections resume earlier sessions of TLS
 */
public record Sockets(SocketKind kind, @Nullable SslContext tls, boolean resume) {

  /** Connections that resume sessions where they can. */
  public Sockets(SocketKind kind, @Nullable SslContext tls) {
    this(kind, tls, true);
  }
}
