package dev.assay.smpp.session;

import dev.assay.api.spi.Clock;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The threads that sessions run on: epoll on Linux, what the JDK has elsewhere. Thread-safe.
 * Whoever opens it closes it, after the sessions on it.
 */
public final class SmppTransport implements AutoCloseable {

  private static final int READ = 64 * 1024;
  private static final int LOW_WATER = 256 * 1024;
  private static final int HIGH_WATER = 1024 * 1024;
  private static final int BACKLOG = 512;
  private static final int CONNECT_MILLIS = 10_000;

  private final boolean epoll = Epoll.isAvailable();
  private final MultiThreadIoEventLoopGroup group;
  private final Clock clock;

  private SmppTransport(int threads, Clock clock) {
    this.clock = clock;
    this.group =
        new MultiThreadIoEventLoopGroup(
            threads,
            new DefaultThreadFactory("assay-smpp", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /**
   * Makes threads.
   *
   * @param threads how many, at least 1
   */
  public static SmppTransport open(int threads, Clock clock) {
    return new SmppTransport(threads, clock);
  }

  Clock clock() {
    return clock;
  }

  /** Runs something on one of the threads after a while, unless they have ended by then. */
  public void later(Runnable work, long nanos) {
    if (!group.isShuttingDown()) {
      var _ = group.next().schedule(work, nanos, TimeUnit.NANOSECONDS);
    }
  }

  Bootstrap client() {
    return new Bootstrap()
        .group(group)
        .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ))
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW_WATER, HIGH_WATER));
  }

  ServerBootstrap server() {
    Class<? extends ServerChannel> kind =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    return new ServerBootstrap()
        .group(group)
        .channel(kind)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ))
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW_WATER, HIGH_WATER));
  }

  /** Ends the threads, and with them whatever sessions are left. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  /** The address of a channel's own end, which a bound channel has. */
  static InetSocketAddress local(Channel channel) {
    return (InetSocketAddress) channel.localAddress();
  }
}
