package dev.assay.network.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;

/** One direction of a tunnel: what one socket reads, the other writes. */
final class Relay extends ChannelInboundHandlerAdapter {

  private final Channel peer;
  private boolean ended;

  private Relay(Channel peer) {
    this.peer = peer;
  }

  /** Joins two sockets whose other handlers are gone. Both read from now on. */
  static void join(Channel one, Channel other) {
    one.pipeline().addLast(new Relay(other));
    other.pipeline().addLast(new Relay(one));
    one.config().setAutoRead(true);
    other.config().setAutoRead(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf) || !peer.isActive()) {
      ReferenceCountUtil.release(message);
      return;
    }
    var _ = peer.writeAndFlush(message);
    if (!peer.isWritable()) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    peer.config().setAutoRead(context.channel().isWritable());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent && !ended) {
      ended = true;
      LinkHandler.finish(peer);
      Relay other = peer.pipeline().get(Relay.class);
      if (other != null && other.ended) {
        var _ = context.channel().close();
        var _ = peer.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (ended) {
      var _ = peer.close();
    } else {
      LinkHandler.reset(peer);
    }
  }

  /** The socket's other end has reset the connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LinkHandler.reset(peer);
    LinkHandler.reset(context.channel());
  }
}
