package dev.assay.load.engine;

import dev.assay.api.spi.Clock;
import dev.assay.load.extract.BodyReader;
import dev.assay.load.feed.Feeder;
import dev.assay.load.grpc.CompiledCall;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Expectation;
import dev.assay.load.request.Save;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's part of a run: its share of users and connections, its own histograms.
 * Everything but {@link #take} and {@link #giveBack(Interval)} happens on the loop's thread.
 *
 * <p>Every due arrival is taken as soon as the loop turns. It goes out on a free connection, or
 * waits in a bounded queue while connections are opened on demand, or is dropped; each ends in
 * exactly one of completed, failed, dropped, unsent, unfinished.
 */
final class LoadLoop implements PacedIoHandler.Pacer {

  private static final long SECOND = 1_000_000_000L;
  private static final int READ_BUFFER = 64 * 1024;
  private static final int SCRATCH = 16 * 1024;
  private static final int SPARES = 2;

  /** How many steps that wait for nothing a user does before it is others' turn. */
  private static final int AT_ONCE = 64;

  private static final int KINDS = ErrorKind.values().length;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final LoadPlan plan;
  private final Clock clock;
  private final Connector connector;
  private final RequestWriter requests;
  private final CallWriter calls;
  private final Inspection inspection;
  private final Feeder[] feeders;
  private final Runner[] runners;
  private final Pool[] pools;
  private final @Nullable Devices devices;
  private final Timeouts[] timeouts;
  private final int[] timeoutOf;
  private final Sleepers sleepers = new Sleepers();
  private final WebSockets sockets;
  private final ArrayList<User> resting = new ArrayList<>();
  private final ArrayList<Refusal> refusals = new ArrayList<>();
  private final int mayUse;
  private final ByteBuf readBuffer = Unpooled.directBuffer(READ_BUFFER, READ_BUFFER);
  private final byte[] scratch = new byte[SCRATCH];
  private ByteBuf outgoing = Unpooled.directBuffer(SCRATCH);
  private final ArrayList<Http2Line> unflushed = new ArrayList<>();
  private final boolean[] exampleGiven;

  private final BlockingQueue<Interval> full = new ArrayBlockingQueue<>(SPARES + 2);
  private final BlockingQueue<Interval> spares = new ArrayBlockingQueue<>(SPARES + 2);
  private Interval active;

  private long measuredStart;
  private long drainEnd;
  private long boundary;
  private int users;
  private boolean finished;
  private volatile @Nullable Thread loopThread;
  private volatile @Nullable Throwable defect;
  private volatile @Nullable String emptyFeeder;

  LoadLoop(LoadPlan plan, int index, EventLoop eventLoop, Sockets sockets, Clock clock) {
    this.plan = plan;
    this.clock = clock;
    this.connector = new Connector(plan, eventLoop, sockets, readBuffer);
    this.feeders = plan.feeders().toArray(new Feeder[0]);
    this.pools = new Pool[plan.origins().size()];
    int mayWait = share(plan.maxWaiting(), plan.loops(), index);
    for (int i = 0; i < pools.length; i++) {
      int limit = share(plan.connections(), plan.loops(), index);
      pools[i] = new Pool(this, plan.origins().get(i), limit, mayWait);
    }
    this.devices =
        plan.networks().any()
            ? new Devices(
                this,
                plan.networks(),
                plan.steps(),
                plan.origins().toArray(new Origin[0]),
                Math.max(1, share(plan.connections(), plan.loops(), index)),
                mayWait,
                User.mixed(plan.seed() + index))
            : null;
    this.mayUse = Math.max(1, share(plan.maxUsers(), plan.loops(), index));
    List<CompiledRequest> steps = Calls.of(plan);
    this.timeouts =
        steps.stream()
            .mapToLong(CompiledRequest::timeoutNanos)
            .distinct()
            .mapToObj(Timeouts::new)
            .toArray(Timeouts[]::new);
    this.timeoutOf = new int[plan.steps()];
    for (CompiledRequest step : steps) {
      for (int i = 0; i < timeouts.length; i++) {
        if (timeouts[i].nanos() == step.timeoutNanos()) {
          timeoutOf[step.step()] = i;
        }
      }
    }
    this.requests = new RequestWriter(plan, steps, feeders);
    this.calls = new CallWriter(requests);
    this.inspection = new Inspection(plan.steps(), steps);
    this.sockets = new WebSockets(this, plan.seed(), index);
    this.runners = Runners.of(this, plan, index);
    this.exampleGiven = new boolean[plan.recorded().size() * KINDS];
    this.active = new Interval(plan.recorded().size());
    for (int i = 0; i < SPARES; i++) {
      spares.add(new Interval(plan.recorded().size()));
    }
  }

  /** One loop's part of a whole that all share. */
  static int share(int whole, int parts, int index) {
    return whole / parts + (index < whole % parts ? 1 : 0);
  }

  // ---- the run, told by the engine on this loop's thread

  /** How much processor time the loop's thread has taken, or -1; from any thread. */
  long cpuNanos() {
    Thread thread = loopThread;
    return thread == null || !threads.isThreadCpuTimeSupported()
        ? -1
        : threads.getThreadCpuTime(thread.threadId());
  }

  /** Begins; the first phase starts at {@code startNanos}. */
  void begin(long startNanos) {
    loopThread = Thread.currentThread();
    measuredStart = startNanos + plan.measuredFrom();
    drainEnd = startNanos + plan.end() + plan.timeoutNanos();
    boundary = measuredStart + SECOND;
    for (Runner runner : runners) {
      runner.start(startNanos);
    }
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
    requests.release();
    connector.release();
    sockets.release();
    readBuffer.release();
    outgoing.release();
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

  /** The name of a feeder that had no record left, or null. */
  @Nullable String emptyFeeder() {
    return emptyFeeder;
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
      for (Runner runner : runners) {
        if (now - runner.nextDue() >= 0) {
          runner.fire(now);
        }
      }
      refuse();
      wake(now);
      expire(now);
      sockets.expire(now);
      for (Pool pool : pools) {
        if (pool.wantsLine()) {
          pool.openWanted(now);
        }
      }
      if (exhausted() || now - drainEnd >= 0) {
        drain(now);
      }
      flush();
    } catch (RuntimeException | Error unforeseen) {
      defect(unforeseen);
    }
  }

  @Override
  public long nextNanos() {
    if (finished) {
      return clock.nanos() + SECOND;
    }
    if (!refusals.isEmpty()) {
      return clock.nanos();
    }
    long next = Math.min(Math.min(boundary, drainEnd), sockets.nextNanos());
    for (Pool pool : pools) {
      if (pool.wantsLine()) {
        return clock.nanos();
      }
    }
    for (Runner runner : runners) {
      next = Math.min(next, runner.nextDue());
    }
    for (Timeouts some : timeouts) {
      User first = some.oldest();
      next = first == null ? next : Math.min(next, first.deadline);
    }
    return sleepers.isEmpty() ? next : Math.min(next, sleepers.first());
  }

  /** A user for whom nothing could be sent. */
  private record Refusal(User user, ErrorKind kind, String why) {}

  /**
   * A user's request cannot be sent: it fails in the next turn, for another would follow at once.
   */
  void failLater(User user, ErrorKind kind, String why) {
    refusals.add(new Refusal(user, kind, why));
  }

  private void refuse() {
    for (int left = refusals.size(); left > 0; left--) {
      Refusal first = refusals.removeFirst();
      failed(first.user, first.kind, first.why);
    }
  }

  private void wake(long now) {
    while (sleepers.due(now)) {
      User user = sleepers.poll();
      if (user.runner().measured()) {
        active.late(now - user.wake);
      }
      if (user.thinking && user.runner() instanceof ClosedRunner closed) {
        closed.woken(user, now);
      } else {
        user.intended = user.wake;
        run(user, now);
      }
    }
  }

  private void expire(long now) {
    for (Timeouts some : timeouts) {
      User first = some.oldest();
      while (first != null && now - first.deadline >= 0) {
        timedOut(first);
        first = some.oldest();
      }
    }
  }

  private void timedOut(User user) {
    Line line = user.line;
    if (line != null) {
      line.abandon(user);
    }
    failed(user, ErrorKind.TIMEOUT, inVain(user));
  }

  private static String inVain(User user) {
    WebSocketLine socket = user.socket;
    if (socket != null && socket.waitedFor()) {
      return socket.inVain();
    }
    return user.events == 0
        ? "no complete response within the time-out"
        : user.eventsSeen + " events came within the time-out, and neither more nor the end";
  }

  /** Sends what gathered in this turn. */
  private void flush() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
  }

  /** Whether every phase has brought its users and all of them have gone. */
  private boolean exhausted() {
    if (users > 0 || !sockets.settled()) {
      return false;
    }
    for (Runner runner : runners) {
      if (!runner.done()) {
        return false;
      }
    }
    return true;
  }

  private void drain(long now) {
    for (Runner runner : runners) {
      runner.stop();
    }
    for (Timeouts some : timeouts) {
      User first = some.oldest();
      while (first != null) {
        timedOut(first);
        first = some.oldest();
      }
    }
    for (Pool pool : pools) {
      for (User left = pool.pollWaiting(); left != null; left = pool.pollWaiting()) {
        turnAway(left, pool.waitingUsers(), now);
      }
    }
    drainDevices(now);
    for (Runner runner : runners) {
      active.unsent(runner.measured() ? runner.left() : 0);
    }
    finish(now);
  }

  /** Users who wait for a device, or for a connection of theirs. */
  private void drainDevices(long now) {
    Devices some = devices;
    if (some == null) {
      return;
    }
    for (User left = some.pollWaiting(); left != null; left = some.pollWaiting()) {
      turnAway(left, some.waitingUsers(), now);
    }
    for (Device device : some.inUse()) {
      for (int i = 0; i < pools.length; i++) {
        Pool pool = device.pool(i);
        for (User left = pool.pollWaiting(); left != null; left = pool.pollWaiting()) {
          turnAway(left, 0, now);
        }
      }
    }
  }

  private void turnAway(User left, int waiting, long now) {
    if (mayDrop(left)) {
      dropped(left, waiting, now);
    } else {
      String why = "no connection to go on with before the time after the schedule's end was over";
      unconnected(left, ErrorKind.CONNECT, why);
    }
  }

  private void finish(long now) {
    finished = true;
    sockets.finish(now);
    active.end(Math.max(active.from() + 1, secondOf(now) + 1), true);
    full.add(active);
    // Whatever still arrives while connections close must not touch what was handed over.
    active = new Interval(plan.recorded().size());
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

  // ---- users

  /** A user who is not under way, or null where as many are as may be. */
  @Nullable User newUser() {
    if (users >= mayUse) {
      return null;
    }
    users++;
    return resting.isEmpty() ? new User() : resting.removeLast();
  }

  /** The user has gone. */
  void recycle(User user) {
    Line line = user.line;
    Device device = user.device;
    user.line = null;
    user.device = null;
    user.runner = null;
    user.cookies.clear();
    users--;
    resting.add(user);
    if (line != null) {
      line.pool.release(line, clock.nanos());
    }
    if (devices != null && device != null) {
      devices.giveBack(device, clock.nanos());
    }
  }

  /** A user finds no record in a feeder and goes. */
  void ranOut(User user) {
    for (int feeder : user.runner().scenario.feeders()) {
      if (feeders[feeder].row(user.sequence) < 0) {
        emptyFeeder = feeders[feeder].name();
      }
    }
    if (user.recorded >= 0) {
      active.unsent(user.runner() instanceof OpenRunner ? 1 : 0);
    }
    recycle(user);
  }

  int feeders() {
    return feeders.length;
  }

  /** The row that a pass takes of a feeder, below 0 where none is left. */
  long row(int feeder, long sequence) {
    return feeders[feeder].row(sequence);
  }

  /** Puts a user to sleep, without a connection. */
  void sleep(User user, long until, long now) {
    letGo(user, now);
    user.wake = until;
    sleepers.add(user);
  }

  /** A user who goes on at once keeps its connection, unless others wait for one. */
  void share(User user, long now) {
    Line line = user.line;
    if (line != null && line.pool.waitingUsers() > 0) {
      letGo(user, now);
    }
  }

  /** Wakes a user who sleeps, since something happened to it. */
  void hasten(User user) {
    sleepers.hasten(user, clock.nanos());
  }

  private void letGo(User user, long now) {
    Line line = user.line;
    if (line != null) {
      user.line = null;
      line.pool.release(line, now);
    }
  }

  /** Carries on with a user's program until it has to wait for something. */
  void run(User user, long from) {
    if (broken(user, from)) {
      return;
    }
    long now = from;
    int atOnce = 0;
    while (true) {
      Instruction next = user.program[user.at];
      if (next instanceof Instruction.Call(CompiledRequest request)) {
        user.redirects = request.redirects();
        user.events = 0;
        user.grpc = null;
        call(user, request, now);
        return;
      }
      switch (next) {
        case Instruction.Pause(long low, long high) -> {
          user.at++;
          long nanos = low + (high == low ? 0 : (long) ((high - low) * user.random()));
          // A pause counts from when the step before was over, however late the loop is.
          sleep(user, user.intended + nanos, now);
          return;
        }
        case Instruction.End _ -> {
          finished(user, true, false, now);
          return;
        }
        case Instruction.Jump(int target) -> user.at = target;
        case Instruction.Count(int counter, int value) -> {
          user.counters[counter] = value;
          user.at++;
        }
        case Instruction.Spent(int counter, int target) ->
            user.at = user.counters[counter]-- <= 0 ? target : user.at + 1;
        case Instruction.Unless unless ->
            user.at = requests.hold(unless.conditions(), user) ? user.at + 1 : unless.target();
        case Instruction.Choose choose -> user.at = chosen(choose, user.random());
        case Instruction.Stream(CompiledRequest request, int count) -> {
          user.redirects = request.redirects();
          user.events = count;
          user.eventsSeen = 0;
          user.grpc = null;
          call(user, request, now);
          return;
        }
        case Instruction.Grpc(CompiledRequest request, CompiledCall compiled) -> {
          user.redirects = 0;
          user.events = 0;
          user.grpc = compiled;
          call(user, request, now);
          return;
        }
        case Instruction.Open open -> {
          openSocket(user, open, now);
          return;
        }
        case Instruction.Exchange exchange -> {
          if (!sockets.exchange(user, exchange, now)) {
            return;
          }
          now = clock.nanos();
          if (++atOnce == AT_ONCE) {
            sleep(user, now, now);
            return;
          }
        }
        case Instruction.Close(CompiledRequest request) -> {
          sockets.close(user, request, now);
          return;
        }
        case Instruction.Call _ -> throw new IllegalStateException("calls are done above");
      }
    }
  }

  /** Whether the user's WebSocket broke while it did something else, which ends its flow. */
  private boolean broken(User user, long now) {
    WebSocketLine socket = user.socket;
    ErrorKind kind = socket == null ? null : socket.brokenKind();
    if (socket == null || kind == null) {
      return false;
    }
    user.socket = null;
    user.request = socket.opener();
    ended(user, kind, socket.brokenWhy(), now);
    return true;
  }

  private static int chosen(Instruction.Choose choose, double at) {
    int which = 0;
    while (which < choose.shares().size() && at >= choose.shares().get(which)) {
      which++;
    }
    return choose.targets().get(which);
  }

  private void call(User user, CompiledRequest request, long now) {
    user.request = request;
    user.again = false;
    if (devices != null && user.device == null && !devices.take(user, now)) {
      return;
    }
    Pool pool = pool(user, request.origin());
    Line line = user.line;
    if (line != null && line.pool == pool && !line.gone()) {
      send(user, line, now);
    } else {
      letGo(user, now);
      pool.acquire(user, now);
    }
  }

  private void openSocket(User user, Instruction.Open open, long now) {
    user.request = open.request();
    if (devices != null && user.device == null && !devices.take(user, now)) {
      return;
    }
    sockets.open(user, open, pool(user, open.request().origin()), now);
  }

  /** Where a user's connections to an origin come from. */
  private Pool pool(User user, int origin) {
    Device device = user.device;
    return device == null ? pools[origin] : device.pool(origin);
  }

  /** A user who waited for a device has one. */
  void goOn(User user, long now) {
    run(user, now);
  }

  private void finished(User user, boolean well, boolean unreachable, long now) {
    if (user.recorded >= 0) {
      if (well) {
        active.flowCompleted();
      } else {
        active.flowFailed();
      }
    }
    sockets.leave(user, now);
    user.runner().over(user, well, unreachable, now);
  }

  // ---- what pools ask for and tell

  boolean finished() {
    return finished;
  }

  /** Whether a user has just come and may be turned away. */
  boolean mayDrop(User user) {
    return user.untouched && user.runner() instanceof OpenRunner;
  }

  /** A user who has just come finds no connection and no place to wait for one. */
  void dropped(User user, int waiting, long now) {
    if (user.recorded >= 0) {
      int at = user.recorded + user.request().step();
      active.drop(at);
      if (firstOf(at, ErrorKind.DROPPED)) {
        active
            .steps()
            .get(at)
            .example(
                ErrorKind.DROPPED,
                "no connection was free and "
                    + waiting
                    + " arrivals waited already, or the time after the schedule's end was over");
      }
    }
    user.runner().over(user, false, true, now);
  }

  /** An arrival for whom there is not even a user. */
  void drop(Runner runner, String why) {
    if (runner.measured()) {
      int at = runner.recorded + Calls.first(runner.scenario).step();
      active.drop(at);
      if (firstOf(at, ErrorKind.DROPPED)) {
        active.steps().get(at).example(ErrorKind.DROPPED, why);
      }
    }
  }

  /** A user who waited for a connection gets none. */
  void unconnected(User user, ErrorKind kind, String why) {
    long now = clock.nanos();
    if (user.recorded >= 0) {
      int at = user.recorded + user.request().step();
      active.steps().get(at).failed(kind, now - user.intended, 0);
      example(at, kind, why);
    }
    finished(user, false, true, now);
  }

  void connect(Pool pool, long now) {
    connect(pool, pool.origin().protocol().line(this, pool, now));
  }

  void connect(Pool pool, Line line) {
    connector.connect(pool.origin(), line);
  }

  /** A TCP connection is open. */
  void connected(long nanos, long now) {
    if (now - measuredStart >= 0) {
      active.connected(nanos);
    }
  }

  /** A TLS handshake is done. */
  void shookHands(long nanos, long now) {
    if (now - measuredStart >= 0) {
      active.shookHands(nanos);
    }
  }

  // ---- what lines ask for and tell

  /** Sends the user's request on a line that it holds. */
  void send(User user, Line line, long now) {
    user.untouched = false;
    user.sent = now;
    user.first = 0;
    timeouts[timeoutOf[user.request().step()]].add(user, now);
    line.send(user, now);
  }

  /** Writes a request in the form of HTTP/1.1. */
  void writeHttp1(User user, CompiledRequest request, SocketWriter writer) {
    try {
      ByteBuf bytes = requests.http1(user, request);
      sent(user, bytes.readableBytes());
      writer.write(bytes);
    } catch (IOException broken) {
      Line line = user.line;
      if (line != null) {
        line.failAll(ErrorKind.RESET, String.valueOf(broken.getMessage()));
        line.leave();
      }
    }
  }

  /** A request of so many bytes goes out. */
  void sent(User user, int bytes) {
    if (user.recorded >= 0) {
      stats(user).sent(bytes);
    }
  }

  /** Bytes of a response came in. */
  void received(User user, int bytes) {
    if (user.recorded >= 0) {
      stats(user).received(bytes);
    }
  }

  /** A response has begun that is not whole yet. */
  void began(User user) {
    if (user.first == 0) {
      user.first = clock.nanos();
    }
  }

  /** Bytes of a user's WebSocket came in. */
  void received(User user, CompiledRequest step, int bytes) {
    if (user.recorded >= 0) {
      stats(user, step).received(bytes);
    }
  }

  /** Bytes go out that no step sends. */
  void sentBesides(User user, CompiledRequest step, int bytes) {
    if (user.recorded >= 0) {
      stats(user, step).sentBesides(bytes);
    }
  }

  /** A message of so many bytes goes out. */
  void messageSent(User user, int bytes) {
    if (user.recorded >= 0) {
      stats(user).sent(bytes);
      stats(user).messageSent();
    }
  }

  /** So many messages of a stream go out in one request. */
  void messagesSent(User user, int many) {
    if (user.recorded >= 0) {
      stats(user).messagesSent(many);
    }
  }

  /** A message came in. */
  void messageReceived(User user, CompiledRequest step) {
    if (user.recorded >= 0) {
      stats(user, step).messageReceived();
    }
  }

  /** An event came in, so long after the one before or, if it is the first, after the request. */
  void event(User user, boolean first, long nanos) {
    if (user.recorded < 0) {
      return;
    }
    StepInterval stats = stats(user);
    stats.messageReceived();
    if (first) {
      stats.streamFirst(nanos);
    } else {
      stats.streamBetween(nanos);
    }
  }

  byte[] scratch() {
    return scratch;
  }

  /** Those bytes in a direct buffer; valid until the next call. */
  ByteBuf outgoing(byte[] bytes, int many) {
    return outgoing.clear().writeBytes(bytes, 0, many);
  }

  /** A line has something to send when this turn ends. */
  void flushLater(Http2Line line) {
    unflushed.add(line);
  }

  /** How many requests one connection of HTTP/2 may carry at once. */
  int streams() {
    return plan.streams();
  }

  long timeoutNanos() {
    return plan.timeoutNanos();
  }

  /**
   * A server went away and says that it did not process the user's request: it is sent on another
   * connection, as a client does, and the time goes on.
   *
   * @return whether it is; not a second time for the same request
   */
  boolean again(User user) {
    timeouts[timeoutOf[user.request().step()]].remove(user);
    if (user.again || finished) {
      return false;
    }
    user.again = true;
    user.line = null;
    pool(user, user.request().origin()).acquire(user, clock.nanos());
    return true;
  }

  CallWriter calls() {
    return calls;
  }

  RequestWriter requests() {
    return requests;
  }

  byte[][] wanted(int step) {
    return inspection.wanted(step);
  }

  BodyReader reader(CompiledRequest request) {
    return inspection.reader(request);
  }

  void giveBack(CompiledRequest request, BodyReader reader) {
    inspection.giveBack(request, reader);
  }

  /** A response sets a cookie. */
  void cookie(User user, CompiledRequest request, byte[] line, int from, int to) {
    Origin origin = pools[request.origin()].origin();
    Instant now = clock.now();
    user.cookies.set(line, from, to, origin.host(), requests.resource(user, request), now);
  }

  /** The response to a user's request is complete. The user still holds its line, if it has one. */
  void answered(User user, Answer answer) {
    long now = clock.nanos();
    CompiledRequest request = user.request();
    timeouts[timeoutOf[request.step()]].remove(user);
    if (user.redirects > 0 && Redirect.is(answer.status())) {
      Redirect.Result next = Redirect.of(plan.origins(), request, answer, user.redirects);
      if (next instanceof Redirect.To(CompiledRequest to)) {
        answer.release();
        user.redirects--;
        call(user, to, now);
        return;
      }
      if (next instanceof Redirect.Nowhere(String why)) {
        answer.release();
        ended(user, ErrorKind.CHECK, why, now);
        return;
      }
    }
    if (!request.accepts(answer.status())) {
      String why = wantsExample(user, ErrorKind.STATUS) ? "status " + answer.status() : "";
      answer.release();
      ended(user, ErrorKind.STATUS, why, now);
      return;
    }
    String unmet = request.curious() ? unmet(user, request, answer) : null;
    if (unmet == null && user.events > 0) {
      unmet = answer.missing();
    }
    answer.release();
    if (unmet == null) {
      if (user.recorded >= 0) {
        stats(user).firstByte((user.first == 0 ? now : user.first) - user.sent);
      }
      went(user, now);
    } else {
      ended(user, ErrorKind.CHECK, unmet, now);
    }
  }

  /** What the response lacks, or null; then what is saved of it is saved. */
  private @Nullable String unmet(User user, CompiledRequest request, Answer answer) {
    Expectation missed = inspection.missed(request, answer);
    if (missed != null) {
      return wantsExample(user, ErrorKind.CHECK)
          ? Inspection.sentence(missed, answer)
          : missed.what();
    }
    return saved(user, request, answer);
  }

  /** Saves what is to be saved of a response; what is missing for that, or null. */
  private static @Nullable String saved(User user, CompiledRequest request, Answer answer) {
    for (Save save : request.saves()) {
      if (!answer.found(save.source())) {
        return save.what();
      }
      user.slots[save.slot()].clear();
      user.slots[save.slot()].append(answer.value(save.source()));
    }
    return null;
  }

  /** Whether a message is what is awaited; then what is saved of it is saved. */
  boolean fits(User user, CompiledRequest request, Answer message) {
    return inspection.missed(request, message) == null && saved(user, request, message) == null;
  }

  // ---- what WebSockets ask for and tell

  /** A user begins a step that needs no connection of a pool. */
  void begins(User user, CompiledRequest request, long now) {
    letGo(user, now);
    user.request = request;
    user.events = 0;
    user.untouched = false;
    user.sent = now;
  }

  /** A user waits for something from now on, no longer than its step's time-out. */
  void awaits(User user, long now) {
    timeouts[timeoutOf[user.request().step()]].add(user, now);
  }

  /** What a user awaited has come. */
  void came(User user) {
    passed(user);
    run(user, user.intended);
  }

  /** A user's step is done; it goes on by itself. */
  void passed(User user) {
    long now = clock.nanos();
    timeouts[timeoutOf[user.request().step()]].remove(user);
    step(user, now);
  }

  private void went(User user, long now) {
    step(user, now);
    run(user, now);
  }

  private void step(User user, long now) {
    if (user.recorded >= 0) {
      stats(user).succeeded(now - user.intended, now - user.sent);
    }
    user.at++;
    user.intended = now;
  }

  /** A request under way failed; where the user still holds a line, it is given back. */
  void failed(User user, ErrorKind kind, String why) {
    timeouts[timeoutOf[user.request().step()]].remove(user);
    if (!finished) {
      ended(user, kind, why, clock.nanos());
    }
  }

  private void ended(User user, ErrorKind kind, String why, long now) {
    if (user.recorded >= 0) {
      int at = user.recorded + user.request().step();
      active.steps().get(at).failed(kind, now - user.intended, now - user.sent);
      example(at, kind, why);
    }
    finished(user, false, kind == ErrorKind.CONNECT, now);
  }

  private void example(int at, ErrorKind kind, String why) {
    if (firstOf(at, kind)) {
      active.steps().get(at).example(kind, why);
    }
  }

  private StepInterval stats(User user) {
    return stats(user, user.request());
  }

  private StepInterval stats(User user, CompiledRequest step) {
    return active.steps().get(user.recorded + step.step());
  }

  Interval interval() {
    return active;
  }

  /** Whether a failure of the user's request would be the first of its kind there. */
  boolean wantsExample(User user, ErrorKind kind) {
    int at = user.recorded + user.request().step();
    return user.recorded >= 0 && !exampleGiven[at * KINDS + kind.ordinal()];
  }

  /** Whether this is the first failure of its kind there; asked once for each. */
  private boolean firstOf(int recorded, ErrorKind kind) {
    int at = recorded * KINDS + kind.ordinal();
    boolean first = !exampleGiven[at];
    exampleGiven[at] = true;
    return first;
  }

  /** Something happened that never should: the run ends and says so. */
  void defect(Throwable unforeseen) {
    if (defect == null) {
      defect = unforeseen;
    }
    stop();
  }
}
