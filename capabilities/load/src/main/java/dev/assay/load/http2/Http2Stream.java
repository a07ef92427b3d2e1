package dev.assay.load.http2;

import org.jspecify.annotations.Nullable;

/**
 * One request and its response on a connection: what {@link Http2Session#open} hands out. It is
 * used again for another request after its {@link Http2Exchange} was told the end; whoever keeps it
 * must let go of it then.
 */
public final class Http2Stream {

  /** What may come next from the server. */
  enum Stage {
    HEADERS,
    BODY,
    ENDED
  }

  private static final byte[] NOTHING = new byte[0];

  /** A queue larger than this is not kept for the next request. */
  private static final int KEPT = 64 * 1024;

  int id;
  @Nullable Http2Exchange exchange;
  Stage stage = Stage.ENDED;

  /** The neighbours among the open streams of the session in the order of their ids. */
  @Nullable Http2Stream earlier;

  @Nullable Http2Stream later;

  // ---- what comes
  boolean head;
  int status;
  long expected;
  long received;
  int receiveWindow;

  // ---- what goes
  boolean localEnded;
  long sendWindow;
  private byte[] queue = NOTHING;
  private int queueFrom;
  private int queueTo;
  private boolean owned;
  boolean lastQueued;

  /** Whether it stands in the session's row of those that have something to send. */
  boolean inRow;

  @Nullable Http2Stream nextInRow;

  Http2Stream() {}

  /** How many bytes wait to be sent. */
  public int queued() {
    return queueTo - queueFrom;
  }

  /** The number of the stream on its connection. */
  public int id() {
    return id;
  }

  void begin(int number, Http2Exchange of, boolean toHead, boolean ended, long window, int ours) {
    id = number;
    exchange = of;
    stage = Stage.HEADERS;
    head = toHead;
    status = 0;
    expected = -1;
    received = 0;
    receiveWindow = ours;
    localEnded = ended;
    sendWindow = window;
    lastQueued = false;
  }

  void forget() {
    exchange = null;
    stage = Stage.ENDED;
    queueFrom = 0;
    queueTo = 0;
    lastQueued = false;
    if (!owned || queue.length > KEPT) {
      queue = NOTHING;
    }
  }

  /** Queues bytes: those that never change by reference, others as a copy. */
  void queue(byte[] bytes, int from, int to, boolean unchanging) {
    if (from == to) {
      return;
    }
    int waiting = queued();
    if (unchanging && waiting == 0) {
      queue = bytes;
      queueFrom = from;
      queueTo = to;
      owned = false;
      return;
    }
    int many = to - from;
    if (!owned || queue.length - queueTo < many) {
      byte[] roomy = owned && queue.length - waiting >= many ? queue : roomy(waiting + many);
      System.arraycopy(queue, queueFrom, roomy, 0, waiting);
      queue = roomy;
      queueFrom = 0;
      queueTo = waiting;
      owned = true;
    }
    System.arraycopy(bytes, from, queue, queueTo, many);
    queueTo += many;
  }

  private byte[] roomy(int needed) {
    int doubled = owned ? 2 * queue.length : 0;
    return new byte[Math.max(needed, Math.max(1024, Math.min(doubled, 1 << 24)))];
  }

  void take(Http2Output out, int many) {
    out.write(queue, queueFrom, queueFrom + many);
    queueFrom += many;
    if (queueFrom == queueTo) {
      queueFrom = 0;
      queueTo = 0;
      if (!owned) {
        queue = NOTHING;
      }
    }
  }
}
