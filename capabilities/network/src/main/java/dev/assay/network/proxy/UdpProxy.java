package dev.assay.network.proxy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Link;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries datagrams to a server and back, over a link or straight. Each client gets a socket of its
 * own towards the server, which is closed when nothing came through it for a minute. Datagrams that
 * nobody can take any more are dropped and counted. Public methods are thread-safe.
 */
public final class UdpProxy implements LinkProxy {

  /** The clients at a time; datagrams of more are dropped. */
  private static final int SESSIONS_MOST = 10_000;

  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final int AT_ONCE = 32;
  private static final long SWEEP = 1_000;
  private static final int CLOSE_TIME = 5_000;

  private final Transport transport;
  private final Clock clock;
  private final @Nullable Link link;
  private final InetSocketAddress upstream;
  private final EventLoop loop;
  private final Timetable timetable;
  private final Counters counters = new Counters();
  private final DatagramReading reading = new DatagramReading(AT_ONCE);
  private final Map<InetSocketAddress, UdpSession> sessions = new HashMap<>();
  private final List<UdpSession> toFlush = new ArrayList<>();
  private long numbers;
  private @Nullable Future<?> sweep;

  private volatile InetSocketAddress address;
  private volatile ProxyFaults faults = ProxyFaults.NONE;
  private volatile Condition condition;
  private volatile @Nullable DatagramChannel socket;
  private volatile boolean closed;

  private UdpProxy(
      Transport transport,
      Clock clock,
      InetSocketAddress listen,
      InetSocketAddress upstream,
      @Nullable Link link) {
    this.transport = transport;
    this.clock = clock;
    this.address = listen;
    this.upstream = upstream;
    this.link = link;
    this.condition = link == null ? Condition.NONE : link.condition();
    this.loop = transport.next();
    this.timetable = new Timetable(loop, clock);
  }

  /**
   * Listens.
   *
   * @param link what datagrams go over; null for none, ever
   * @throws ProblemException if the address cannot be listened on
   */
  public static UdpProxy open(
      Transport transport,
      Clock clock,
      InetSocketAddress listen,
      InetSocketAddress upstream,
      @Nullable Link link) {
    UdpProxy proxy = new UdpProxy(transport, clock, listen, upstream, link);
    proxy.listen();
    proxy.sweep =
        proxy.loop.scheduleAtFixedRate(proxy::expire, SWEEP, SWEEP, TimeUnit.MILLISECONDS);
    return proxy;
  }

  private synchronized void listen() {
    if (socket != null || closed) {
      return;
    }
    DatagramChannel made = transport.datagrams();
    UdpSockets.prepare(made, transport, reading);
    made.pipeline().addLast(UdpSockets.receiving(this::received, this::flushUp));
    loop.register(made).syncUninterruptibly();
    ChannelFuture bound = made.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      ChannelFuture _ = made.close();
      throw Admissions.notPossible(address, bound.cause());
    }
    address = made.localAddress();
    socket = made;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public InetSocketAddress upstream() {
    return upstream;
  }

  @Override
  public void resetConnections() {
    // Datagrams have no connections.
  }

  @Override
  public Condition condition() {
    return condition;
  }

  @Override
  public void change(Condition other) {
    Link known = link;
    if (known == null) {
      throw new IllegalStateException("the proxy has no link");
    }
    condition = other;
    loop.execute(() -> known.change(other, clock.nanos()));
  }

  @Override
  public ProxyFaults faults() {
    return faults;
  }

  @Override
  public void faults(ProxyFaults other) {
    faults = other;
    if (other.admission() == ProxyFaults.Admission.REFUSE) {
      shut();
    } else {
      listen();
    }
  }

  @Override
  public ProxyStatistics statistics() {
    return counters.snapshot();
  }

  private synchronized void shut() {
    DatagramChannel known = socket;
    socket = null;
    if (known != null) {
      known.close().awaitUninterruptibly(CLOSE_TIME);
    }
  }

  /** Stops listening and forgets all clients; returns when it has. */
  @Override
  public void close() {
    closed = true;
    shut();
    if (!loop.isShuttingDown()) {
      loop.submit(this::closeAll).awaitUninterruptibly(CLOSE_TIME);
    }
  }

  private void closeAll() {
    if (sweep != null) {
      sweep.cancel(false);
    }
    List.copyOf(sessions.values()).forEach(this::forget);
    reading.close();
  }

  // ---- on the event loop

  Transport transport() {
    return transport;
  }

  EventLoop loop() {
    return loop;
  }

  Counters counters() {
    return counters;
  }

  DatagramReading reading() {
    return reading;
  }

  ProxyFaults currentFaults() {
    return faults;
  }

  @Nullable DatagramChannel socket() {
    return socket;
  }

  long nanos() {
    return clock.nanos();
  }

  private void received(DatagramPacket packet) {
    UdpSession session = sessions.get(packet.sender());
    if (session == null) {
      session = begin(packet.sender());
      if (session == null) {
        counters.dropped.increment();
        packet.release();
        return;
      }
    }
    session.up(packet.content());
  }

  private @Nullable UdpSession begin(InetSocketAddress client) {
    ProxyFaults.Admission admission = faults.admission();
    if (closed || admission != ProxyFaults.Admission.OPEN || sessions.size() >= SESSIONS_MOST) {
      return null;
    }
    UdpSession made = UdpSession.open(this, client, upstream, link, numbers++, timetable);
    if (made != null) {
      sessions.put(client, made);
      counters.accepted.increment();
    }
    return made;
  }

  /** Lets a session's datagrams be sent when the batch that is being read is over. */
  void flushLater(UdpSession session) {
    toFlush.add(session);
  }

  private void flushUp() {
    for (UdpSession session : toFlush) {
      session.flushUp();
    }
    toFlush.clear();
  }

  private void expire() {
    Duration forget = faults.forgetIdle();
    long idle = (forget.isZero() || forget.compareTo(IDLE) > 0 ? IDLE : forget).toNanos();
    long now = clock.nanos();
    for (UdpSession session : List.copyOf(sessions.values())) {
      if (now - session.lastActivity() > idle) {
        if (!forget.isZero()) {
          counters.forgotten.increment();
        }
        forget(session);
      }
    }
  }

  void forget(UdpSession session) {
    if (sessions.remove(session.client(), session)) {
      counters.ended.increment();
      session.close();
    }
  }
}
