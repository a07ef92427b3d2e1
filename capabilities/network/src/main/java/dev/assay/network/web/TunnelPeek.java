package dev.assay.network.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first byte that a client sends through a tunnel, to see what it speaks, and then
 * leaves the pipeline; the byte goes to whoever comes after it.
 */
final class TunnelPeek extends ByteToMessageDecoder {

  /** What is spoken in a tunnel. */
  enum Speech {
    TLS,
    HTTP,
    OTHER
  }

  /** After that time the server is taken to speak first, as mail servers do. */
  private static final int PATIENCE_SECONDS = 5;

  private static final int TLS_HANDSHAKE = 0x16;

  private final Consumer<Speech> heard;
  private @Nullable ScheduledFuture<?> patience;
  private boolean decided;

  /** Calls once, before it leaves; handlers that are added then get the byte. */
  TunnelPeek(Consumer<Speech> heard) {
    this.heard = heard;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    patience =
        context
            .executor()
            .schedule(() -> decide(context, Speech.OTHER), PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int first = in.getByte(in.readerIndex());
    if (first == TLS_HANDSHAKE) {
      decide(context, Speech.TLS);
    } else {
      decide(context, first >= 'A' && first <= 'Z' ? Speech.HTTP : Speech.OTHER);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      decide(context, Speech.OTHER);
    }
    super.userEventTriggered(context, event);
  }

  private void decide(ChannelHandlerContext context, Speech speech) {
    if (!decided && !context.isRemoved()) {
      decided = true;
      heard.accept(speech);
      context.pipeline().remove(this);
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    ScheduledFuture<?> running = patience;
    if (running != null) {
      running.cancel(false);
    }
  }
}
