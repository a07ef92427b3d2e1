package dev.assay.network.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection through a proxy: both sockets and both directions. Used on its event loop only. */
final class TcpConnection implements ProxyConnection {

  private final TcpProxy proxy;
  private final long number;
  private final EventLoop loop;
  private final StreamSocket client;
  private final long acceptedAt;
  private @Nullable StreamSocket server;
  private @Nullable Route up;
  private @Nullable Route down;
  private boolean over;
  private boolean clientEndSent;
  private boolean serverEndSent;
  private boolean forgotten;
  private long carried;
  private long lastActivity;
  private @Nullable Future<?> wait;
  private @Nullable Future<?> ageLimit;

  TcpConnection(TcpProxy proxy, long number, StreamSocket client, EventLoop loop) {
    this.proxy = proxy;
    this.number = number;
    this.client = client;
    this.loop = loop;
    this.acceptedAt = proxy.nanos();
    this.lastActivity = acceptedAt;
  }

  /** Takes the client's socket to the event loop and asks for the server's. */
  void begin() {
    client.owner(new ClientSide());
    try {
      client.register();
    } catch (IOException gone) {
      close();
      return;
    }
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

  /** Asks for the server's socket; once, and only where the client is still there. */
  private void connect() {
    wait = null;
    if (over || server != null || proxy.mute()) {
      return;
    }
    InetSocketAddress upstream = proxy.upstream();
    StreamSocket socket;
    try {
      socket = proxy.transport().toward(loop, upstream);
    } catch (IOException impossible) {
      proxy.counters().failed.increment();
      reset();
      return;
    }
    server = socket;
    up = new Route(this, Direction.UP, client, new SocketSink(socket, proxy.counters().bytesUp));
    down =
        new Route(this, Direction.DOWN, socket, new SocketSink(client, proxy.counters().bytesDown));
    socket.owner(new ServerSide());
    socket.connect(upstream);
  }

  private void connected(@Nullable IOException refused) {
    Route upward = up;
    Route downward = down;
    if (over || upward == null || downward == null) {
      return;
    }
    if (refused != null) {
      proxy.counters().failed.increment();
      reset();
      return;
    }
    arrange();
    ageLimit();
    upward.start();
    // The server begins when the client's part of the handshake has come over the link.
    LinkStage link = upward.link();
    long now = proxy.nanos();
    long hears = link == null ? now : link.bare(now);
    if (hears > now && hears < Long.MAX_VALUE) {
      wait = loop.schedule(downward::start, hears - now, TimeUnit.NANOSECONDS);
    } else {
      downward.start();
    }
  }

  /** Makes the stages of both directions what they should be now. */
  void arrange() {
    Route upward = up;
    Route downward = down;
    if (over || upward == null || downward == null) {
      return;
    }
    boolean faulty = !proxy.currentFaults().equals(ProxyFaults.NONE);
    arrange(upward, Direction.UP, faulty || upward.faults() != null);
    arrange(downward, Direction.DOWN, faulty || downward.faults() != null);
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
    changed(up);
    changed(down);
    ageLimit();
  }

  private static void changed(@Nullable Route route) {
    FaultStage faults = route == null ? null : route.faults();
    if (faults != null) {
      faults.changed();
    }
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
    LinkStage upward = up == null ? null : up.link();
    LinkStage downward = down == null ? null : down.link();
    if (upward != null) {
      upward.changed();
    }
    if (downward != null) {
      downward.changed();
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
    return !over && client.open() && server != null && server.open();
  }

  @Override
  public void close() {
    end(false);
  }

  @Override
  public void reset() {
    if (!over) {
      proxy.counters().resets.increment();
      end(true);
    }
  }

  private void end(boolean reset) {
    if (over) {
      return;
    }
    over = true;
    cancel(wait);
    cancel(ageLimit);
    if (up != null) {
      up.discard();
    }
    if (down != null) {
      down.discard();
    }
    client.close(reset);
    if (server != null) {
      server.close(reset);
    }
    proxy.gone(this);
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** One of the sockets is broken and closed; the other end hears of it through the route. */
  private void broken(@Nullable Route from) {
    if (over) {
      return;
    }
    boolean bothClosed = !client.open() && (server == null || !server.open());
    if (from == null || bothClosed) {
      end(true);
    } else {
      from.reset();
    }
  }

  private void ended(@Nullable Route from) {
    if (from == null || over) {
      return;
    }
    from.end();
    if (forgotten && up != null && up.over() && down != null && down.over()) {
      close();
    }
  }

  private void endSent() {
    if (clientEndSent && serverEndSent) {
      close();
    }
  }

  private void data(@Nullable Route from, ByteBuf bytes) {
    if (from == null || over) {
      bytes.release();
    } else {
      from.data(bytes);
    }
  }

  private void writable(@Nullable Route to) {
    if (to != null && !over) {
      to.sinkWritable();
    }
  }

  /** Hears of the client's socket. */
  private final class ClientSide implements StreamSocket.Owner {
    @Override
    public void connected(@Nullable IOException refused) {}

    @Override
    public void data(ByteBuf bytes) {
      TcpConnection.this.data(up, bytes);
    }

    @Override
    public void ended() {
      TcpConnection.this.ended(up);
    }

    @Override
    public void broken() {
      TcpConnection.this.broken(up);
    }

    @Override
    public void writable() {
      TcpConnection.this.writable(down);
    }

    @Override
    public void endSent() {
      clientEndSent = true;
      TcpConnection.this.endSent();
    }
  }

  /** Hears of the server's socket. */
  private final class ServerSide implements StreamSocket.Owner {
    @Override
    public void connected(@Nullable IOException refused) {
      TcpConnection.this.connected(refused);
    }

    @Override
    public void data(ByteBuf bytes) {
      TcpConnection.this.data(down, bytes);
    }

    @Override
    public void ended() {
      TcpConnection.this.ended(down);
    }

    @Override
    public void broken() {
      TcpConnection.this.broken(down);
    }

    @Override
    public void writable() {
      TcpConnection.this.writable(up);
    }

    @Override
    public void endSent() {
      serverEndSent = true;
      TcpConnection.this.endSent();
    }
  }
}
