package dev.assay.load.grpc;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server that is asked for its schema.
 *
 * @param address where it is; also a Unix socket
 * @param tls how TLS is spoken, with h2 by ALPN; null for none
 * @param serverName the name that TLS asks for and checks
 * @param port the port that TLS remembers sessions by
 * @param authority host and port as requests name them
 * @param headers metadata of each call
 * @param timeout to connect, and for all questions together
 */
public record GrpcServer(
    SocketAddress address,
    @Nullable SslContext tls,
    String serverName,
    int port,
    String authority,
    Map<String, String> headers,
    Duration timeout) {

  /** Copies the map. */
  public GrpcServer {
    headers = Map.copyOf(headers);
  }

  Wire connect(LongSupplier clock) throws IOException {
    long nanos = timeout.toNanos();
    Wire plain = SocketWire.open(address, clock, nanos);
    if (tls == null) {
      return plain;
    }
    try {
      return TlsWire.open(plain, tls, serverName, port, nanos);
    } catch (IOException broken) {
      plain.close();
      throw broken;
    }
  }
}
