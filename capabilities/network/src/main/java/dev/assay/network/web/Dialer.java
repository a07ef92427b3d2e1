package dev.assay.network.web;

import dev.assay.network.link.Link;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connects to servers, over a link where there is one. Used on the event loop of its proxy. */
final class Dialer {

  private static final int TIMEOUT_MILLIS = 30_000;

  /** Who waits for a connection. All methods are called on the event loop, one of them once. */
  interface Caller {

    /** Whether to go on to that address; false ends it without another call. */
    boolean resolved(InetAddress address);

    /** It is there, reads nothing yet, and has no handlers but the link's. */
    void connected(Channel channel);

    /** It cannot be. */
    void failed(String why);
  }

  private final EventLoop loop;
  private final ChannelGroup channels;
  private final @Nullable Link link;
  private long connections;

  Dialer(EventLoop loop, ChannelGroup channels, @Nullable Link link) {
    this.loop = loop;
    this.channels = channels;
    this.link = link;
  }

  void dial(Target target, Caller caller) {
    Optional<InetAddress> literal = target.literal();
    if (literal.isPresent()) {
      resolved(literal.get(), target, caller);
      return;
    }
    // The JDK's resolver blocks.
    Thread.ofVirtual()
        .start(() -> {
          try {
            InetAddress address = InetAddress.getByName(target.host());
            loop.execute(() -> resolved(address, target, caller));
          } catch (UnknownHostException e) {
            loop.execute(() -> caller.failed("there is no host " + target.host()));
          }
        });
  }

  private void resolved(InetAddress address, Target target, Caller caller) {
    if (!caller.resolved(address)) {
      return;
    }
    Link shared = link;
    if (shared == null) {
      connect(address, target, caller, null);
      return;
    }
    long number = connections++;
    LinkHandler handler = new LinkHandler(shared.down().stream(number), shared.up().stream(number));
    long now = loop.ticker().nanoTime();
    long at = shared.connected(now, number);
    if (at == Long.MAX_VALUE) {
      var _ =
          loop.schedule(
              () -> caller.failed("no answer from " + target.host()),
              TIMEOUT_MILLIS,
              TimeUnit.MILLISECONDS);
    } else {
      var _ =
          loop.schedule(
              () -> connect(address, target, caller, handler), at - now, TimeUnit.NANOSECONDS);
    }
  }

  private void connect(
      InetAddress address, Target target, Caller caller, @Nullable LinkHandler handler) {
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                if (handler != null) {
                  channel.pipeline().addLast(handler);
                }
              }
            })
        .connect(new InetSocketAddress(address, target.port()))
        .addListener((ChannelFutureListener) future -> done(future, target, caller));
  }

  private void done(ChannelFuture future, Target target, Caller caller) {
    if (future.isSuccess()) {
      channels.add(future.channel());
      caller.connected(future.channel());
    } else {
      caller.failed(
          "cannot connect to " + target.hostHeader() + ": " + future.cause().getMessage());
    }
  }
}
