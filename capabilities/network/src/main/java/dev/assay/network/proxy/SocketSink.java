package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.atomic.LongAdder;

/** The last stage: the socket that is written. */
final class SocketSink extends Stage {

  private final DuplexChannel socket;
  private final TcpConnection owner;
  private final LongAdder bytes;
  private boolean ended;

  SocketSink(DuplexChannel socket, TcpConnection owner, LongAdder bytes) {
    this.socket = socket;
    this.owner = owner;
    this.bytes = bytes;
  }

  @Override
  public void data(ByteBuf buffer) {
    if (ended || !socket.isActive()) {
      buffer.release();
      return;
    }
    bytes.add(buffer.readableBytes());
    socket.writeAndFlush(buffer, socket.voidPromise());
  }

  /** Whether the end of the stream, or a reset, was handed to the socket. */
  boolean ended() {
    return ended;
  }

  @Override
  public void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (!socket.isActive()) {
      owner.written();
      return;
    }
    // Netty drops what it has not written yet when the output is shut down, so wait for that.
    socket
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            (ChannelFutureListener)
                written -> {
                  ChannelFuture shut = socket.shutdownOutput();
                  shut.addListener((ChannelFutureListener) done -> owner.written());
                });
  }

  @Override
  public void reset() {
    ended = true;
    reset(socket);
    owner.written();
  }

  /** Closes a socket with RST. */
  static void reset(Channel socket) {
    if (socket.isOpen()) {
      socket.config().setOption(ChannelOption.SO_LINGER, 0);
      socket.close();
    }
  }

  @Override
  public boolean writable() {
    return socket.isWritable() || !socket.isActive();
  }
}
