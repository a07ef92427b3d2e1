package dev.assay.load.engine;

import dev.assay.api.spi.Clock;
import dev.assay.network.proxy.PromptThreads;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run of load, from its start until it is closed. {@link #next} and {@link #close} belong to one
 * thread, {@link #stop} to any.
 */
public final class LoadEngine implements AutoCloseable {

  /** How the threads of loops are named; a number follows. */
  public static final String THREADS = "assay-load";

  /** From the start to the first arrival, so that every loop is turning by then. */
  private static final long HEAD_START = 20_000_000L;

  private static final long POLL_MILLIS = 1_000;

  private final Clock clock;
  private final MultiThreadIoEventLoopGroup group;
  private final List<LoadLoop> loops;
  private final List<EventLoop> eventLoops;
  private final Interval merged;
  private final boolean[] ended;
  private final long[] covered;
  private final long[] cpuBefore;
  private long busyAt;
  private final Instant measuredStart;

  private LoadEngine(
      LoadPlan plan,
      MultiThreadIoEventLoopGroup group,
      List<EventLoop> eventLoops,
      List<LoadLoop> loops,
      Instant measuredStart,
      Clock clock) {
    this.clock = clock;
    this.busyAt = clock.nanos();
    this.group = group;
    this.eventLoops = eventLoops;
    this.loops = loops;
    this.merged = new Interval(plan.recorded().size());
    this.ended = new boolean[loops.size()];
    this.covered = new long[loops.size()];
    this.cpuBefore = new long[loops.size()];
    this.measuredStart = measuredStart;
  }

  /** Starts sending. */
  public static LoadEngine start(LoadPlan plan, Clock clock, Sockets sockets) {
    List<PacedIoHandler> handlers = new ArrayList<>();
    IoHandlerFactory network = sockets.kind().handlers();
    IoHandlerFactory paced =
        executor -> {
          PacedIoHandler handler = new PacedIoHandler(network.newHandler(executor));
          handlers.add(handler);
          return handler;
        };
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(plan.loops(), threads(plan), paced);
    List<EventLoop> eventLoops = new ArrayList<>();
    List<LoadLoop> loops = new ArrayList<>();
    Iterator<EventExecutor> executors = group.iterator();
    for (int i = 0; i < plan.loops(); i++) {
      EventLoop eventLoop = (EventLoop) executors.next();
      eventLoops.add(eventLoop);
      loops.add(new LoadLoop(plan, i, eventLoop, sockets, clock));
    }
    long headStart = plan.arrives() ? HEAD_START : 0;
    long start = clock.nanos() + headStart;
    Instant measuredStart = clock.now().plusNanos(headStart + plan.measuredFrom());
    for (int i = 0; i < plan.loops(); i++) {
      PacedIoHandler handler = handlers.get(i);
      LoadLoop loop = loops.get(i);
      eventLoops
          .get(i)
          .execute(() -> {
            loop.begin(start);
            handler.pace(loop);
          });
    }
    return new LoadEngine(plan, group, eventLoops, loops, measuredStart, clock);
  }

  /** Without arrivals nothing is due, and asking for prompt timers costs 50 ms of a young JVM. */
  private static ThreadFactory threads(LoadPlan plan) {
    return plan.arrives() ? new PromptThreads(THREADS) : new DefaultThreadFactory(THREADS, true);
  }

  /**
   * How busy the busiest loop was since the last call: the processor time of its thread, as a share
   * of the time that passed; negative where the machine does not tell.
   */
  public double busy() {
    long now = clock.nanos();
    double most = -1;
    for (int i = 0; i < loops.size(); i++) {
      long cpu = loops.get(i).cpuNanos();
      if (cpu >= 0 && now > busyAt) {
        most = Math.max(most, (double) (cpu - cpuBefore[i]) / (now - busyAt));
      }
      cpuBefore[i] = cpu;
    }
    busyAt = now;
    return Math.min(1, most);
  }

  /** The name of a feeder that had no record left for somebody, or null. */
  public @Nullable String emptyFeeder() {
    for (LoadLoop loop : loops) {
      String empty = loop.emptyFeeder();
      if (empty != null) {
        return empty;
      }
    }
    return null;
  }

  /** When the first measured phase begins. */
  public Instant measuredStart() {
    return measuredStart;
  }

  /**
   * Waits for the next interval of all loops together. Every loop's interval is in exactly one of
   * those returned; each begins where the one before ended.
   *
   * @return the interval, the caller's until the next call, or null when all has ended
   * @throws IllegalStateException if a loop failed
   */
  public @Nullable Interval next() throws InterruptedException {
    if (allEnded()) {
      return null;
    }
    merged.reset();
    merged.begin(merged.to());
    long until = merged.from() + 1;
    boolean again = true;
    while (again) {
      again = false;
      for (int i = 0; i < loops.size(); i++) {
        while (!ended[i] && covered[i] < until) {
          collect(i);
        }
        if (covered[i] > until) {
          until = covered[i];
          again = true;
        }
      }
    }
    merged.end(until, false);
    return merged;
  }

  private void collect(int index) throws InterruptedException {
    LoadLoop loop = loops.get(index);
    Interval interval = loop.take(POLL_MILLIS);
    if (interval == null) {
      if (eventLoops.get(index).isShutdown()) {
        throw new IllegalStateException("a loop of the load engine ended by itself");
      }
      return;
    }
    merged.add(interval);
    ended[index] = interval.last();
    covered[index] = interval.to();
    loop.giveBack(interval);
    Throwable defect = loop.defect();
    if (ended[index] && defect != null) {
      throw new IllegalStateException("the load engine failed", defect);
    }
  }

  private boolean allEnded() {
    for (boolean one : ended) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  /** Ends the run at once; what is under way is abandoned and counted nowhere. */
  public void stop() {
    for (int i = 0; i < loops.size(); i++) {
      LoadLoop loop = loops.get(i);
      if (!eventLoops.get(i).isShuttingDown()) {
        eventLoops.get(i).execute(loop::stop);
      }
    }
  }

  /** Closes every connection and ends every thread. */
  @Override
  public void close() {
    stop();
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    if (group.isTerminated()) {
      loops.forEach(LoadLoop::release);
    }
  }
}
