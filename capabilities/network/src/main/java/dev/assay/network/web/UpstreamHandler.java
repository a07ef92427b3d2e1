package dev.assay.network.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/** Hands what a server answers to the client's side. */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {

  private final ClientHandler client;
  private boolean over;

  UpstreamHandler(ClientHandler client) {
    this.client = client;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpObject part && !over) {
      client.answered(context.channel(), part);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    client.serverWritable();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      gone(context, "the server has closed the connection");
    } else if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
      gone(context, "no TLS with the server: " + tls.cause().getMessage());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    gone(context, "the server has closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    gone(context, "the connection to the server broke: " + cause.getMessage());
  }

  private void gone(ChannelHandlerContext context, String why) {
    if (!over) {
      over = true;
      var _ = context.close();
      client.serverGone(context.channel(), why);
    }
  }
}
