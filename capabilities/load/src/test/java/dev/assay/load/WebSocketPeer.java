package dev.assay.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket server on a free loopback port, made of Netty's own codec, whose behaviour the path
 * chooses. Thread-safe; close it after use.
 */
final class WebSocketPeer implements AutoCloseable {

  /** How many WebSockets were opened. */
  final AtomicInteger opened = new AtomicInteger();

  /** How many are open now. */
  final AtomicInteger open = new AtomicInteger();

  /** The most that were open at once. */
  final AtomicInteger most = new AtomicInteger();

  /** The texts that came, in the order in which they came. */
  final List<String> texts = new CopyOnWriteArrayList<>();

  /** The codes with which clients closed, -1 for a connection that ended without a close frame. */
  final List<Integer> closes = new CopyOnWriteArrayList<>();

  /** The paths and queries, in the order in which they were opened. */
  final List<String> targets = new CopyOnWriteArrayList<>();

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel server;
  private final @Nullable SslContext tls;

  private WebSocketPeer(@Nullable SslContext tls) {
    this.tls = tls;
    this.server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    build(channel);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  static WebSocketPeer start() {
    return new WebSocketPeer(null);
  }

  static WebSocketPeer start(SslContext tls) {
    return new WebSocketPeer(tls);
  }

  URI uri() {
    int port = ((InetSocketAddress) server.localAddress()).getPort();
    return URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + port);
  }

  private void build(Channel channel) {
    SslContext secure = tls;
    if (secure != null) {
      channel.pipeline().addLast(secure.newHandler(channel.alloc()));
    }
    WebSocketServerProtocolConfig config =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .subprotocols("chat,superchat")
            .handleCloseFrames(false)
            .sendCloseFrame(null)
            .dropPongFrames(false)
            .maxFramePayloadLength(1 << 22)
            .build();
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new HttpObjectAggregator(65_536),
            new WebSocketServerProtocolHandler(config),
            new Conversation());
  }

  @Override
  public void close() {
    server.close().syncUninterruptibly();
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** One WebSocket, behaving as its path says. */
  private final class Conversation extends SimpleChannelInboundHandler<WebSocketFrame> {

    private String path = "";
    private int messages;
    private boolean said;

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (!(event instanceof HandshakeComplete handshake)) {
        return;
      }
      path = URI.create(handshake.requestUri()).getPath();
      targets.add(handshake.requestUri());
      opened.incrementAndGet();
      most.accumulateAndGet(open.incrementAndGet(), Math::max);
      switch (path) {
        case "/greet" -> text(context, "{\"ok\":true,\"user\":\"kim\"}");
        case "/ticks" -> tick(context, 0);
        case "/flood" -> {
          for (int i = 0; i < 2000; i++) {
            text(context, "noise " + "x".repeat(1000));
          }
        }
        case "/ping" ->
            context.writeAndFlush(
                new PingWebSocketFrame(Unpooled.copiedBuffer(new byte[] {1, 2, 3})));
        case "/closes" -> leave(context, 1011, "out of memory");
        case "/closes-later" -> {
          var _ =
              context
                  .executor()
                  .schedule(() -> leave(context, 1012, "restart"), 200, TimeUnit.MILLISECONDS);
        }
        case "/drops-later" -> {
          var _ = context.executor().schedule(() -> context.close(), 200, TimeUnit.MILLISECONDS);
        }
        default -> {}
      }
    }

    private void tick(ChannelHandlerContext context, int number) {
      if (context.channel().isActive()) {
        text(context, "tick " + number);
        var _ =
            context.executor().schedule(() -> tick(context, number + 1), 20, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      switch (frame) {
        case CloseWebSocketFrame close -> {
          said = true;
          closes.add(close.statusCode());
          if (!path.equals("/mute")) {
            context.writeAndFlush(close.retain()).addListener(_ -> context.close());
          }
        }
        case PongWebSocketFrame pong -> text(context, "pong of " + pong.content().readableBytes());
        case TextWebSocketFrame text -> message(context, text.text());
        case BinaryWebSocketFrame binary ->
            context.writeAndFlush(new BinaryWebSocketFrame(binary.content().retain()));
        default -> {}
      }
    }

    private void message(ChannelHandlerContext context, String text) {
      if (!path.equals("/quiet")) {
        texts.add(text);
      }
      messages++;
      switch (path) {
        case "/mute", "/mute-but-closes" -> {}
        case "/drop" -> context.close();
        case "/leave" -> leave(context, 1011, "busy");
        case "/noisy" -> {
          text(context, "noise 1");
          text(context, "{\"noise\":2}");
          context.write(new TextWebSocketFrame(false, 0, text.substring(0, 1)));
          context.write(new PingWebSocketFrame());
          context.writeAndFlush(new ContinuationWebSocketFrame(true, 0, text.substring(1)));
        }
        case "/garbage" -> raw(context, 0x81, 0x02, 0xC3, 0x28);
        case "/masked" -> raw(context, 0x81, 0x81, 1, 2, 3, 4, 5);
        case "/count" -> text(context, "{\"count\":" + messages + "}");
        default -> text(context, text);
      }
    }

    private static void raw(ChannelHandlerContext context, int... bytes) {
      byte[] frame = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        frame[i] = (byte) bytes[i];
      }
      Channel channel = context.channel();
      channel.pipeline().firstContext().writeAndFlush(Unpooled.wrappedBuffer(frame));
    }

    private static void text(ChannelHandlerContext context, String text) {
      context.writeAndFlush(new TextWebSocketFrame(text));
    }

    private static void leave(ChannelHandlerContext context, int code, String reason) {
      context
          .writeAndFlush(new CloseWebSocketFrame(code, reason))
          .addListener(_ -> context.close());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!path.isEmpty()) {
        open.decrementAndGet();
        if (!said) {
          closes.add(-1);
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
