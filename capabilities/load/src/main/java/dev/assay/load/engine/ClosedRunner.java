package dev.assay.load.engine;

/**
 * Brings the users of a closed phase: each begins a new pass when it is through with one and has
 * thought. The next pass is intended when the thinking ends, however late the loop comes to it.
 */
final class ClosedRunner extends Runner {

  /** How long a user waits after a pass that reached nobody, lest it do nothing but connect. */
  private static final long AFTER_UNREACHABLE = 100_000_000L;

  private static final int BATCH = 128;

  private final Phase.Closed phase;
  private final int stride;
  private int next;
  private long start;
  private long passesLeft;

  ClosedRunner(
      LoadLoop loop,
      Phase.Closed phase,
      Scenario scenario,
      int recorded,
      long seed,
      int first,
      int stride,
      long passes) {
    super(loop, phase, scenario, recorded, seed);
    this.phase = phase;
    this.stride = stride;
    this.next = first;
    this.passesLeft = passes;
  }

  @Override
  void start(long nanos) {
    start = nanos + phase.start();
  }

  @Override
  long nextDue() {
    return next < phase.most() && passesLeft > 0 && !stopped() ? start + phase.comes(next) : NEVER;
  }

  @Override
  void fire(long now) {
    for (int i = 0; i < BATCH && nextDue() != NEVER && now - nextDue() >= 0; i++) {
      long due = nextDue();
      User user = loop.newUser();
      if (user == null) {
        throw new IllegalStateException("there are fewer users than a phase has");
      }
      user.index = next;
      user.pass = 0;
      next += stride;
      begin(user, due, now);
    }
  }

  private void begin(User user, long intended, long now) {
    long number = user.pass * phase.most() + user.index;
    if (passesLeft <= 0 || stopped()) {
      loop.recycle(user);
    } else if (prepare(user, number, intended)) {
      passesLeft--;
      user.pass++;
      if (measured()) {
        loop.interval().began();
      }
      loop.run(user, now);
    } else {
      stop();
      loop.ranOut(user);
    }
  }

  @Override
  void over(User user, boolean well, boolean unreachable, long now) {
    long pause = think(user);
    if (unreachable) {
      pause = Math.max(pause, AFTER_UNREACHABLE);
    }
    if (now + pause - start >= phase.goes(user.index) || passesLeft <= 0 || stopped()) {
      loop.recycle(user);
    } else if (pause == 0) {
      loop.share(user, now);
      begin(user, now, now);
    } else {
      user.thinking = true;
      loop.sleep(user, now + pause, now);
    }
  }

  private long think(User user) {
    long range = phase.thinkHigh() - phase.thinkLow();
    return phase.thinkLow() + (range == 0 ? 0 : (long) (range * user.random()));
  }

  /** A user has thought. */
  void woken(User user, long now) {
    begin(user, user.wake, now);
  }

  @Override
  long left() {
    return 0;
  }
}
