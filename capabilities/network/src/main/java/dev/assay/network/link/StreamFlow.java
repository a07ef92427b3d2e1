package dev.assay.network.link;

import java.util.SplittableRandom;

/**
 * The bytes of one TCP connection in one direction. A stream loses and reorders nothing: losses of
 * the link appear as what TCP makes of them, a stall until the retransmission and a bound on the
 * throughput (both modelled; see {@code docs/network-model.md}). Owned by the thread of its link.
 *
 * <p>Ask {@link #room}, {@link #offer} no more than it says, and deliver what was offered at the
 * time that {@code offer} gave. Where there is no room, read no more from the sender until {@link
 * #roomAt}.
 */
public final class StreamFlow {

  /** So many packets in flight make a connection find a loss by its acknowledgements (RFC 5681). */
  private static final int DUPLICATE_ACKS = 3;

  private final LinkDirection direction;
  private final SplittableRandom random;
  private final DelayScores delays;
  private final InFlight inFlight = new InFlight();
  private long last = Long.MIN_VALUE;
  private long idleAt;

  private boolean promised;
  private int promisedIn;
  private long turn;

  private boolean counted;
  private double credit;
  private long countedAt;

  StreamFlow(LinkDirection direction, SplittableRandom random) {
    this.direction = direction;
    this.random = random;
    delays = new DelayScores(random);
  }

  /**
   * The most payload to offer at once: one packet where a rate or losses are modelled, a few at
   * rates above 240 Mbit/s, and 256 KiB where neither is.
   */
  public int piece() {
    return direction.piece();
  }

  /**
   * How much may be offered now: {@link #piece}, or 0 where the queue or the window is full or
   * nothing passes.
   */
  public int room(long now) {
    int piece = direction.piece();
    if (direction.offline() || windowFull(piece, now) || credit(now) < spending(piece)) {
      return 0;
    }
    if (!direction.bottleneck().limited()) {
      return piece;
    }
    boolean free = hasPromise() ? now >= turn || direction.roomy(now) : direction.free(now);
    return free ? piece : 0;
  }

  /**
   * When to ask again for room, if there is none now; {@link Long#MAX_VALUE} where nothing passes
   * until the link changes.
   */
  public long roomAt(long now) {
    if (direction.offline()) {
      return Long.MAX_VALUE;
    }
    int piece = direction.piece();
    long at = now;
    if (windowFull(piece, now)) {
      at = inFlight.when(window(now) - piece);
    }
    double missing = spending(piece) - credit(now);
    if (missing > 0) {
      at = Math.max(at, now + 1 + (long) (missing / direction.model().bytesPerNano()));
    }
    if (direction.bottleneck().limited()) {
      if (!hasPromise() && !direction.free(now)) {
        turn = direction.promise(now);
        promised = true;
        promisedIn = direction.changes();
      }
      if (hasPromise()) {
        // those whose turn is before may give it up: it is worth asking when the queue is empty
        at = Math.max(at, Math.min(turn, direction.bottleneck().emptyAt(now)));
      }
    }
    return at;
  }

  /**
   * Puts bytes on the link, in order.
   *
   * @param payload how many, at most {@link #piece}; 0 for a bare packet
   * @return when the last of them arrives at the far end, never earlier than those before; {@link
   *     Long#MAX_VALUE} where nothing passes: then none was taken
   */
  public long offer(int payload, long now) {
    if (direction.offline()) {
      return Long.MAX_VALUE;
    }
    DirectionCondition condition = direction.condition();
    int bytes = condition.counting().stream(payload);
    long queued = direction.bottleneck().waiting(now);
    long left = direction.bottleneck().take(bytes, now);
    long arrives = left + delays.next(condition.delay()) + stall(bytes, queued, now);
    last = Math.max(last, arrives);
    if (credit(now) < Double.POSITIVE_INFINITY) {
      credit -= payload;
    }
    inFlight.add(payload, last + direction.model().back(), now);
    promised = false;
    return last;
  }

  /** When an end of the stream (FIN) that is sent now arrives; as for an offer of nothing. */
  public long finish(long now) {
    return offer(0, now);
  }

  /** How much was offered and is not acknowledged yet, in bytes of payload. */
  public long unacknowledged(long now) {
    return inFlight.bytes(now);
  }

  private boolean hasPromise() {
    return promised && promisedIn == direction.changes();
  }

  private boolean windowFull(int piece, long now) {
    long window = window(now);
    long bytes = inFlight.bytes(now);
    return bytes > 0 && bytes + piece > window;
  }

  /**
   * What may be in flight: the window of the sockets, and in slow start as much as was acknowledged
   * since the stream began or was last idle, and ten segments (RFC 5681, section 3.1 and 4.1).
   */
  private long window(long now) {
    DirectionCondition condition = direction.condition();
    if (!condition.slowStart()) {
      return condition.window();
    }
    long acknowledged = inFlight.acknowledged(now);
    if (inFlight.bytes(now) == 0 && now - last > direction.model().timeOut()) {
      idleAt = acknowledged;
    }
    return Math.min(
        condition.window(), StreamModel.INITIAL_WINDOW * Counting.SEGMENT + acknowledged - idleAt);
  }

  /** What must be in credit for a piece; less where losses allow less than a piece at once. */
  private double spending(int piece) {
    return Math.min(piece, direction.model().burst());
  }

  /** What losses let this connection send at once now, in bytes. */
  private double credit(long now) {
    StreamModel model = direction.model();
    if (model.bytesPerNano() == Double.POSITIVE_INFINITY) {
      counted = false;
      return Double.POSITIVE_INFINITY;
    }
    if (!counted) {
      counted = true;
      credit = model.burst();
    } else {
      credit = Math.min(model.burst(), credit + (now - countedAt) * model.bytesPerNano());
    }
    countedAt = now;
    return credit;
  }

  /** How much later a packet arrives because it, or what repaired its loss, was lost. */
  private long stall(int bytes, long queued, long now) {
    LossChannel channel = direction.channel();
    if (!channel.loses(random)) {
      return 0;
    }
    StreamModel model = direction.model();
    long timeOut = Math.min(StreamModel.LONGEST_TIME_OUT, model.timeOut() + queued);
    boolean fast = inFlight.packets(now) >= DUPLICATE_ACKS;
    long stall = fast ? model.roundTrip() + queued : timeOut;
    if (!fast) {
      timeOut = Math.min(StreamModel.LONGEST_TIME_OUT, 2 * timeOut);
    }
    direction.bottleneck().take(bytes, now);
    for (int retry = 1; retry < StreamModel.MOST_RETRIES && channel.losesLater(random); retry++) {
      stall += timeOut;
      timeOut = Math.min(StreamModel.LONGEST_TIME_OUT, 2 * timeOut);
      direction.bottleneck().take(bytes, now);
    }
    return stall;
  }
}
