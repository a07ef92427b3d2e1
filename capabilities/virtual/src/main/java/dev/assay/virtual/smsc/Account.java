package dev.assay.virtual.smsc;

import dev.assay.smpp.session.SmppSession;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a virtual SMSC knows of one system id, over all its sessions. Thread-safe. */
final class Account {

  private static final int OUTBOX_MOST = 1_000_000;

  private final String name;
  private final double rate;
  private final List<SmppSession> receivers = new CopyOnWriteArrayList<>();
  private final ArrayDeque<Outgoing> outbox = new ArrayDeque<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private int turn;
  private double tokens;
  private long filled;
  private boolean metered;

  Account(String name, double rate) {
    this.name = name;
    this.rate = rate;
  }

  String name() {
    return name;
  }

  /** Messages without a final state. */
  AtomicInteger waiting() {
    return waiting;
  }

  void joined(SmppSession session) {
    receivers.add(session);
  }

  void left(SmppSession session) {
    receivers.remove(session);
  }

  /** Whether another message is within the rate; a bucket of a tenth of a second's messages. */
  synchronized boolean admits(long now) {
    if (rate <= 0) {
      return true;
    }
    double most = Math.max(1, rate / 10);
    tokens = metered ? Math.min(most, tokens + (now - filled) * rate / 1e9) : most;
    metered = true;
    filled = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Keeps something to be delivered; false where there is too much already. */
  synchronized boolean put(Outgoing outgoing) {
    return outbox.size() < OUTBOX_MOST && outbox.add(outgoing);
  }

  /** Takes back what was not delivered, to be the next. */
  synchronized void putBack(Outgoing outgoing) {
    outbox.addFirst(outgoing);
  }

  synchronized @Nullable Outgoing poll() {
    return outbox.poll();
  }

  synchronized int outbox() {
    return outbox.size();
  }

  /** One of the sessions that receive, in turn; the preferred one where it does. */
  @Nullable SmppSession receiver(@Nullable SmppSession preferred) {
    if (preferred != null && preferred.state().receives()) {
      return preferred;
    }
    Object[] all = receivers.toArray();
    synchronized (this) {
      return all.length == 0 ? null : (SmppSession) all[Math.floorMod(turn++, all.length)];
    }
  }
}
