package dev.assay.network.web;

import dev.assay.network.link.StreamFlow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts a link between a socket and the handlers after this one: what they write and what they read
 * arrives when the link says so. First in its pipeline; its socket allows half-closure.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails shows as the end of its connection
final class LinkHandler extends ChannelDuplexHandler {

  private static final int WRITABILITY = 1;

  private final StreamFlow in;
  private final StreamFlow out;
  private @Nullable Pacer reading;
  private @Nullable Pacer writing;
  private boolean readWanted;
  private boolean closing;

  /**
   * A link of a connection that the link has carried the handshake of.
   *
   * @param in what comes from the socket
   * @param out what goes to the socket
   */
  LinkHandler(StreamFlow in, StreamFlow out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    reading = new Pacer(in, context.channel().eventLoop(), new Reader(context));
    writing = new Pacer(out, context.channel().eventLoop(), new Writer(context));
  }

  private Pacer reading() {
    return Objects.requireNonNull(reading);
  }

  private Pacer writing() {
    return Objects.requireNonNull(writing);
  }

  /** The link's condition is another now. */
  void changed() {
    reading().pump();
    writing().pump();
  }

  @Override
  public void read(ChannelHandlerContext context) {
    reading().pump();
    if (reading().full()) {
      readWanted = true;
    } else {
      context.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    reading().data((ByteBuf) message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      reading().end();
    } else if (!(event instanceof ChannelInputShutdownReadComplete)) {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    reading().discard();
    writing().discard();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    reading().discard();
    writing().discard();
  }

  /** What is written counts as written once the link has it: what ends the stream waits for it. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    writing().data((ByteBuf) message);
    promise.trySuccess();
    writable(context, !writing().full());
  }

  @Override
  public void flush(ChannelHandlerContext context) {}

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (!context.channel().isActive() || (writing().idle() && !closing)) {
      var _ = context.close(promise);
      return;
    }
    closing = true;
    writing().end();
    context
        .channel()
        .closeFuture()
        .addListener((ChannelFutureListener) closed -> promise.trySuccess());
  }

  private static void writable(ChannelHandlerContext context, boolean writable) {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    if (buffer != null) {
      buffer.setUserDefinedWritability(WRITABILITY, writable);
    }
  }

  /** Ends the stream towards the socket after all that was written (FIN). */
  static void finish(Channel channel) {
    LinkHandler link = channel.pipeline().get(LinkHandler.class);
    if (link != null) {
      link.writing().end();
    } else {
      shutdown(channel);
    }
  }

  private static void shutdown(Channel channel) {
    // Netty drops what it has not written yet when the output is shut down, so wait for that.
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(written -> ((DuplexChannel) channel).shutdownOutput());
  }

  /** Ends a connection with RST, at once. */
  static void reset(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      ChannelHandlerContext link = channel.pipeline().context(LinkHandler.class);
      if (link != null) {
        var _ = link.close();
      } else {
        var _ = channel.close();
      }
    }
  }

  private final class Reader implements Pacer.Far {
    private final ChannelHandlerContext context;

    private Reader(ChannelHandlerContext context) {
      this.context = context;
    }

    @Override
    public void bytes(ByteBuf bytes) {
      context.fireChannelRead(bytes);
      context.fireChannelReadComplete();
    }

    @Override
    public void end() {
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    @Override
    public boolean ready() {
      return context.channel().config().isAutoRead();
    }

    @Override
    public void roomy() {
      if (readWanted) {
        readWanted = false;
        context.read();
      }
    }
  }

  private final class Writer implements Pacer.Far {
    private final ChannelHandlerContext context;

    private Writer(ChannelHandlerContext context) {
      this.context = context;
    }

    @Override
    public void bytes(ByteBuf bytes) {
      context.writeAndFlush(bytes).addListener(written -> writing().pump());
    }

    @Override
    public void end() {
      if (closing) {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> context.close());
      } else {
        context
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(written -> ((DuplexChannel) context.channel()).shutdownOutput());
      }
    }

    @Override
    public boolean ready() {
      ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
      return buffer == null || buffer.totalPendingWriteBytes() < 64 * 1024;
    }

    @Override
    public void roomy() {
      writable(context, true);
    }
  }
}
