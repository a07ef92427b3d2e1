package dev.assay.network.link;

import java.util.SplittableRandom;

/**
 * One direction of a link. All of its flows share one bottleneck with one queue, and one channel of
 * losses. Owned by the thread of its link.
 */
public final class LinkDirection {

  /** The most payload of one offer where nothing has to be modelled packet by packet. */
  private static final int LARGEST_PIECE = 256 * 1024;

  /** At high rates an offer may be as many packets as leave in that time, in nanoseconds. */
  private static final double BATCH = 100_000;

  private static final int MOST_SEGMENTS = 44;

  private final long seed;
  private final Bottleneck bottleneck;
  private final LossChannel channel;
  private DirectionCondition condition;
  private StreamModel model;
  private int piece;
  private int pieceOnWire;

  /** The time from which flows that wait for room are not yet promised any. */
  private long nextTurn = Long.MIN_VALUE;

  /** Counts the changes; a promise made before one is void. */
  private int changes;

  LinkDirection(DirectionCondition condition, DirectionCondition back, long seed) {
    this.seed = seed;
    this.condition = condition;
    bottleneck = new Bottleneck(condition);
    channel = new LossChannel(condition.loss());
    model = StreamModel.of(condition, back);
    settle();
  }

  void become(DirectionCondition next, DirectionCondition back) {
    condition = next;
    bottleneck.become(next);
    channel.become(next.loss());
    model = StreamModel.of(next, back);
    nextTurn = Long.MIN_VALUE;
    changes++;
    settle();
  }

  private void settle() {
    if (condition.loss().mean() > 0 || condition.slowStart()) {
      piece = Counting.SEGMENT;
    } else if (condition.limited()) {
      double segments = condition.bitsPerSecond() / 8e9 * BATCH / 1500;
      piece = Counting.SEGMENT * (int) Math.clamp(segments, 1, MOST_SEGMENTS);
    } else {
      piece = LARGEST_PIECE;
    }
    pieceOnWire = condition.counting().stream(piece);
  }

  /**
   * The bytes of one TCP connection in this direction.
   *
   * @param number seeds what is random in it
   */
  public StreamFlow stream(long number) {
    return new StreamFlow(this, random(number));
  }

  /**
   * Datagrams of one sender in this direction; offered by their payload, counted with the headers
   * of UDP and IP.
   *
   * @param number seeds what is random in it
   */
  public DatagramFlow datagrams(long number) {
    return new DatagramFlow(this, random(number), false);
  }

  /**
   * Whole IP packets in this direction; offered by their length, headers and all.
   *
   * @param number seeds what is random in it
   */
  public DatagramFlow packets(long number) {
    return new DatagramFlow(this, random(number), true);
  }

  private SplittableRandom random(long number) {
    return new SplittableRandom(Seeds.mix(seed, number));
  }

  /**
   * Whether nothing has to be done to a stream: its bytes may be passed straight through, once all
   * that was offered before has arrived.
   */
  public boolean transparent() {
    return condition.transparent();
  }

  /** Its state. */
  public DirectionCondition condition() {
    return condition;
  }

  /** How many bytes wait at the bottleneck, counted as the rate counts. */
  public long backlog(long now) {
    return (long) Math.ceil(bottleneck.backlog(now));
  }

  /** Whether nothing of a stream passes. */
  boolean offline() {
    return condition.offline() || condition.loss().mean() >= 1;
  }

  Bottleneck bottleneck() {
    return bottleneck;
  }

  LossChannel channel() {
    return channel;
  }

  StreamModel model() {
    return model;
  }

  int changes() {
    return changes;
  }

  int piece() {
    return piece;
  }

  /** Whether a flow that was promised nothing finds room now, and takes no one's turn. */
  boolean free(long now) {
    return roomy(now) || now >= nextTurn && bottleneck.fits(pieceOnWire, now);
  }

  /** Whether there is so much room that turns which were promised later have been given up. */
  boolean roomy(long now) {
    return bottleneck.roomy(now) && bottleneck.fits(pieceOnWire, now);
  }

  /** Promises room for one piece: flows that wait are served in turn. */
  long promise(long now) {
    if (bottleneck.roomy(now)) {
      nextTurn = Long.MIN_VALUE;
    }
    long turn = Math.max(bottleneck.fitsAt(pieceOnWire, now), nextTurn);
    nextTurn = turn + bottleneck.passing(pieceOnWire);
    return turn;
  }

  /** How long a single small packet is on its way. */
  long single(int bytes, long now, SplittableRandom random) {
    return bottleneck.waiting(now)
        + bottleneck.passing(bytes)
        + condition.delay().distribution().at(random.nextGaussian());
  }
}
