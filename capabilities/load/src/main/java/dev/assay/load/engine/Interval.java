package dev.assay.load.engine;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What happened in one or more whole seconds after the measured start, of one loop or of all.
 * Memory is bounded by the number of steps. Owned by one thread at a time.
 */
public final class Interval {

  private final List<StepInterval> steps;
  private final Histogram lateness = Histograms.of();
  private final Histogram connectTime = Histograms.of();
  private final Histogram tlsTime = Histograms.of();
  private long from;
  private long to;
  private long dispatched;
  private long passes;
  private long completed;
  private long failed;
  private long dropped;
  private long unsent;
  private boolean last;

  Interval(int steps) {
    List<StepInterval> each = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      each.add(new StepInterval());
    }
    this.steps = List.copyOf(each);
  }

  void dispatched(long latenessNanos) {
    dispatched++;
    late(latenessNanos);
  }

  /** Something that was due was taken up so late. */
  void late(long nanos) {
    lateness.recordValue(Math.max(0, nanos));
  }

  void connected(long nanos) {
    connectTime.recordValue(Math.max(0, nanos));
  }

  /** A user of a closed phase began a pass. */
  void began() {
    passes++;
  }

  void shookHands(long nanos) {
    tlsTime.recordValue(Math.max(0, nanos));
  }

  void flowCompleted() {
    completed++;
  }

  void flowFailed() {
    failed++;
  }

  void drop(int step) {
    dropped++;
    steps.get(step).drop();
  }

  void unsent(long many) {
    unsent += many;
  }

  void begin(long second) {
    from = second;
    to = second;
    last = false;
  }

  void end(long second, boolean isLast) {
    to = second;
    last = isLast;
  }

  void add(Interval other) {
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).add(other.steps.get(i));
    }
    lateness.add(other.lateness);
    connectTime.add(other.connectTime);
    tlsTime.add(other.tlsTime);
    to = Math.max(to, other.to);
    dispatched += other.dispatched;
    passes += other.passes;
    completed += other.completed;
    failed += other.failed;
    dropped += other.dropped;
    unsent += other.unsent;
  }

  void reset() {
    steps.forEach(StepInterval::reset);
    Histograms.reset(lateness);
    Histograms.reset(connectTime);
    Histograms.reset(tlsTime);
    dispatched = 0;
    passes = 0;
    completed = 0;
    failed = 0;
    dropped = 0;
    unsent = 0;
    last = false;
  }

  /** Each step of the flow, in order. */
  public List<StepInterval> steps() {
    return steps;
  }

  /**
   * How much later than due each arrival and each end of a pause was taken up, in ns: how late the
   * generator itself was.
   */
  public Histogram lateness() {
    return lateness;
  }

  /** How long each connection took to open, without the TLS handshake, in ns. */
  public Histogram connectTime() {
    return connectTime;
  }

  /** How long each TLS handshake took, in ns. */
  public Histogram tlsTime() {
    return tlsTime;
  }

  /** Its first second after the measured start. */
  public long from() {
    return from;
  }

  /** The second after its last. */
  public long to() {
    return to;
  }

  /** Arrivals that became due and were sent, queued or dropped. */
  public long dispatched() {
    return dispatched;
  }

  /** Passes that users of closed phases began. */
  public long passes() {
    return passes;
  }

  /** Arrivals and passes whose flow went well to its end. */
  public long completed() {
    return completed;
  }

  /** Arrivals and passes whose flow ended with a failed step. */
  public long failed() {
    return failed;
  }

  /** Arrivals that found no connection and no place to wait for one. */
  public long dropped() {
    return dropped;
  }

  /** Arrivals that the generator never came to send. */
  public long unsent() {
    return unsent;
  }

  /** Whether the loop ended with it. */
  boolean last() {
    return last;
  }
}
