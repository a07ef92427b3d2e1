package dev.assay.load.grpc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A connection to an address of the network or to a Unix socket. */
final class SocketWire implements Wire {

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final LongSupplier clock;

  private SocketWire(SocketChannel channel, Selector selector, LongSupplier clock)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.clock = clock;
    channel.configureBlocking(false);
    this.key = channel.register(selector, 0);
  }

  /**
   * Connects.
   *
   * @param clock monotonic, in nanoseconds
   * @param nanos how long that may take
   */
  static SocketWire open(SocketAddress to, LongSupplier clock, long nanos) throws IOException {
    SocketChannel channel =
        to instanceof InetSocketAddress
            ? SocketChannel.open()
            : SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      SocketWire wire = new SocketWire(channel, Selector.open(), clock);
      long end = clock.getAsLong() + nanos;
      if (!channel.connect(to)) {
        do {
          wire.await(SelectionKey.OP_CONNECT, end, "no connection in time");
        } while (!channel.finishConnect());
      }
      return wire;
    } catch (IOException unreachable) {
      channel.close();
      throw unreachable;
    }
  }

  private void await(int what, long end, String why) throws IOException {
    key.interestOps(what);
    long left = TimeUnit.NANOSECONDS.toMillis(end - clock.getAsLong());
    if (left <= 0 || selector.select(left) == 0 && end - clock.getAsLong() <= 0) {
      throw new SocketTimeoutException(why);
    }
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("stopped");
    }
  }

  @Override
  public int read(byte[] into, long nanos) throws IOException {
    long end = clock.getAsLong() + nanos;
    ByteBuffer buffer = ByteBuffer.wrap(into);
    int many = channel.read(buffer);
    while (many == 0) {
      await(SelectionKey.OP_READ, end, "no answer in time");
      many = channel.read(buffer);
    }
    return many;
  }

  @Override
  public void write(byte[] bytes, int from, int to, long nanos) throws IOException {
    long end = clock.getAsLong() + nanos;
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, to - from);
    while (buffer.hasRemaining()) {
      if (channel.write(buffer) == 0) {
        await(SelectionKey.OP_WRITE, end, "the server takes no bytes");
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }
}
