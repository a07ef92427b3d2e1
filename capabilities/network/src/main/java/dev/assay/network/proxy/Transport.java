package dev.assay.network.proxy;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that proxies run on, and the memory of their buffers: epoll on Linux, what the JDK
 * has elsewhere. Thread-safe. Whoever opens it closes it, after the proxies on it.
 */
public final class Transport implements AutoCloseable {

  private static final int PAGE = 8 * 1024;
  // A chunk of the buffers' memory is 8 KiB << 7 = 1 MiB, so that a proxy that does little stays
  // small.
  private static final int CHUNK_ORDER = 7;
  private static final int SMALL_CACHE = 64;
  private static final int NORMAL_CACHE = 16;

  private final boolean epoll;
  private final MultiThreadIoEventLoopGroup group;
  private final List<EventLoop> loops = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final ByteBufAllocator allocator;
  private final ReadBuffers buffers;

  private Transport(int threads, boolean epoll) {
    this.epoll = epoll;
    this.allocator =
        new PooledByteBufAllocator(
            true, 0, threads, PAGE, CHUNK_ORDER, SMALL_CACHE, NORMAL_CACHE, false);
    this.buffers = new ReadBuffers(allocator);
    this.group =
        new MultiThreadIoEventLoopGroup(
            threads,
            new PromptThreads("assay-network"),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    group.forEach(loop -> loops.add((EventLoop) loop));
  }

  /**
   * Makes threads.
   *
   * @param threads how many, at least 1
   */
  public static Transport open(int threads) {
    return new Transport(threads, Epoll.isAvailable());
  }

  /** The same without anything of one operating system. */
  static Transport portable(int threads) {
    return new Transport(threads, false);
  }

  /** The threads. */
  List<EventLoop> loops() {
    return List.copyOf(loops);
  }

  /** One of the threads, in turn. */
  public EventLoop next() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  /** The memory of buffers: direct, and kept for use again. */
  public ByteBufAllocator allocator() {
    return allocator;
  }

  /** What its sockets read into. */
  ReadBuffers buffers() {
    return buffers;
  }

  /** Whether sockets are those of Netty's epoll transport. */
  boolean epoll() {
    return epoll;
  }

  /** A socket to connect to an address with. */
  StreamSocket toward(EventLoop loop, InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("there is no such host as " + address.getHostString());
    }
    IoEventLoop of = (IoEventLoop) loop;
    return epoll
        ? EpollStreamSocket.toward(of, buffers, address)
        : NioStreamSocket.toward(of, buffers, address);
  }

  /** A socket that listens. */
  ListeningSocket listening(
      EventLoop loop, InetSocketAddress address, ListeningSocket.Knocker knocker)
      throws IOException {
    IoEventLoop of = (IoEventLoop) loop;
    return epoll
        ? EpollListeningSocket.open(of, address, knocker)
        : NioListeningSocket.open(of, address, knocker);
  }

  DatagramChannel datagrams() {
    return epoll ? new EpollDatagramChannel() : new NioDatagramChannel();
  }

  /** Ends the threads, and with them whatever sockets are left. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
