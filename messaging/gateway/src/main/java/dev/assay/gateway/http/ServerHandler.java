package dev.assay.gateway.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * One connection: hands out its requests one after another, so that answers come in their order;
 * reads no further while many wait.
 */
final class ServerHandler extends ChannelInboundHandlerAdapter {

  private static final int PIPELINED = 16;

  private final Consumer<Exchange> api;
  private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>();
  private boolean busy;

  ServerHandler(Consumer<Exchange> api) {
    this.api = api;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof FullHttpRequest request)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (busy) {
      waiting.add(request);
      if (waiting.size() >= PIPELINED) {
        context.channel().config().setAutoRead(false);
      }
    } else {
      begin(context, request);
    }
  }

  private void begin(ChannelHandlerContext context, FullHttpRequest request) {
    busy = true;
    try {
      api.accept(
          new Exchange(
              context,
              this,
              HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess(),
              request.headers(),
              request.method().name(),
              request.uri(),
              request.content()));
    } finally {
      request.release();
    }
  }

  void answer(ChannelHandlerContext context, FullHttpResponse response, boolean keepAlive) {
    if (!context.channel().isActive()) {
      response.release();
      return;
    }
    var written = context.writeAndFlush(response);
    busy = false;
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    FullHttpRequest next = waiting.poll();
    if (waiting.isEmpty() && !context.channel().config().isAutoRead()) {
      context.channel().config().setAutoRead(true);
    }
    if (next != null) {
      begin(context, next);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    for (FullHttpRequest each = waiting.poll(); each != null; each = waiting.poll()) {
      each.release();
    }
  }

  @Override
  @SuppressWarnings("deprecation") // of the handler interface, not of this method
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
