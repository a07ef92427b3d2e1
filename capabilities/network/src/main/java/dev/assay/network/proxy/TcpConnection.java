package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection through a proxy: both sockets and both directions. Used on its event loop only. */
final class TcpConnection implements ProxyConnection {

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(32 * 1024, 64 * 1024);

  private final TcpProxy proxy;
  private final long number;
  private final EventLoop loop;
  private final SocketChannel client;
  private final Reading clientReading = new Reading();
  private @Nullable SocketChannel server;
  private @Nullable Route up;
  private @Nullable Route down;
  private boolean over;
  private boolean forgotten;
  private long carried;
  private long lastActivity;
  private @Nullable Future<?> wait;
  private @Nullable Future<?> ageLimit;
  private final long acceptedAt;

  TcpConnection(TcpProxy proxy, long number, SocketChannel client, EventLoop loop) {
    this.proxy = proxy;
    this.number = number;
    this.client = client;
    this.loop = loop;
    this.acceptedAt = proxy.nanos();
    this.lastActivity = acceptedAt;
  }

  /** Takes the client's socket to the event loop and asks for the server's. */
  void begin() {
    prepare(client, clientReading);
    client.pipeline().addLast(new Side(true));
    loop.register(client);
    long due = proxy.establishedAt(this);
    if (due == Long.MAX_VALUE) {
      return;
    }
    long delay = due - acceptedAt;
    if (delay <= 0) {
      connect();
    } else {
      wait = loop.schedule(this::connect, delay, TimeUnit.NANOSECONDS);
    }
  }

  private void prepare(SocketChannel socket, Reading reading) {
    socket
        .config()
        .setAllocator(proxy.transport().allocator())
        .setRecvByteBufAllocator(reading)
        .setAutoRead(false)
        .setWriteBufferWaterMark(WATER_MARK)
        .setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    socket.config().setOption(ChannelOption.TCP_NODELAY, true);
    // The kernel gives up by itself; a timer for each connection would cost more than it gives.
    socket.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
  }

  /** Asks for the server's socket; once, and only where the client is still there. */
  void connect() {
    wait = null;
    if (over || server != null || proxy.mute()) {
      return;
    }
    SocketChannel socket = proxy.transport().connecting();
    Reading reading = new Reading();
    prepare(socket, reading);
    server = socket;
    Route upward =
        new Route(
            this,
            Direction.UP,
            client,
            clientReading,
            new SocketSink(socket, this, proxy.counters().bytesUp));
    Route downward =
        new Route(
            this,
            Direction.DOWN,
            socket,
            reading,
            new SocketSink(client, this, proxy.counters().bytesDown));
    socket.pipeline().addLast(new Side(false));
    up = upward;
    down = downward;
    loop.register(socket);
    socket
        .connect(proxy.upstream())
        .addListener((ChannelFutureListener) future -> connected(future, upward, downward));
  }

  private void connected(ChannelFuture future, Route upward, Route downward) {
    if (!future.isSuccess()) {
      if (!over) {
        proxy.counters().failed.increment();
        reset();
      }
      return;
    }
    if (over) {
      SocketSink.reset(future.channel());
      return;
    }
    arrange();
    ageLimit();
    upward.start();
    downward.start();
  }

  /** Makes the stages of both directions what they should be now. */
  void arrange() {
    Route upward = up;
    Route downward = down;
    if (over || upward == null || downward == null) {
      return;
    }
    boolean faulty = !proxy.currentFaults().equals(ProxyFaults.NONE);
    boolean upFaults = faulty || upward.faults() != null;
    boolean downFaults = faulty || downward.faults() != null;
    arrange(upward, Direction.UP, upFaults);
    arrange(downward, Direction.DOWN, downFaults);
  }

  private void arrange(Route route, Direction direction, boolean withFaults) {
    List<Stage> stages = proxy.stages().stages(this, direction, route.made());
    LinkStage link = route.link() == null ? proxy.linkStage(this, direction) : route.link();
    if (!stages.isEmpty() || withFaults || link != null || !route.made().isEmpty()) {
      route.arrange(stages, withFaults, link);
    }
  }

