package dev.assay.load.engine;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Opens connections on one loop. */
final class Connector {

  private final Map<Origin, Bootstrap> bootstraps = new HashMap<>();
  private final long timeoutNanos;
  private final @Nullable SslContext tls;
  private final boolean resume;
  private final TlsBuffers tlsBuffers = new TlsBuffers();

  Connector(LoadPlan plan, EventLoop eventLoop, Sockets sockets, ByteBuf readBuffer) {
    this.timeoutNanos = plan.timeoutNanos();
    this.tls = sockets.tls();
    this.resume = sockets.resume();
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
    // A ring reads into the buffers of all connections at once, so each needs its own.
    if ((!origin.tls() || direct()) && kind != SocketKind.IO_URING) {
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
        Device device = line.pool.device();
        if (device != null) {
          channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
          channel.pipeline().addLast(new LinkHandler(device, line, timeoutNanos, line.loop));
        }
        SslContext context = tls;
        if (origin.tls() && context != null) {
          channel.pipeline().addLast(handler(context, origin, channel));
        }
        channel.pipeline().addLast(line);
      }
    };
  }

  /** Whether BoringSSL does the TLS, which needs nothing of Netty's handler. */
  private boolean direct() {
    return tls instanceof ReferenceCountedOpenSslContext;
  }

  private ChannelHandler handler(SslContext context, Origin origin, Channel channel) {
    // Sessions are kept by name and port: without a port none is found, and none kept.
    SslHandler made =
        context.newHandler(channel.alloc(), origin.serverName(), resume ? origin.port() : -1);
    name(made.engine(), origin.serverName());
    if (direct() && made.engine() instanceof ReferenceCountedOpenSslEngine engine) {
      // Only a handler gets an engine that takes records in parts; the handler itself is let go.
      return new DirectTls(engine, tlsBuffers, timeoutNanos);
    }
    made.setHandshakeTimeout(timeoutNanos, TimeUnit.NANOSECONDS);
    return made;
  }

  /**
   * Asks for a server by its name (RFC 6066), which engines by themselves do not for names without
   * a dot. An address is no name.
   */
  private static void name(SSLEngine engine, String serverName) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(names(serverName));
    engine.setSSLParameters(parameters);
  }

  private static List<SNIServerName> names(String serverName) {
    if (NetUtil.isValidIpV4Address(serverName) || NetUtil.isValidIpV6Address(serverName)) {
      return List.of();
    }
    try {
      return List.of(new SNIHostName(serverName));
    } catch (IllegalArgumentException _) {
      // A resolver may know what no certificate can name, such as a name with an underscore.
      return List.of();
    }
  }

  /** Frees the buffers; nothing may be sent or read afterwards. */
  void release() {
    tlsBuffers.release();
  }
}
