package dev.assay.load;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a Unix socket that answers every request that comes in one piece. */
final class UnixServer implements AutoCloseable {

  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocketChannel server;
  private final AtomicInteger requests = new AtomicInteger();

  private UnixServer(ServerSocketChannel server) {
    this.server = server;
  }

  static UnixServer start(Path path) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    UnixServer started = new UnixServer(server);
    Thread.ofVirtual().start(started::accept);
    return started;
  }

  int requests() {
    return requests.get();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        Thread.ofVirtual().start(() -> serve(channel));
      }
    } catch (ClosedChannelException over) {
      // The test is over.
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      ByteBuffer bytes = ByteBuffer.allocate(8192);
      while (channel.read(bytes) > 0) {
        bytes.clear();
        requests.incrementAndGet();
        channel.write(ByteBuffer.wrap(ANSWER));
      }
    } catch (IOException closed) {
      // The client went away.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
