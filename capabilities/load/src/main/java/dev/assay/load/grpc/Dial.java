package dev.assay.load.grpc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Opens a connection to the server that is asked for its schema. */
@FunctionalInterface
public interface Dial {

  /**
   * Opens a connection on which HTTP/2 can be spoken at once.
   *
   * @param timeout how long it may take
   */
  Socket open(Duration timeout) throws IOException;

  /** Without TLS. */
  static Dial plain(InetSocketAddress to) {
    return timeout -> {
      Socket socket = new Socket();
      try {
        socket.connect(to, (int) Math.max(1, timeout.toMillis()));
        return socket;
      } catch (IOException unreachable) {
        socket.close();
        throw unreachable;
      }
    };
  }

  /**
   * With TLS and HTTP/2 by ALPN.
   *
   * @param host the name that the certificate must have
   * @param check whether it must have it
   */
  static Dial tls(InetSocketAddress to, String host, SSLContext context, boolean check) {
    return timeout -> {
      Socket plain = plain(to).open(timeout);
      try {
        plain.setSoTimeout((int) Math.max(1, timeout.toMillis()));
        SSLSocket secure =
            (SSLSocket) context.getSocketFactory().createSocket(plain, host, to.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        if (check) {
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        if (!"h2".equals(secure.getApplicationProtocol())) {
          throw new IOException("the server does not speak HTTP/2 over TLS");
        }
        return secure;
      } catch (IOException broken) {
        plain.close();
        throw broken;
      }
    };
  }
}
