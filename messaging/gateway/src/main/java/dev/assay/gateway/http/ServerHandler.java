package dev.assay.gateway.http;

import dev.assay.gateway.http.SubmitReader.Submit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
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

  /** Of both kinds: those that the general codec read, and submits. */
  private final ArrayDeque<Object> waiting = new ArrayDeque<>();

  private boolean busy;

  ServerHandler(Consumer<Exchange> api) {
    this.api = api;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof FullHttpRequest request) {
      next(context, request);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  void submit(Submit submit) {
    next(submit.context(), submit);
  }

  private void next(ChannelHandlerContext context, Object request) {
    if (busy) {
      waiting.add(request);
      if (waiting.size() >= PIPELINED) {
        context.channel().config().setAutoRead(false);
      }
    } else {
      begin(context, request);
    }
  }

  private void begin(ChannelHandlerContext context, Object request) {
    busy = true;
    if (request instanceof FullHttpRequest general) {
      try {
        api.accept(Exchange.of(context, this, general));
      } finally {
        general.release();
      }
    } else if (request instanceof Submit submit) {
      api.accept(Exchange.of(submit, this));
    }
  }

  void answer(ChannelHandlerContext context, FullHttpResponse response, boolean keepAlive) {
    if (!context.channel().isActive()) {
      response.release();
      return;
    }
    var written = context.writeAndFlush(response);
    if (keepAlive) {
      answered(context);
    } else {
      busy = false;
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Answers a submit. */
  void answer(Submit submit, ByteBuf response) {
    ChannelHandlerContext context = submit.context();
    if (context.channel().isActive()) {
      var _ = context.writeAndFlush(response, context.voidPromise());
      answered(context);
    } else {
      response.release();
    }
  }

  private void answered(ChannelHandlerContext context) {
    busy = false;
    Object next = waiting.poll();
    if (waiting.isEmpty() && !context.channel().config().isAutoRead()) {
      context.channel().config().setAutoRead(true);
    }
    if (next != null) {
      ChannelHandlerContext own =
          next instanceof Submit submit ? submit.context() : context.pipeline().context(this);
      begin(own, next);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    for (Object each = waiting.poll(); each != null; each = waiting.poll()) {
      ReferenceCountUtil.release(each);
    }
  }

  @Override
  @SuppressWarnings("deprecation") // of the handler interface, not of this method
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
