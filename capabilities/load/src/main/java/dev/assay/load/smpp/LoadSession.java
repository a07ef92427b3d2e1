package dev.assay.load.smpp;

import dev.assay.api.spi.Clock;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.session.CloseReason;
import dev.assay.smpp.session.SessionListener;
import dev.assay.smpp.session.SmppSession;
import dev.assay.smpp.text.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One session of a load, on the session's own thread. A submit costs no memory: its bytes are those
 * of the one before with the next number in its destination.
 */
final class LoadSession implements SessionListener {

  private static final int SERIAL_DIGITS = 8;
  private static final long TICK_NANOS = 1_000_000;
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int BATCH = 4_096;

  private final Clock clock;
  private final byte[] message;
  private final int serialAt;
  private final boolean wantsReceipts;
  private final double interval;
  private final Map<String, Long> waiting = new HashMap<>();
  private final Map<String, Long> early = new Early();
  private Histogram answers = SmppLoad.histogram();
  private Histogram delivered = SmppLoad.histogram();
  private final Histogram lateness = SmppLoad.histogram();
  private final CountDownLatch ended = new CountDownLatch(1);

  private @Nullable SmppSession session;
  private long serial;
  private long begin;
  private long from;
  private long to;
  private long due;
  private long total;
  private long throttled;
  private long failed;
  private boolean blocked;
  private boolean begun;
  private boolean over;
  private @Nullable CloseReason closedBy;

  LoadSession(SmppLoadPlan plan, int ordinal, Clock clock) {
    this.clock = clock;
    String destination = plan.message().text(Field.DESTINATION_ADDR);
    String numbered =
        destination.substring(0, Math.min(destination.length(), 20 - SERIAL_DIGITS))
            + "0".repeat(SERIAL_DIGITS);
    Pdu pdu = plan.message().with().set(Field.DESTINATION_ADDR, numbered).build();
    this.message = pdu.encode();
    this.serialAt = after(message, numbered) - SERIAL_DIGITS;
    this.wantsReceipts = (pdu.number(Field.REGISTERED_DELIVERY) & 3) != 0;
    this.interval = plan.rate() == 0 ? 0 : 1e9 * plan.sessions() / plan.rate();
    this.serial = plan.first() + (long) ordinal * (100_000_000 / plan.sessions());
  }

  /** Where a text ends in bytes that hold it. */
  private static int after(byte[] bytes, String text) {
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    return latin.indexOf(text + '\0') + text.length();
  }

  /** Begins; the times are of the clock. */
  void begin(SmppSession bound, long beginAt, long measuredFrom, long measuredTo) {
    session = bound;
    begin = beginAt;
    from = measuredFrom;
    to = measuredTo;
    begun = true;
    if (interval > 0) {
      tick();
    } else {
      fill(bound);
    }
    bound.executeLater(this::stop, measuredTo - clock.nanos());
  }

  /** Waits for its end; whether it has ended. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    return ended.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** What came of it since the last call; on the session's thread. */
  SmppLoadResult take(double seconds) {
    SmppLoadResult taken =
        new SmppLoadResult(
            seconds,
            answers.getTotalCount(),
            total,
            throttled,
            failed,
            delivered.getTotalCount(),
            0,
            answers,
            delivered,
            lateness.copy());
    answers = SmppLoad.histogram();
    delivered = SmppLoad.histogram();
    lateness.reset();
    total = 0;
    throttled = 0;
    failed = 0;
    return taken;
  }

  /** How many receipts were asked for and have not come. */
  int missing() {
    return waiting.size();
  }

  /** Why the session ended before it was told to; null where it did not. */
  @Nullable CloseReason closedBy() {
    return closedBy;
  }

  /** How many were due and never went. */
  long unsent() {
    return interval == 0 ? 0 : Math.max(0, (long) ((to - begin) / interval) - due);
  }

