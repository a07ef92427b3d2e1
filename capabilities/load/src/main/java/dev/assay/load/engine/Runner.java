package dev.assay.load.engine;

/** Brings the users of one phase to one loop. Used only on the loop's thread. */
abstract sealed class Runner permits OpenRunner, ClosedRunner {

  /** Nothing is due any more. */
  static final long NEVER = Long.MAX_VALUE;

  final LoadLoop loop;
  final Scenario scenario;
  final Instruction[] program;

  /** Where its steps are recorded; below 0 for nowhere. */
  final int recorded;

  private final long firstSequence;
  private final long seed;
  private boolean stopped;

  Runner(LoadLoop loop, Phase phase, Scenario scenario, int recorded, long seed) {
    this.loop = loop;
    this.scenario = scenario;
    this.program = scenario.program().toArray(new Instruction[0]);
    this.recorded = recorded;
    this.firstSequence = phase.firstSequence();
    this.seed = seed;
  }

  /** Says when the run begins. */
  abstract void start(long nanos);

  /** When it has something to do next, or {@link #NEVER}. */
  abstract long nextDue();

  /** Does what is due, but not for too long. */
  abstract void fire(long now);

  /** A pass of a user is over. */
  abstract void over(User user, boolean well, boolean unreachable, long now);

  /** How many measured arrivals it would still have brought. */
  abstract long left();

  /** Whether it has nothing left to bring. */
  boolean done() {
    return nextDue() == NEVER;
  }

  /** Brings no more. */
  void stop() {
    stopped = true;
  }

  final boolean stopped() {
    return stopped;
  }

  final boolean measured() {
    return recorded >= 0;
  }

  /** Prepares a user for a pass; false where a feeder has nothing left for it. */
  final boolean prepare(User user, long number, long intended) {
    user.runner = this;
    Device kept = user.device;
    user.recorded = recorded < 0 || kept == null ? recorded : recorded + kept.recordedAt();
    user.program = program;
    user.sequence = firstSequence + number;
    user.intended = intended;
    user.begin(scenario, loop.feeders(), User.mixed(seed + user.sequence));
    for (int feeder : scenario.feeders()) {
      long row = loop.row(feeder, user.sequence);
      if (row < 0) {
        return false;
      }
      user.rows[feeder] = row;
    }
    return true;
  }
}
