package dev.assay.network.proxy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Link;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries TCP connections to a server, over a link and through stages, or straight. Half-closed
 * connections stay half closed, resets are passed on as resets, and whoever does not read holds up
 * whoever sends.
 *
 * <p>All connections of a proxy with a link or stages are on one event loop, which owns the link.
 * Those of a straight one are shared out. Public methods are thread-safe; what they change is in
 * effect when they return, unless an event loop called them: then soon after.
 */
public final class TcpProxy implements LinkProxy {

  /** The connections of one proxy; more are refused. */
  private static final int CONNECTIONS_MOST = 200_000;

  private static final long SETTLE_MILLIS = 5_000;

  /**
   * What a proxy is made of.
   *
   * @param listen where it listens; port 0 for any
   * @param upstream the server
   * @param link what connections go over; null for none, ever
   * @param straight whether there will never be stages, so that all threads can take part
   */
  public record Setup(
      InetSocketAddress listen, InetSocketAddress upstream, @Nullable Link link, boolean straight) {
    /** One with a link, which may have a condition that does nothing. */
    public static Setup over(Link link, InetSocketAddress listen, InetSocketAddress upstream) {
      return new Setup(listen, upstream, link, false);
    }

    /** One that passes everything on. */
    public static Setup straight(InetSocketAddress listen, InetSocketAddress upstream) {
      return new Setup(listen, upstream, null, true);
    }
  }

  private final Transport transport;
  private final Clock clock;
  private final Setup setup;
  private final EventLoop home;
  private final @Nullable Timetable timetable;
  private final Counters counters = new Counters();
  private final AtomicLong numbers = new AtomicLong();
  private final Map<EventLoop, Share> shares = new HashMap<>();
  private final List<Share> order = new ArrayList<>();
  private final Admissions admissions;

  private volatile InetSocketAddress upstream;
  private volatile ProxyFaults faults = ProxyFaults.NONE;
  private volatile StageFactory stages = StageFactory.NONE;
  private volatile @Nullable Condition condition;
  private volatile boolean closed;

  private TcpProxy(Transport transport, Clock clock, Setup setup) {
    this.transport = transport;
    this.clock = clock;
    this.setup = setup;
    this.upstream = setup.upstream();
    this.home = transport.next();
    Link link = setup.link();
    this.condition = link == null ? null : link.condition();
    this.timetable = link == null ? null : new Timetable(home, clock);
    boolean shared = link == null && setup.straight();
    List<EventLoop> loops = new ArrayList<>(List.of(home));
    if (shared) {
      transport.loops().stream().filter(loop -> !loop.equals(home)).forEach(loops::add);
    }
    for (EventLoop loop : loops) {
      Share of = new Share(loop);
      shares.put(loop, of);
      order.add(of);
    }
    Admissions.Path path =
        link == null || timetable == null ? null : new Admissions.Path(timetable, link::connected);
    this.admissions = new Admissions(transport, home, setup.listen(), this::accepted, path);
  }

  /**
   * Listens.
   *
   * @throws ProblemException if the address cannot be listened on
   */
  public static TcpProxy open(Transport transport, Clock clock, Setup setup) {
    TcpProxy proxy = new TcpProxy(transport, clock, setup);
    proxy.admissions.open();
    return proxy;
  }

  @Override
  public InetSocketAddress address() {
    return admissions.address();
  }

  @Override
  public InetSocketAddress upstream() {
    return upstream;
  }

  /** Leads new connections elsewhere. */
  public void upstream(InetSocketAddress other) {
    upstream = other;
  }

  @Override
  public Condition condition() {
    Condition known = condition;
    return known == null ? Condition.NONE : known;
  }

  @Override
  public void change(Condition other) {
    Link link = setup.link();
    if (link == null) {
      throw new IllegalStateException("the proxy has no link");
    }
    condition = other;
    Share all = order.getFirst();
    settle(
        List.of(
            home.submit(() -> {
              link.change(other, nanos());
              List.copyOf(all.connections).forEach(TcpConnection::linkChanged);
            })));
  }

  @Override
  public ProxyFaults faults() {
    return faults;
  }

  @Override
  public void faults(ProxyFaults other) {
    if (closed) {
      return;
    }
    faults = other;
    admissions.become(other.admission());
    everyConnection(TcpConnection::faultsChanged);
  }

