package dev.assay.load.engine;

/** Brings the arrivals of an open phase. */
final class OpenRunner extends Runner {

  /** How many arrivals one turn does before it looks at the network again. */
  private static final int BATCH = 128;

  private final Arrivals.Cursor arrivals;
  private final long offset;
  private long start;

  OpenRunner(
      LoadLoop loop,
      Phase.Open phase,
      Scenario scenario,
      int recorded,
      long seed,
      Arrivals.Cursor arrivals) {
    super(loop, phase, scenario, recorded, seed);
    this.arrivals = arrivals;
    this.offset = phase.start();
  }

  @Override
  void start(long nanos) {
    start = nanos + offset;
  }

  @Override
  long nextDue() {
    return arrivals.here() && !stopped() ? start + arrivals.offset() : NEVER;
  }

  @Override
  void fire(long first) {
    long now = first;
    for (int i = 0; i < BATCH && arrivals.here() && !stopped(); i++) {
      long intended = start + arrivals.offset();
      if (now - intended < 0) {
        return;
      }
      long number = arrivals.number();
      arrivals.advance();
      arrive(number, intended, now);
      now = loop.nanos();
    }
  }

  private void arrive(long number, long intended, long now) {
    if (measured()) {
      loop.interval().dispatched(now - intended);
    }
    User user = loop.newUser();
    if (user == null) {
      loop.drop(this, "as many users as may be were under way");
    } else if (prepare(user, number, intended)) {
      loop.run(user, now);
    } else {
      stop();
      loop.ranOut(user);
    }
  }

  @Override
  void over(User user, boolean well, boolean unreachable, long now) {
    loop.recycle(user);
  }

  @Override
  long left() {
    return arrivals.left();
  }
}