  /** The proxy's faults are others now. */
  void faultsChanged() {
    if (over) {
      return;
    }
    if (server == null && wait == null && !proxy.mute()) {
      connect();
      return;
    }
    arrange();
    Route upward = up;
    Route downward = down;
    if (upward != null && upward.faults() != null) {
      upward.faults().changed();
    }
    if (downward != null && downward.faults() != null) {
      downward.faults().changed();
    }
    ageLimit();
  }

  private void ageLimit() {
    if (ageLimit != null) {
      ageLimit.cancel(false);
      ageLimit = null;
    }
    long age = proxy.currentFaults().resetAfter().toNanos();
    if (age > 0 && !over) {
      long left = Math.max(0, acceptedAt + age - proxy.nanos());
      ageLimit = loop.schedule(this::reset, left, TimeUnit.NANOSECONDS);
    }
  }

  /** The link's condition is another now. */
  void linkChanged() {
    if (up != null && up.link() != null) {
      up.link().changed();
    }
    if (down != null && down.link() != null) {
      down.link().changed();
    }
  }

  ProxyFaults currentFaults() {
    return proxy.currentFaults();
  }

  /** Whether it was idle for too long; called for all that travels, which is not idle. */
  boolean forgotten(ProxyFaults faults) {
    long now = proxy.nanos();
    long idle = faults.forgetIdle().toNanos();
    if (!forgotten && idle > 0 && now - lastActivity > idle) {
      forgotten = true;
      proxy.counters().forgotten.increment();
    }
    lastActivity = now;
    return forgotten;
  }

  void stalled() {
    proxy.counters().stalled.increment();
  }

  long carried() {
    return carried;
  }

  void carry(int bytes) {
    carried += bytes;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public InetSocketAddress client() {
    return client.remoteAddress();
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public boolean open() {
    return !over && client.isOpen() && server != null && server.isOpen();
  }

  @Override
  public void close() {
    if (!over) {
      finish();
      client.close();
      if (server != null) {
        server.close();
      }
    }
  }

  @Override
  public void reset() {
    if (!over) {
      proxy.counters().resets.increment();
      finish();
      SocketSink.reset(client);
      if (server != null) {
        SocketSink.reset(server);
      }
    }
  }

  /** A sink has handed the end to its socket. */
  void written() {
    if (!over && up != null && down != null && up.sink().ended() && down.sink().ended()) {
      close();
    }
  }

  private void finish() {
    over = true;
    if (wait != null) {
      wait.cancel(false);
    }
    if (ageLimit != null) {
      ageLimit.cancel(false);
    }
    if (up != null) {
      up.discard();
    }
    if (down != null) {
      down.discard();
    }
    proxy.gone(this);
  }

  /** Hears of one of the two sockets. */
  private final class Side extends ChannelInboundHandlerAdapter {

    private final boolean clients;

    Side(boolean clients) {
      this.clients = clients;
    }

    private @Nullable Route from() {
      return clients ? up : down;
    }

    private @Nullable Route to() {
      return clients ? down : up;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      Route route = from();
      if (route == null || over) {
        bytes.release();
      } else {
        route.data(bytes);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {}

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      Route route = to();
      if (route != null && !over && context.channel().isWritable()) {
        route.sinkWritable();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      Route route = from();
      if (event instanceof ChannelInputShutdownReadComplete && route != null && !over) {
        route.end();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (over) {
        return;
      }
      Route route = from();
      if (route == null) {
        close();
        return;
      }
      // It did not end in the normal way, else both sockets would be closed by written().
      route.reset();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Route route = from();
      if (cause == Reading.NOT_WANTED) {
        if (route != null) {
          route.refused();
        } else {
          clientReading.wanted(true);
        }
      } else if (cause instanceof IOException && context.channel().isOpen()) {
        // The other end reset it. Netty closes only its input then.
        SocketSink.reset(context.channel());
      } else if (!(cause instanceof IOException)) {
        reset();
      }
    }
  }
}
