package dev.assay.load.engine;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connections on one loop. */
final class Connector {

  private final Map<Origin, Bootstrap> bootstraps = new HashMap<>();
  private final long timeoutNanos;
  private final @Nullable SslContext tls;

  Connector(LoadPlan plan, EventLoop eventLoop, Sockets sockets, ByteBuf readBuffer) {
    this.timeoutNanos = plan.timeoutNanos();
    this.tls = sockets.tls();
    for (Origin origin : plan.origins()) {
      bootstraps.put(origin, bootstrap(origin, eventLoop, sockets.kind(), readBuffer));
    }
  }

  private Bootstrap bootstrap(
      Origin origin, EventLoop eventLoop, SocketKind kind, ByteBuf readBuffer) {
    SocketAddress address =
        origin.address() instanceof UnixDomainSocketAddress path
            ? kind.unixAddress(path)
            : origin.address();
    boolean unix = origin.address() instanceof UnixDomainSocketAddress;
    Bootstrap made =
        new Bootstrap()
            .group(eventLoop)
            .channel(unix ? kind.unixChannel() : kind.channel())
            .remoteAddress(address)
            .disableResolver()
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
    if (!unix) {
      made.option(ChannelOption.TCP_NODELAY, true);
    }
    if (!origin.tls()) {
      made.option(ChannelOption.RECVBUF_ALLOCATOR, new SharedReadBuffer(readBuffer));
    }
    return made;
  }

  /** Opens a connection for a line, which is told how that goes. */
  void connect(Origin origin, Line line) {
    Bootstrap bootstrap = bootstraps.get(origin);
    if (bootstrap == null) {
      throw new IllegalStateException("an origin that is not in the plan");
    }
    bootstrap
        .clone()
        .handler(pipeline(origin, line))
        .connect()
        .addListener(result -> {
          Throwable why = result.cause();
          if (why != null) {
            line.connectFailed(ErrorKind.CONNECT, why);
          }
        });
  }

  private ChannelInitializer<Channel> pipeline(Origin origin, Line line) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        SslContext context = tls;
        if (origin.tls() && context != null) {
          SslHandler handler =
              context.newHandler(channel.alloc(), origin.serverName(), origin.port());
          handler.setHandshakeTimeout(timeoutNanos, TimeUnit.NANOSECONDS);
          channel.pipeline().addLast(handler);
        }
        channel.pipeline().addLast(line);
      }
    };
  }
}
