package dev.assay.network.link;

import java.util.SplittableRandom;

/**
 * A network link between a client and a server: two directions under one condition, which may
 * change while it runs. Nothing here reads a clock: every call is told the time, in nanoseconds of
 * one monotonic clock, not falling from call to call. The link, its directions and their flows are
 * owned by one thread.
 */
public final class Link {

  /** The first time-out of a connection that is not answered (RFC 6298, 2.1), in nanoseconds. */
  private static final long FIRST_TIME_OUT = 1_000_000_000L;

  /** How often a connection is asked for again, Linux's tcp_syn_retries. */
  private static final int MOST_RETRIES = 6;

  /** A SYN with its options. */
  private static final int SYN = 60;

  private final long seed;
  private final LinkDirection up;
  private final LinkDirection down;
  private Condition condition;

  /**
   * A link on which nothing is on its way.
   *
   * @param condition its first state
   * @param seed of everything random on it
   */
  public Link(Condition condition, long seed) {
    this.seed = seed;
    this.condition = condition;
    up = new LinkDirection(condition.up(), condition.down(), Seeds.mix(seed, 1));
    down = new LinkDirection(condition.down(), condition.up(), Seeds.mix(seed, 2));
  }

  /** From the client to the server. */
  public LinkDirection up() {
    return up;
  }

  /** From the server to the client. */
  public LinkDirection down() {
    return down;
  }

  /** Its state. */
  public Condition condition() {
    return condition;
  }

  /**
   * Goes on in another state. What is on its way or in a queue arrives when it would have; streams
   * stay in order. Flows must be asked anew for {@link StreamFlow#roomAt}, as it may be earlier
   * now.
   */
  public void change(Condition next, long now) {
    condition = next;
    up.become(next.up(), next.down());
    down.become(next.down(), next.up());
  }

  /**
   * When a connection that is asked for now is established at the client: a SYN there and a SYN-ACK
   * back. Each of them can be lost, which costs 1 s, then 2 s, and so on (RFC 6298, section 2;
   * Linux asks seven times).
   *
   * @param number of the connection; it seeds what is random here
   * @return the time, or {@link Long#MAX_VALUE} where it never is, or the link is offline
   */
  public long connected(long now, long number) {
    if (up.offline() || down.offline()) {
      return Long.MAX_VALUE;
    }
    SplittableRandom random = new SplittableRandom(Seeds.mix(Seeds.mix(seed, 3), number));
    long asked = now;
    long timeOut = FIRST_TIME_OUT;
    for (int retry = 0; retry <= MOST_RETRIES; retry++) {
      boolean arrived = !up.channel().losesLater(random);
      boolean answered = !down.channel().losesLater(random);
      if (arrived && answered) {
        return asked + up.single(SYN, now, random) + down.single(SYN, now, random);
      }
      asked += timeOut;
      timeOut *= 2;
    }
    return Long.MAX_VALUE;
  }
}
