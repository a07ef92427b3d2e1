package dev.assay.gateway.http;

import dev.assay.api.spi.Clock;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The connections to one host that is told of statuses. Belongs to one event loop. */
final class CallbackTarget {

  private static final int CONNECT_MILLIS = 5_000;
  private static final long ANSWER_NANOS = 15_000_000_000L;
  private static final int LARGEST_ANSWER = 64 * 1024;

  /** What is told with the answer. */
  interface Done {
    void done(int status, long retryAfterSeconds);
  }

  /**
   * A request.
   *
   * @param path of the address
   * @param query of it, or null
   * @param id the webhook's
   * @param timestamp seconds since 1970
   * @param signature or null
   * @param body JSON
   * @param done told once
   */
  record Post(
      String path,
      @Nullable String query,
      String id,
      String timestamp,
      @Nullable String signature,
      String body,
      Done done) {}

  private final EventLoop loop;
  private final Clock clock;
  private final boolean tls;
  private final String host;
  private final int port;
  private final String authority;
  private final int most;
  private final ArrayDeque<Post> waiting = new ArrayDeque<>();
  private final ArrayDeque<Connection> free = new ArrayDeque<>();
  private final Set<Connection> all = new HashSet<>();
  private @Nullable SslContext context;

  CallbackTarget(EventLoop loop, Clock clock, URI uri, int most) {
    this.loop = loop;
    this.clock = clock;
    this.tls = "https".equalsIgnoreCase(uri.getScheme());
    this.host = uri.getHost() == null ? "" : uri.getHost();
    this.port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    this.authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    this.most = most;
  }

  void post(Post post) {
    Connection idle = free.poll();
    if (idle != null) {
      idle.send(post);
    } else {
      waiting.add(post);
      if (all.size() < most) {
        connect();
      }
    }
  }

  void flush() {
    all.forEach(Connection::flush);
  }

  /** Gives up what is not answered in time; called about every second. */
  void tick() {
    long now = clock.nanos();
    for (Connection each : all) {
      if (each.late(now)) {
        each.close();
      }
    }
  }

  void close() {
    for (Connection each : Set.copyOf(all)) {
      each.close();
    }
  }

  private void connect() {
    Connection connection = new Connection();
    all.add(connection);
    boolean epoll = Epoll.isAvailable();
    new Bootstrap()
        .group(loop)
        .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) throws SSLException {
                if (tls) {
                  channel.pipeline().addLast(ssl().newHandler(channel.alloc(), host, port));
                }
                channel
                    .pipeline()
                    .addLast(
                        new HttpResponseDecoder(),
                        new HttpObjectAggregator(LARGEST_ANSWER),
                        connection);
              }
            })
        .connect(InetSocketAddress.createUnresolved(host, port))
        .addListener(connected -> {
          if (!connected.isSuccess()) {
            connection.gone();
          }
        });
  }

  private SslContext ssl() throws SSLException {
    SslContext made = context;
    if (made == null) {
      made =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .endpointIdentificationAlgorithm("HTTPS")
              .build();
      context = made;
    }
    return made;
  }

  /** One connection, with at most one request under way. */
  private final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {

    private @Nullable ChannelHandlerContext connected;
    private @Nullable Post current;
    private long sent;
    private boolean unflushed;

    @Override
    public void channelActive(ChannelHandlerContext of) {
      connected = of;
      free();
      flush();
    }

    private void free() {
      Post next = waiting.poll();
      if (next == null) {
        free.add(this);
      } else {
        send(next);
      }
    }

    void send(Post post) {
      ChannelHandlerContext to = connected;
      if (to == null || !to.channel().isActive()) {
        waiting.addFirst(post);
        return;
      }
      current = post;
      sent = clock.nanos();
      var _ = to.write(written(to, post), to.voidPromise());
      unflushed = true;
    }

    /** In one piece, as each piece costs when it is sent. */
    private ByteBuf written(ChannelHandlerContext to, Post post) {
      ByteBuf body = ByteBufUtil.writeUtf8(to.alloc(), post.body());
      try {
        String query = post.query();
        StringBuilder head = new StringBuilder(400);
        head.append("POST ").append(post.path());
        if (query != null) {
          head.append('?').append(query);
        }
        head.append(" HTTP/1.1\r\nhost: ").append(authority);
        head.append("\r\ncontent-type: application/json\r\ncontent-length: ");
        head.append(body.readableBytes());
        head.append("\r\nwebhook-id: ").append(post.id());
        head.append("\r\nwebhook-timestamp: ").append(post.timestamp());
        String signature = post.signature();
        if (signature != null) {
          head.append("\r\nwebhook-signature: ").append(signature);
        }
        head.append("\r\n\r\n");
        ByteBuf whole = to.alloc().ioBuffer(head.length() + body.readableBytes());
        whole.writeCharSequence(head, StandardCharsets.ISO_8859_1);
        return whole.writeBytes(body);
      } finally {
        body.release();
      }
    }

    boolean late(long now) {
      return current != null && now - sent > ANSWER_NANOS;
    }

    void flush() {
      ChannelHandlerContext to = connected;
      if (unflushed && to != null) {
        unflushed = false;
        to.flush();
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext of, FullHttpResponse response) {
      Post answered = current;
      current = null;
      boolean stays = HttpUtil.isKeepAlive(response);
      if (answered != null) {
        answered.done().done(response.status().code(), seconds(response));
      }
      if (stays) {
        free();
        flush();
      } else {
        var _ = of.close();
      }
    }

    private static long seconds(FullHttpResponse response) {
      String after = response.headers().get(HttpHeaderNames.RETRY_AFTER);
      return after != null && after.matches("\\d{1,6}") ? Long.parseLong(after) : 0;
    }

    @Override
    public void channelInactive(ChannelHandlerContext of) {
      gone();
    }

    @Override
    @SuppressWarnings("deprecation") // of the handler interface, not of this method
    public void exceptionCaught(ChannelHandlerContext of, Throwable cause) {
      var _ = of.close();
    }

    void close() {
      ChannelHandlerContext to = connected;
      if (to != null) {
        var _ = to.close();
      }
    }

    /** The connection is no more. */
    void gone() {
      if (!all.remove(this)) {
        return;
      }
      free.remove(this);
      Post left = current;
      current = null;
      if (left != null) {
        left.done().done(0, 0);
      }
      if (connected == null) {
        // nobody is there: all that waits learns it, and comes again after a pause
        for (Post each = waiting.poll(); each != null; each = waiting.poll()) {
          each.done().done(0, 0);
        }
      } else if (!waiting.isEmpty() && all.size() < most) {
        connect();
      }
    }
  }
}