  /**
   * Sends bytes through other stages, those of existing connections too.
   *
   * @throws IllegalStateException if it was made straight
   */
  public void stages(StageFactory factory) {
    if (setup.straight()) {
      throw new IllegalStateException("the proxy was made without stages");
    }
    stages = factory;
    everyConnection(TcpConnection::arrange);
  }

  @Override
  public void resetConnections() {
    everyConnection(TcpConnection::reset);
  }

  /** Ends every connection there is in the normal way. */
  public void closeConnections() {
    everyConnection(TcpConnection::close);
  }

  @Override
  public ProxyStatistics statistics() {
    return counters.snapshot();
  }

  private void everyConnection(Consumer<TcpConnection> action) {
    List<Future<?>> asked = new ArrayList<>(order.size());
    for (Share of : order) {
      asked.add(of.loop.submit(() -> List.copyOf(of.connections).forEach(action)));
    }
    settle(asked);
  }

  /**
   * Waits until the loops have done it, so that what is sent next meets the change; not on a loop,
   * as two that wait for each other would wait for ever.
   */
  private void settle(List<Future<?>> asked) {
    if (transport.loops().stream().noneMatch(EventLoop::inEventLoop)) {
      asked.forEach(done -> done.awaitUninterruptibly(SETTLE_MILLIS));
    }
  }

  /** Stops listening and ends every connection in the normal way; returns when it has. */
  @Override
  public void close() {
    closed = true;
    admissions.close();
    for (Share of : order) {
      if (!of.loop.isShuttingDown()) {
        of.loop
            .submit(() -> List.copyOf(of.connections).forEach(TcpConnection::close))
            .awaitUninterruptibly(SETTLE_MILLIS);
      }
    }
  }

  Transport transport() {
    return transport;
  }

  Counters counters() {
    return counters;
  }

  ProxyFaults currentFaults() {
    return faults;
  }

  boolean mute() {
    ProxyFaults.Admission admission = faults.admission();
    return admission == ProxyFaults.Admission.MUTE || admission == ProxyFaults.Admission.IGNORE;
  }

  StageFactory stages() {
    return stages;
  }

  long nanos() {
    return clock.nanos();
  }

  /** When a connection is established that was just accepted. */
  long establishedAt(TcpConnection connection) {
    Link link = setup.link();
    long now = nanos();
    return link == null || admissions.delaysHandshakes()
        ? now
        : link.connected(now, connection.number());
  }

  @Nullable LinkStage linkStage(TcpConnection connection, Direction direction) {
    Link link = setup.link();
    Timetable times = timetable;
    if (link == null || times == null) {
      return null;
    }
    return new LinkStage(
        (direction == Direction.UP ? link.up() : link.down()).stream(connection.number()), times);
  }

  void gone(TcpConnection connection) {
    Share of = shares.get(connection.loop());
    if (of != null && of.connections.remove(connection)) {
      of.count.decrementAndGet();
      counters.ended.increment();
    }
  }

  /** The connections of one event loop. */
  private static final class Share {
    final EventLoop loop;
    final Set<TcpConnection> connections = new HashSet<>();
    final AtomicInteger count = new AtomicInteger();

    Share(EventLoop loop) {
      this.loop = loop;
    }
  }

  /** Takes an accepted socket to the event loop that has the fewest, the accepting one first. */
  private void accepted(ListeningSocket.Accepted accepted) {
    Share best = order.getFirst();
    for (Share each : order) {
      if (each.count.get() < best.count.get()) {
        best = each;
      }
    }
    if (closed || best.count.get() >= CONNECTIONS_MOST) {
      accepted.refuse();
      return;
    }
    best.count.incrementAndGet();
    counters.accepted.increment();
    Share chosen = best;
    long number = numbers.getAndIncrement();
    if (chosen.loop.inEventLoop()) {
      begin(chosen, number, accepted);
    } else {
      chosen.loop.execute(() -> begin(chosen, number, accepted));
    }
  }

  private void begin(Share chosen, long number, ListeningSocket.Accepted accepted) {
    StreamSocket client;
    try {
      client = accepted.on((IoEventLoop) chosen.loop, transport.buffers());
    } catch (IOException gone) {
      chosen.count.decrementAndGet();
      counters.ended.increment();
      return;
    }
    TcpConnection connection = new TcpConnection(this, number, client, chosen.loop);
    chosen.connections.add(connection);
    connection.begin();
  }
}