  /** Sends nothing more; on the session's thread. */
  void stop() {
    over = true;
    SmppSession bound = session;
    if (bound != null) {
      bound.executeLater(ended::countDown, REST_NANOS);
      endWhenAnswered(bound);
    }
  }

  /** What is under way when sending ends counts, too: leaving out the slowest would be a lie. */
  private void endWhenAnswered(SmppSession bound) {
    if (over && bound.unanswered() == 0 && waiting.isEmpty()) {
      ended.countDown();
    }
  }

  private boolean measured(long intended) {
    return intended >= from && intended < to;
  }

  private void tick() {
    SmppSession bound = session;
    if (bound != null && !over) {
      sendDue(bound);
      bound.executeLater(this::tick, TICK_NANOS);
    }
  }

  private void sendDue(SmppSession bound) {
    long now = clock.nanos();
    boolean waited = blocked;
    while (!over && bound.canSend()) {
      long intended = begin + (long) (due * interval);
      if (intended > now || intended >= to) {
        blocked = false;
        return;
      }
      due++;
      // What waited for the window was late by the other side's doing.
      if (!waited && measured(intended)) {
        lateness.recordValue(SmppLoad.held(now - intended));
      }
      send(bound, intended);
    }
    blocked = true;
  }

  private void fill(SmppSession bound) {
    long now = clock.nanos();
    for (int i = 0; i < BATCH && !over && bound.canSend(); i++) {
      send(bound, now);
    }
  }

  private void send(SmppSession bound, long intended) {
    long rest = serial++;
    for (int i = serialAt + SERIAL_DIGITS - 1; i >= serialAt; i--) {
      message[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    int _ = bound.send(message, intended, clock.nanos());
  }

  @Override
  public void readComplete(SmppSession bound) {
    if (begun && !over) {
      if (interval > 0) {
        sendDue(bound);
      } else {
        fill(bound);
      }
    }
  }

  @Override
  public void answered(SmppSession bound, long intended, long sentNanos, Frame frame) {
    total++;
    if (measured(intended)) {
      count(bound, intended, frame);
    }
    endWhenAnswered(bound);
  }

  private void count(SmppSession bound, long intended, Frame frame) {
    int status = frame.status();
    if (status == Status.ROK) {
      answers.recordValue(SmppLoad.held(bound.nanos() - intended));
      if (wantsReceipts) {
        await(frame.firstText(), intended);
      }
    } else if (Status.throttles(status)) {
      throttled++;
    } else {
      failed++;
    }
  }

  /** Some centres send the receipt before the answer that says whose it is. */
  private void await(String id, long intended) {
    Long came = early.remove(id);
    if (came == null) {
      waiting.put(id, intended);
    } else {
      delivered.recordValue(SmppLoad.held(came - intended));
    }
  }

  @Override
  public void unanswered(SmppSession bound, long intended, boolean closed) {
    if (measured(intended)) {
      failed++;
    }
    endWhenAnswered(bound);
  }

  @Override
  public void request(SmppSession bound, Frame frame, @Nullable MessageFields fields) {
    Command command = frame.command();
    Command answer = command == null ? null : command.answer();
    if (answer == null) {
      return;
    }
    bound.answer(answer.id(), frame.sequence(), "");
    if (wantsReceipts) {
      Receipt.of(frame.decode())
          .ifPresent(receipt -> {
            Long intended = waiting.remove(receipt.id());
            if (intended != null) {
              delivered.recordValue(SmppLoad.held(bound.nanos() - intended));
            } else {
              early.put(receipt.id(), bound.nanos());
            }
            endWhenAnswered(bound);
          });
    }
  }

  @Override
  public void closed(SmppSession bound, CloseReason reason) {
    if (!over) {
      closedBy = reason;
    }
    over = true;
    ended.countDown();
  }

  /** When receipts came that nobody waits for yet; those that come twice are let go of. */
  private static final class Early extends LinkedHashMap<String, Long> {

    private static final long serialVersionUID = 1;
    private static final int MOST = 10_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MOST;
    }
  }
}
