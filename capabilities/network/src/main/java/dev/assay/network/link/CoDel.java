package dev.assay.network.link;

/**
 * Controlled delay (RFC 8289). A packet's waiting time is known when it is offered, so the decision
 * that CoDel makes as a packet leaves the queue is made then; the packets behind it, which the RFC
 * looks at too, have not come yet, so those before it are looked at instead. Owned by one thread.
 */
final class CoDel {

  /** With no more than that in the queue nothing is dropped (RFC 8289, section 4.2). */
  private static final int PACKET = 1500;

  private boolean above;
  private long firstAbove;
  private boolean dropping;
  private long dropNext;
  private int count;
  private int lastCount;
  private boolean standing;
  private boolean full;
  private long fullSince;

  /** Begins anew. */
  void forget() {
    above = false;
    dropping = false;
    standing = false;
    full = false;
  }

  /**
   * Whether a packet is dropped (RFC 8289, sections 5.5 and 5.6).
   *
   * @param waiting how long it waits
   * @param leaves when it leaves the queue
   * @param backlog bytes before it
   */
  boolean drops(Queue queue, long waiting, long leaves, double backlog) {
    boolean may = mayDrop(queue, waiting, leaves, backlog);
    if (dropping) {
      if (!may) {
        dropping = false;
      } else if (leaves >= dropNext) {
        count++;
        dropNext = next(queue, dropNext);
        return true;
      }
      return false;
    }
    if (!may) {
      return false;
    }
    dropping = true;
    int since = count - lastCount;
    count = since > 1 && leaves - dropNext < 16 * queue.interval() ? since : 1;
    dropNext = next(queue, leaves);
    lastCount = count;
    return true;
  }

  private boolean mayDrop(Queue queue, long waiting, long leaves, double backlog) {
    if (waiting < queue.target() || backlog <= PACKET) {
      above = false;
      return false;
    }
    if (!above) {
      above = true;
      firstAbove = leaves + queue.interval();
      return false;
    }
    return leaves >= firstAbove;
  }

  private long next(Queue queue, long from) {
    return from + (long) (queue.interval() / Math.sqrt(count));
  }

  /**
   * Whether streams have kept the queue above the target for an interval; their senders have then
   * been told to slow down, and do so until it was empty.
   */
  boolean standing(Queue queue, long waiting, long now) {
    if (waiting == 0) {
      standing = false;
    }
    if (waiting < queue.target()) {
      full = false;
    } else if (!full) {
      full = true;
      fullSince = now;
    }
    standing |= full && now - fullSince >= queue.interval();
    return standing;
  }
}
