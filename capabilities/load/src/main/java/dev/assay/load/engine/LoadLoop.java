package dev.assay.load.engine;

import dev.assay.api.spi.Clock;
import dev.assay.load.http1.CompiledRequest;
import dev.assay.load.http1.Segment;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's part of a run: every <i>n</i>-th arrival, a share of the connections, its own
 * histograms. Everything but {@link #take} and {@link #giveBack} happens on the loop's thread.
 *
 * <p>Every due arrival is taken as soon as the loop turns. It goes out on a free connection, or
 * waits in a bounded queue while connections are opened on demand, or is dropped; each ends in
 * exactly one of completed, failed, dropped, unsent.
 */
final class LoadLoop implements PacedIoHandler.Pacer {

  private static final long SECOND = 1_000_000_000L;

  /** How many arrivals or connects one turn does before it looks at the network again. */
  private static final int BATCH = 128;

  private static final int READ_BUFFER = 64 * 1024;
  private static final int SCRATCH = 8 * 1024;
  private static final int SPARES = 2;

  private final LoadPlan plan;
  private final CompiledRequest[] flow;
  private final Schedule schedule;
  private final int stride;
  private final Clock clock;
  private final Bootstrap bootstrap;
  private final @Nullable SslContext tls;
  private final int limit;
  private final int mayWait;
  private final ArrivalQueue waiting;
  private final Connection[] idle;
  private final ByteBuf[] requests;
  private final ByteBuf readBuffer = Unpooled.directBuffer(READ_BUFFER, READ_BUFFER);
  private final byte[] scratch = new byte[SCRATCH];
  private final boolean[] exampleGiven;
  private final List<Connection> reopening = new ArrayList<>();

  private final BlockingQueue<Interval> full = new ArrayBlockingQueue<>(SPARES + 2);
  private final BlockingQueue<Interval> spares = new ArrayBlockingQueue<>(SPARES + 2);
  private Interval active;

  private long start;
  private long measuredStart;
  private long scheduleEnd;
  private long drainEnd;
  private long boundary;
  private long nextArrival;
  private long nextDue;
  private int idleCount;
  private int connecting;
  private int open;
  private long underWay;
  private @Nullable Connection oldest;
  private @Nullable Connection newest;
  private boolean finished;
  private volatile @Nullable Throwable defect;

  LoadLoop(
      LoadPlan plan,
      int index,
      EventLoop eventLoop,
      SocketKind sockets,
      Clock clock,
      @Nullable SslContext tls) {
    this.plan = plan;
    this.flow = plan.flow().toArray(new CompiledRequest[0]);
    this.schedule = plan.schedule();
    this.stride = plan.loops();
    this.clock = clock;
    this.tls = tls;
    this.nextArrival = index;
    this.limit = share(plan.connections(), plan.loops(), index);
    this.mayWait = share(plan.maxWaiting(), plan.loops(), index);
    this.waiting = new ArrivalQueue(mayWait + limit);
    this.idle = new Connection[limit];
    this.requests = new ByteBuf[flow.length];
    this.exampleGiven = new boolean[flow.length * ErrorKind.values().length];
    for (int i = 0; i < flow.length; i++) {
      requests[i] = encoded(flow[i]);
    }
    this.active = new Interval(flow.length);
    for (int i = 0; i < SPARES; i++) {
      spares.add(new Interval(flow.length));
    }
    this.bootstrap = bootstrap(eventLoop, sockets);
  }

  private static int share(int whole, int parts, int index) {
    return whole / parts + (index < whole % parts ? 1 : 0);
  }

  private static ByteBuf encoded(CompiledRequest request) {
    ByteBuf bytes = Unpooled.directBuffer(request.size(), request.size());
    for (Segment segment : request.segments()) {
      switch (segment) {
        case Segment.Fixed(byte[] fixed) -> bytes.writeBytes(fixed);
      }
    }
    return bytes;
  }

  private Bootstrap bootstrap(EventLoop eventLoop, SocketKind sockets) {
    Bootstrap made =
        new Bootstrap()
            .group(eventLoop)
            .channel(sockets.channel())
            .remoteAddress(plan.origin().address())
            .disableResolver()
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(plan.timeoutNanos())));
    if (tls == null) {
      made.option(ChannelOption.RECVBUF_ALLOCATOR, new SharedReadBuffer(readBuffer));
    }
    return made;
  }

  // ---- the run, told by the engine on this loop's thread

  /** Begins; arrival 0 is intended at {@code startNanos}. */
  void begin(long startNanos) {
    start = startNanos;
    measuredStart = start + schedule.offsetNanos(schedule.warmUp());
    scheduleEnd = start + schedule.offsetNanos(schedule.arrivals());
    drainEnd = scheduleEnd + plan.timeoutNanos();
    boundary = measuredStart + SECOND;
    nextDue = start + schedule.offsetNanos(nextArrival);
    active.begin(0);
    if (defect != null) {
      finish(startNanos);
    }
  }

  /** Ends at once, whatever is under way. */
  void stop() {
    if (!finished) {
      finish(clock.nanos());
    }
  }

  /** Frees the buffers; nothing may be sent or read afterwards. */
  void release() {
    for (ByteBuf request : requests) {
      request.release();
    }
    readBuffer.release();
  }

  // ---- intervals, from any one thread

  /** The next interval, or null if none came in that time. */
  @Nullable Interval take(long millis) throws InterruptedException {
    return full.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** Hands an interval back for use again. */
  void giveBack(Interval interval) {
    interval.reset();
    spares.offer(interval);
  }

  /** What went wrong inside the engine, or null. */
  @Nullable Throwable defect() {
    return defect;
  }

  // ---- pacing

  @Override
  public long nanos() {
    return clock.nanos();
  }

  @Override
  public void tick() {
    if (finished) {
      return;
    }
    try {
      long now = clock.nanos();
      if (now - boundary >= 0) {
        rotate(now);
      }
      fireDue(now);
      expire(now);
      openWanted(now);
      if (exhausted() || now - drainEnd >= 0) {
        drain(now);
      }
    } catch (RuntimeException | Error unforeseen) {
      defect(unforeseen);
    }
  }

  @Override
  public long nextNanos() {
    if (finished) {
      return clock.nanos() + SECOND;
    }
    if (wantsConnection()) {
      return clock.nanos();
    }
    long next = Math.min(boundary, drainEnd);
    if (nextArrival < schedule.arrivals()) {
      next = Math.min(next, nextDue);
    }
    Connection first = oldest;
    return first == null ? next : Math.min(next, first.deadline);
  }

  private void fireDue(long first) {
    long now = first;
    for (int i = 0; i < BATCH && nextArrival < schedule.arrivals() && now - nextDue >= 0; i++) {
      long arrival = nextArrival;
      long intended = nextDue;
      nextArrival += stride;
      nextDue = start + schedule.offsetNanos(nextArrival);
      arrive(arrival, intended, now);
      now = clock.nanos();
    }
  }

  private void arrive(long arrival, long intended, long now) {
    if (measured(arrival)) {
      active.dispatched(now - intended);
    }
    if (idleCount > 0) {
      underWay++;
      takeIdle().start(arrival, intended, now);
    } else if (waiting.size() < mayWait + openable() && waiting.offer(arrival)) {
      underWay++;
    } else {
      drop(arrival);
    }
  }

  /** How many connections are being opened or still could be: each serves one more arrival. */
  private int openable() {
    return Math.max(0, limit - open) + connecting;
  }

  private void drop(long arrival) {
    if (measured(arrival)) {
      active.drop();
      if (firstOf(0, ErrorKind.DROPPED)) {
        stats(0)
            .example(
                ErrorKind.DROPPED,
                "no connection was free and "
                    + waiting.size()
                    + " arrivals waited already, or the time after the schedule's end was over");
      }
    }
  }

  private void expire(long now) {
    Connection first = oldest;
    while (first != null && now - first.deadline >= 0) {
      first.timedOut();
      first = oldest;
    }
  }

  /** Whether every arrival was taken and has ended. */
  private boolean exhausted() {
    return nextArrival >= schedule.arrivals() && underWay == 0;
  }

  private void drain(long now) {
    Connection first = oldest;
    while (first != null) {
      first.timedOut();
      first = oldest;
    }
    for (Connection lost : reopening) {
      unconnected(
          lost.arrival(),
          lost.step(),
          lost.intended(),
          ErrorKind.CONNECT,
          "no connection to go on with before the time after the schedule's end was over");
    }
    for (long left = waiting.poll(); left >= 0; left = waiting.poll()) {
      drop(left);
    }
    long never = 0;
    for (; nextArrival < schedule.arrivals(); nextArrival += stride) {
      never += measured(nextArrival) ? 1 : 0;
    }
    active.unsent(never);
    finish(now);
  }

  private void finish(long now) {
    finished = true;
    active.end(Math.max(active.from() + 1, secondOf(now) + 1), true);
    full.add(active);
    // Whatever still arrives while connections close must not touch what was handed over.
    active = new Interval(flow.length);
  }

  /** Hands over what the seconds that have passed collected, unless no spare is back yet. */
  private void rotate(long now) {
    long second = secondOf(now);
    boundary = measuredStart + (second + 1) * SECOND;
    Interval spare = spares.poll();
    if (spare == null) {
      return;
    }
    Interval ended = active;
    ended.end(second, false);
    spare.begin(second);
    active = spare;
    full.add(ended);
  }

  private long secondOf(long now) {
    return Math.max(0, Math.floorDiv(now - measuredStart, SECOND));
  }

  // ---- connections

  private boolean wantsConnection() {
    return connecting < waiting.size() && open < limit;
  }

  private void openWanted(long now) {
    for (int i = 0; i < BATCH && !finished && wantsConnection(); i++) {
      connecting++;
      connect(new Connection(this, now));
    }
  }

  /** Opens a connection to go on with a flow whose own was closed between two steps. */
  void reopen(long arrival, int step, long intended, long now) {
    Connection connection = new Connection(this, now, arrival, step, intended);
    reopening.add(connection);
    connect(connection);
  }

  private void connect(Connection connection) {
    open++;
    bootstrap
        .clone()
        .handler(pipeline(connection))
        .connect()
        .addListener(result -> {
          Throwable why = result.cause();
          if (why != null) {
            connection.connectFailed(ErrorKind.CONNECT, why);
          }
        });
  }

  private ChannelInitializer<Channel> pipeline(Connection connection) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        SslContext context = tls;
        if (context != null) {
          Origin origin = plan.origin();
          SslHandler handler =
              context.newHandler(channel.alloc(), origin.host(), origin.address().getPort());
          handler.setHandshakeTimeout(plan.timeoutNanos(), TimeUnit.NANOSECONDS);
          channel.pipeline().addLast(handler);
        }
        channel.pipeline().addLast(connection);
      }
    };
  }

  void connected(Connection connection, long now) {
    if (connection.carriesFlow()) {
      reopening.remove(connection);
    } else {
      connecting--;
    }
    if (now - measuredStart >= 0) {
      active.connected(now - connection.openedAt());
    }
  }

  /**
   * One arrival fails for each attempt that fails: that of the flow, or the one longest waiting.
   */
  void connectFailed(Connection connection, ErrorKind kind, Throwable why) {
    open--;
    if (finished) {
      return;
    }
    String sentence = String.valueOf(why.getMessage());
    if (connection.carriesFlow()) {
      reopening.remove(connection);
      unconnected(connection.arrival(), connection.step(), connection.intended(), kind, sentence);
      return;
    }
    connecting--;
    long arrival = waiting.poll();
    if (arrival >= 0) {
      unconnected(arrival, 0, start + schedule.offsetNanos(arrival), kind, sentence);
    }
  }

  private void unconnected(long arrival, int step, long intended, ErrorKind kind, String why) {
    if (measured(arrival)) {
      stats(step).failed(kind, clock.nanos() - intended, 0);
      if (firstOf(step, kind)) {
        stats(step).example(kind, why);
      }
    }
    ended(arrival, false);
  }

  /** A connection is free: the arrival that waited longest has it, or it idles. */
  void free(Connection connection, long now) {
    long arrival = finished ? -1 : waiting.poll();
    if (arrival >= 0) {
      connection.start(arrival, start + schedule.offsetNanos(arrival), now);
    } else {
      connection.idleAt = idleCount;
      idle[idleCount++] = connection;
    }
  }

  /** A connection is closed or about to be. */
  void lost(Connection connection) {
    open--;
    int at = connection.idleAt;
    if (at >= 0) {
      Connection moved = idle[--idleCount];
      idle[at] = moved;
      moved.idleAt = at;
      connection.idleAt = -1;
    }
  }

  private Connection takeIdle() {
    Connection connection = idle[--idleCount];
    connection.idleAt = -1;
    return connection;
  }

  // ---- what a connection asks for and tells

  CompiledRequest request(int step) {
    return flow[step];
  }

  int steps() {
    return flow.length;
  }

  byte[] scratch() {
    return scratch;
  }

  boolean tls() {
    return tls != null;
  }

  boolean measured(long arrival) {
    return arrival >= schedule.warmUp();
  }

  StepInterval stats(int step) {
    return active.steps().get(step);
  }

  /** Whether this is the first failure of its kind in that step; asked once for each. */
  boolean firstOf(int step, ErrorKind kind) {
    int at = step * ErrorKind.values().length + kind.ordinal();
    boolean first = !exampleGiven[at];
    exampleGiven[at] = true;
    return first;
  }

  /**
   * Sends a request. All connections share the buffer of a step, for it is written at once; where
   * the socket does not take it all, the buffer stays with that connection and a new one is made.
   */
  void write(ChannelHandlerContext channel, int step) {
    ByteBuf bytes = requests[step];
    bytes.setIndex(0, bytes.capacity());
    var _ = channel.writeAndFlush(bytes.retain(), channel.voidPromise());
    if (bytes.refCnt() > 1) {
      bytes.release();
      requests[step] = encoded(flow[step]);
    }
  }

  /** A request was sent: its time-out is the latest of all, since all have the same. */
  void awaits(Connection connection, long now) {
    connection.deadline = now + plan.timeoutNanos();
    Connection before = newest;
    connection.earlier = before;
    connection.later = null;
    if (before == null) {
      oldest = connection;
    } else {
      before.later = connection;
    }
    newest = connection;
  }

  /** A request has ended, well or not. */
  void settled(Connection connection) {
    Connection before = connection.earlier;
    Connection after = connection.later;
    if (before == null) {
      oldest = after;
    } else {
      before.later = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.earlier = before;
    }
    connection.earlier = null;
    connection.later = null;
  }

  /** The flow of an arrival has ended. */
  void ended(long arrival, boolean well) {
    underWay--;
    if (measured(arrival)) {
      if (well) {
        active.flowCompleted();
      } else {
        active.flowFailed();
      }
    }
  }

  /** Something happened that never should: the run ends and says so. */
  void defect(Throwable unforeseen) {
    if (defect == null) {
      defect = unforeseen;
    }
    stop();
  }
}
