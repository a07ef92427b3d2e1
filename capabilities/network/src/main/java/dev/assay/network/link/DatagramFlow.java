package dev.assay.network.link;

import java.util.SplittableRandom;

/**
 * Datagrams of one sender, or packets, in one direction: they are dropped, doubled and reordered as
 * the condition says (the meaning of each word is netem's, tc-netem(8)). Owned by the thread of its
 * link.
 */
public final class DatagramFlow {

  private final LinkDirection direction;
  private final SplittableRandom random;
  private final DelayScores delays;
  private final boolean whole;
  private long last = Long.MIN_VALUE;
  private int sinceReordered;

  DatagramFlow(LinkDirection direction, SplittableRandom random, boolean whole) {
    this.direction = direction;
    this.random = random;
    this.whole = whole;
    delays = new DelayScores(random);
  }

  /**
   * Sends one.
   *
   * @param payload its size in bytes
   * @param arrivals takes when its copies arrive; at least two long
   * @return how many copies arrive: 0, 1 or 2
   */
  public int offer(int payload, long now, long[] arrivals) {
    DirectionCondition condition = direction.condition();
    if (condition.offline()) {
      return 0;
    }
    int bytes = whole ? payload : condition.counting().datagram(payload);
    int copies = 1;
    if (condition.duplicate() > 0 && random.nextDouble() < condition.duplicate()) {
      copies++;
    }
    // what is lost is lost behind the bottleneck: it took its time there
    int lost = direction.channel().loses(random) ? 1 : 0;
    int arrived = 0;
    for (int copy = 0; copy < copies; copy++) {
      long left = direction.bottleneck().takeOrDrop(bytes, now);
      if (left != Long.MIN_VALUE && copy >= lost) {
        arrivals[arrived++] = arrival(condition, left);
      }
    }
    return arrived;
  }

  private long arrival(DirectionCondition condition, long left) {
    Reordering reordering = condition.reordering();
    if (overtakes(reordering)) {
      return left;
    }
    long arrives = left + delays.next(condition.delay());
    if (reordering.byJitter()) {
      return arrives;
    }
    last = Math.max(last, arrives);
    return last;
  }

  private boolean overtakes(Reordering reordering) {
    if (reordering.share() == 0) {
      return false;
    }
    sinceReordered++;
    if (sinceReordered < reordering.gap() || random.nextDouble() >= reordering.share()) {
      return false;
    }
    sinceReordered = 0;
    return true;
  }
}
