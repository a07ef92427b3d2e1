package dev.assay.load.engine;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import org.jspecify.annotations.Nullable;

/**
 * Lets a schedule ride on the turns of an event loop: before each wait for the network it runs what
 * is due, and it shortens the wait to the next thing due. So there is one timer, that of the wait
 * itself, however many requests are under way, and nothing is allocated.
 *
 * <p>Used only on its loop's thread.
 */
final class PacedIoHandler implements IoHandler {

  /** What is run on each turn of a loop. */
  interface Pacer {
    /** Runs what is due. */
    void tick();

    /** When something is due next, in the time of {@link #nanos()}. */
    long nextNanos();

    /** The monotonic time. */
    long nanos();
  }

  private final IoHandler network;
  private final PacedContext paced = new PacedContext();
  private @Nullable Pacer pacer;

  PacedIoHandler(IoHandler network) {
    this.network = network;
  }

  /** Starts or, with null, ends the pacing; call it on the loop's thread. */
  void pace(@Nullable Pacer by) {
    pacer = by;
  }

  @Override
  public int run(IoHandlerContext context) {
    Pacer active = pacer;
    if (active == null) {
      return network.run(context);
    }
    active.tick();
    paced.around(context, active);
    return network.run(paced);
  }

  @Override
  public void initialize() {
    network.initialize();
  }

  @Override
  public void prepareToDestroy() {
    network.prepareToDestroy();
  }

  @Override
  public void destroy() {
    network.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return network.register(handle);
  }

  @Override
  public void wakeup() {
    network.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return network.isCompatible(handleType);
  }

  /** The loop's own context, with the pacer's next moment as one more deadline. */
  private static final class PacedContext implements IoHandlerContext {

    private static final long NONE = -1;

    private @Nullable IoHandlerContext loop;
    private @Nullable Pacer pacer;
    private long next;

    void around(IoHandlerContext context, Pacer by) {
      loop = context;
      pacer = by;
      next = by.nextNanos();
    }

    @Override
    public boolean canBlock() {
      return loop().canBlock() && pacer().nanos() - next < 0;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      long due = Math.max(0, next - pacer().nanos());
      return Math.min(loop().delayNanos(currentTimeNanos), due);
    }

    @Override
    public long deadlineNanos() {
      long deadline = loop().deadlineNanos();
      return deadline == NONE || next - deadline < 0 ? next : deadline;
    }

    @Override
    public void reportActiveIoTime(long activeNanos) {
      loop().reportActiveIoTime(activeNanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      return loop().shouldReportActiveIoTime();
    }

    private IoHandlerContext loop() {
      IoHandlerContext set = loop;
      if (set == null) {
        throw new IllegalStateException("asked before the first turn");
      }
      return set;
    }

    private Pacer pacer() {
      Pacer set = pacer;
      if (set == null) {
        throw new IllegalStateException("asked before the first turn");
      }
      return set;
    }
  }
}
