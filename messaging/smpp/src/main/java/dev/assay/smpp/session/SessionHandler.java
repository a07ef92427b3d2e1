package dev.assay.smpp.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/** Tells a session what its connection does. */
final class SessionHandler extends ChannelInboundHandlerAdapter {

  private final SmppSession session;
  private final Runnable whenOpen;
  private final boolean secured;

  /**
   * Made for each connection.
   *
   * @param whenOpen what to do when bytes can flow, after TLS has shaken hands
   */
  SessionHandler(SmppSession session, boolean secured, Runnable whenOpen) {
    this.session = session;
    this.secured = secured;
    this.whenOpen = whenOpen;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    session.opened();
    if (!secured) {
      whenOpen.run();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        whenOpen.run();
      } else {
        session.broken(CloseReason.BROKEN);
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof ByteBuf buffer) {
        session.received(buffer);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    session.readComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    session.writabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    session.broken(CloseReason.PEER_CLOSED);
  }

  @Override
  @SuppressWarnings("deprecation") // of the handler interface, not of this method
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    session.broken(CloseReason.BROKEN);
  }
}
