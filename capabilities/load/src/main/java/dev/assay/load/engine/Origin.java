package dev.assay.load.engine;

import java.net.InetSocketAddress;

/**
 * Where requests go. Immutable.
 *
 * @param host the name or address as in the URL, for TLS
 * @param address the resolved address, looked up once before the start
 * @param tls whether TLS is spoken
 */
public record Origin(String host, InetSocketAddress address, boolean tls) {}
