package dev.assay.load.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** TLS on another connection, by the same context that the load speaks it with. */
final class TlsWire implements Wire {

  private static final int RECORD = 16 * 1024;

  private final Wire under;
  private final EmbeddedChannel channel;
  private final byte[] raw = new byte[RECORD];

  private TlsWire(Wire under, EmbeddedChannel channel) {
    this.under = under;
    this.channel = channel;
  }

  /**
   * Shakes hands.
   *
   * @param host the name that is asked for and checked
   */
  static TlsWire open(Wire under, SslContext context, String host, int port, long nanos)
      throws IOException {
    SslHandler handler = context.newHandler(Unpooled.buffer().alloc(), host, port);
    handler.setHandshakeTimeoutMillis(0);
    TlsWire wire = new TlsWire(under, new EmbeddedChannel(handler));
    wire.send(nanos);
    while (!handler.handshakeFuture().isDone()) {
      if (!wire.receive(nanos)) {
        throw new IOException("the server closed the connection during the TLS handshake");
      }
    }
    Throwable why = handler.handshakeFuture().cause();
    if (why != null) {
      throw new IOException("the TLS handshake failed: " + why.getMessage(), why);
    }
    if (!"h2".equals(handler.applicationProtocol())) {
      throw new IOException("the server does not offer h2 by ALPN");
    }
    return wire;
  }

  /** Takes what came over the network; whether it is still open. */
  private boolean receive(long nanos) throws IOException {
    int many = under.read(raw, nanos);
    if (many < 0) {
      return false;
    }
    try {
      channel.writeInbound(Unpooled.copiedBuffer(raw, 0, many));
    } catch (DecoderException broken) {
      if (broken.getCause() instanceof SSLException tls) {
        send(nanos);
        throw new IOException("TLS failed: " + tls.getMessage(), tls);
      }
      throw broken;
    }
    send(nanos);
    return true;
  }

  private void send(long nanos) throws IOException {
    channel.runPendingTasks();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      try {
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        under.write(bytes, 0, bytes.length, nanos);
      } finally {
        out.release();
      }
    }
  }

  @Override
  public int read(byte[] into, long nanos) throws IOException {
    while (true) {
      ByteBuf plain = (ByteBuf) channel.inboundMessages().peek();
      if (plain != null && plain.isReadable()) {
        int many = Math.min(into.length, plain.readableBytes());
        plain.readBytes(into, 0, many);
        return many;
      }
      if (plain != null) {
        ByteBuf used = channel.readInbound();
        used.release();
      } else if (!receive(nanos)) {
        return -1;
      }
    }
  }

  @Override
  public void write(byte[] bytes, int from, int to, long nanos) throws IOException {
    channel.writeOutbound(Unpooled.copiedBuffer(bytes, from, to - from));
    send(nanos);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.finishAndReleaseAll();
    } finally {
      under.close();
    }
  }
}
