package dev.assay.load.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Netty's HTTP/2 on a free loopback port. Paths: {@code /echo} sends the body back and trailers,
 * {@code /size/...} how long the path is, {@code /status/N} that status, {@code /cookie} sets one,
 * {@code /refuse} refuses the stream, {@code /reset} resets it, {@code /silence} never answers,
 * {@code /close} closes the connection, {@code /events/N} sends so many events, {@code /endless/N}
 * too, and then neither more nor an end.
 */
public final class Http2Server implements AutoCloseable {

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final Channel channel;
  private volatile Map<String, String> lastHeaders = Map.of();
  private volatile int stallAt = Integer.MAX_VALUE;
  private volatile Duration stall = Duration.ZERO;
  private volatile int goAwayAfter = Integer.MAX_VALUE;

  private Http2Server(@Nullable SslContext tls, long streams) {
    channel =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connections.incrementAndGet();
                    if (tls != null) {
                      connection.pipeline().addLast(tls.newHandler(connection.alloc()));
                    }
                    speak(connection.pipeline(), streams);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  private void speak(ChannelPipeline pipeline, long streams) {
    Http2Settings settings =
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(streams)
            .maxHeaderListSize(100_000)
            .initialWindowSize(100_000);
    AtomicInteger onConnection = new AtomicInteger();
    Http2FrameCodec codec = Http2FrameCodecBuilder.forServer().initialSettings(settings).build();
    pipeline.addLast(
        codec,
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                mostAtOnce.accumulateAndGet(active.incrementAndGet(), Math::max);
                stream.closeFuture().addListener(closed -> active.decrementAndGet());
                boolean away = onConnection.incrementAndGet() == goAwayAfter;
                if (!away && requests.incrementAndGet() == stallAt) {
                  LockSupport.parkNanos(stall.toNanos());
                }
                stream.pipeline().addLast(new Answering(away ? codec : null));
              }
            }));
  }

  /** Starts one that speaks h2c with prior knowledge. */
  public static Http2Server start() {
    return new Http2Server(null, 100);
  }

  /** Starts one with a limit of streams and, unless null, TLS. */
  public static Http2Server start(@Nullable SslContext tls, long streams) {
    return new Http2Server(tls, streams);
  }

  /** Answers nothing for that long when that request comes. */
  public void stallAt(int request, Duration time) {
    stall = time;
    stallAt = request;
  }

  /** Goes away politely at that request of each connection, which it does not process. */
  public void goAwayAfter(int many) {
    goAwayAfter = many;
  }

  /** The address of one without TLS. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** How many streams were open at once at most. */
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  /** How many streams the client cancelled. */
  public int cancelled() {
    return cancelled.get();
  }

  /** The header section of the last request. */
  public Map<String, String> lastHeaders() {
    return lastHeaders;
  }

  /** Where it listens. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** How many connections came. */
  public int connections() {
    return connections.get();
  }

  /** How many streams were processed. */
  public int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  private final class Answering extends SimpleChannelInboundHandler<Http2StreamFrame> {

    private final @Nullable Http2FrameCodec leaving;
    private String path = "";

    Answering(@Nullable Http2FrameCodec leaving) {
      this.leaving = leaving;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext stream, Http2StreamFrame frame) {
      switch (frame) {
        case Http2HeadersFrame headers -> begin(stream, headers);
        case Http2DataFrame data -> {
          ByteBuf bytes = data.content();
          if (path.startsWith("/echo")) {
            stream.write(new DefaultHttp2DataFrame(bytes.retain()));
          }
          if (data.isEndStream()) {
            end(stream);
          }
        }
        default -> {}
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext stream, Object event) {
      if (event instanceof Http2ResetFrame) {
        cancelled.incrementAndGet();
      }
    }

    private void begin(ChannelHandlerContext stream, Http2HeadersFrame request) {
      path = request.headers().path().toString();
      if (leaving != null) {
        ChannelHandlerContext codec = stream.channel().parent().pipeline().context(leaving);
        int last = request.stream().id() - 2;
        leaving.encoder().writeGoAway(codec, last, 0, codec.alloc().buffer(), codec.newPromise());
        codec.flush();
        return;
      }
      Map<String, String> headers = new HashMap<>();
      request
          .headers()
          .forEach(field -> headers.put(field.getKey().toString(), field.getValue().toString()));
      lastHeaders = headers;
      if (path.startsWith("/silence")) {
        return;
      } else if (path.startsWith("/refuse")) {
        stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
        return;
      } else if (path.startsWith("/reset")) {
        stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
        return;
      } else if (path.startsWith("/close")) {
        stream.channel().parent().close();
        return;
      }
      String status = path.startsWith("/status/") ? path.substring(8) : "200";
      Http2Headers answer =
          new DefaultHttp2Headers().status(status).add("x-begin", "yes").add("x-path", path);
      if (path.startsWith("/e")) {
        answer.add("content-type", "text/event-stream");
      }
      if (path.startsWith("/cookie")) {
        answer.add("set-cookie", "sid=7; Path=/");
      }
      stream.write(new DefaultHttp2HeadersFrame(answer));
      if (path.startsWith("/size/")) {
        stream.write(new DefaultHttp2DataFrame(stream.alloc().buffer().writeZero(path.length())));
      }
      boolean endless = path.startsWith("/endless/");
      if (endless || path.startsWith("/events/")) {
        events(stream, Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
      }
      if (endless) {
        return;
      }
      if (request.isEndStream()) {
        end(stream);
      }
    }

    private static void events(ChannelHandlerContext stream, int many) {
      for (int i = 0; i < many; i++) {
        ByteBuf event = stream.alloc().buffer().writeBytes("data: {}\n\n".getBytes(US_ASCII));
        stream.writeAndFlush(new DefaultHttp2DataFrame(event));
      }
    }

    private void end(ChannelHandlerContext stream) {
      Http2Headers trailers = new DefaultHttp2Headers().add("x-end", "yes");
      stream.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext stream) {
      stream.flush();
    }
  }
}
