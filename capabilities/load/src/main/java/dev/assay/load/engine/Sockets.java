package dev.assay.load.engine;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made.
 *
 * @param kind how the machine's sockets are reached
 * @param tls how TLS is spoken, where an origin wants it; else null
 */
public record Sockets(SocketKind kind, @Nullable SslContext tls) {}
