package dev.assay.load.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a connection: straight to the socket where that is possible, encrypted before by {@link
 * DirectTls} where it is used, because a request nearly always fits into its send buffer, else
 * through the channel, which waits for room. Used only on its loop's thread.
 */
final class SocketWriter {

  private final Line line;
  private @Nullable ChannelHandlerContext context;
  private @Nullable FileDescriptor socket;
  private @Nullable DirectTls tls;
  private int queued;

  SocketWriter(Line line) {
    this.line = line;
  }

  /** Writes to the open connection from now on. */
  void on(ChannelHandlerContext opened, boolean secure) {
    DirectTls records = secure ? opened.pipeline().get(DirectTls.class) : null;
    tls = records;
    context = records == null ? opened : records.context();
    boolean linked = line.pool.device() != null;
    if (!linked
        && (!secure || records != null)
        && opened.channel() instanceof EpollSocketChannel direct) {
      socket = direct.fd();
    }
  }

  /**
   * Writes the readable bytes of a direct buffer, which is the caller's again afterwards.
   *
   * @throws IOException if the connection is broken
   */
  void write(ByteBuf bytes) throws IOException {
    DirectTls records = tls;
    if (records == null) {
      put(bytes, queued == 0);
      return;
    }
    ByteBuffer plain = bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes());
    while (plain.hasRemaining()) {
      put(records.encrypt(plain), queued == 0 && !records.busy());
    }
  }

  private void put(ByteBuf bytes, boolean free) throws IOException {
    FileDescriptor direct = socket;
    int from = bytes.readerIndex();
    int to = bytes.writerIndex();
    if (direct != null && free && bytes.hasMemoryAddress()) {
      from += direct.writeAddress(bytes.memoryAddress(), from, to);
    }
    if (from < to) {
      queue(bytes, from, to);
    }
  }

  /** Whether something waits for room in the socket's buffer. */
  boolean busy() {
    return queued > 0;
  }

  private void queue(ByteBuf bytes, int from, int to) {
    ChannelHandlerContext on = context;
    if (on == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    queued++;
    ByteBuf rest = on.alloc().directBuffer(to - from).writeBytes(bytes, from, to - from);
    on.writeAndFlush(rest)
        .addListener(result -> {
          queued--;
          if (queued == 0) {
            line.writable();
          }
          Throwable why = result.cause();
          if (why != null) {
            line.exceptionCaught(on, why);
          } else if (queued == 0) {
            line.written();
          }
        });
  }
}
