package dev.assay.network.web;

import dev.assay.api.problem.Where;
import dev.assay.network.NetworkProblems;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Link;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 proxy as companies have: forwards requests in absolute form (RFC 9112 section 3.2.2),
 * opens tunnels ({@code CONNECT}, RFC 9110 section 9.3.6), demands passwords, blocks, opens TLS and
 * strips upgrades. What it says to servers goes over one link, if it has one. Owns its thread and
 * sockets until it is closed. Thread-safe.
 */
public final class WebProxy implements AutoCloseable {

  /** More clients at once than this are refused. */
  private static final int MOST_CLIENTS = 10_000;

  private static final int CLOSE_SECONDS = 5;

  /**
   * The link between the proxy and servers, so that asking for a connection costs one round trip as
   * it does without a proxy: the proxy is only the way onto the link. A link between clients and a
   * proxy is a {@code TcpProxy} before this one.
   *
   * @param condition its state at first
   * @param seed of everything random on it
   */
  public record Way(Condition condition, long seed) {}

  /**
   * What a proxy is.
   *
   * @param rules what it demands and refuses
   * @param interception how it opens TLS; it passes TLS on if empty
   * @param way the link; none if empty
   */
  public record Setup(WebProxyRules rules, Optional<Interception> interception, Optional<Way> way) {

    /** Lets everything pass, at once. */
    public static final Setup OPEN =
        new Setup(WebProxyRules.OPEN, Optional.empty(), Optional.empty());

    /** The same with other rules. */
    public Setup withRules(WebProxyRules other) {
      return new Setup(other, interception, way);
    }

    /** The same, but TLS is opened. */
    public Setup withInterception(Interception how) {
      return new Setup(rules, Optional.of(how), way);
    }

    /** The same over a link. */
    public Setup over(Way link) {
      return new Setup(rules, interception, Optional.of(link));
    }
  }

  private final Setup setup;
  private final EventLoopGroup group;
  private final EventLoop loop;
  private final ChannelGroup channels;
  private final @Nullable Link link;
  private final Dialer dialer;
  private volatile @Nullable Channel listening;

  private WebProxy(Setup setup) {
    this.setup = setup;
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("assay-web-proxy", true), NioIoHandler.newFactory());
    loop = group.next();
    channels = new DefaultChannelGroup(loop);
    link = setup.way().map(way -> new Link(way.condition(), way.seed())).orElse(null);
    dialer = new Dialer(loop, channels, link);
  }

  /**
   * Begins to listen.
   *
   * @param address port 0 finds a free one
   * @throws dev.assay.api.problem.ProblemException {@code ASSAY-NETWORK-030} if the address cannot
   *     be listened on
   */
  public static WebProxy start(InetSocketAddress address, Setup setup) {
    WebProxy proxy = new WebProxy(setup);
    ChannelFuture bound = proxy.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      proxy.close();
      String shown = address.getHostString() + ":" + address.getPort();
      throw NetworkProblems.CANNOT_LISTEN.failure(
          Where.named(shown),
          "the proxy cannot listen on " + shown + ": " + bound.cause().getMessage(),
          "end the program that listens there, or give another address");
    }
    proxy.listening = bound.channel();
    return proxy;
  }

  private ChannelFuture bind(InetSocketAddress address) {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accept(channel);
              }
            })
        .bind(address);
  }

  private void accept(SocketChannel channel) {
    if (channels.size() >= 2 * MOST_CLIENTS) {
      var _ = channel.close();
      return;
    }
    channels.add(channel);
    channel.pipeline().addLast(new HttpServerCodec(), ClientHandler.fresh(this));
  }

  WebProxyRules rules() {
    return setup.rules();
  }

  Optional<Interception> interception() {
    return setup.interception();
  }

  Dialer dialer() {
    return dialer;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    Channel channel = listening;
    if (channel == null) {
      throw new IllegalStateException("not started");
    }
    return (InetSocketAddress) channel.localAddress();
  }

  /**
   * Puts the link into another condition, and returns once it is; what is on its way keeps its
   * time.
   *
   * @throws IllegalStateException if there is no link
   */
  public void change(Condition condition) {
    Link shared = link;
    if (shared == null) {
      throw new IllegalStateException("the proxy has no link");
    }
    loop.submit(
            () -> {
              shared.change(condition, loop.ticker().nanoTime());
              for (Channel channel : channels) {
                LinkHandler handler = channel.pipeline().get(LinkHandler.class);
                if (handler != null) {
                  handler.changed();
                }
              }
            })
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends it and every connection through it. */
  @Override
  public void close() {
    Channel channel = listening;
    if (channel != null) {
      channel.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
    loop.submit(() -> channels.forEach(LinkHandler::reset))
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    var _ = group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    group.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
