package dev.assay.gateway.provider;

import dev.assay.gateway.Answer;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MalformedPduException;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.session.CloseReason;
import dev.assay.smpp.session.SessionListener;
import dev.assay.smpp.session.SmppSession;
import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One session of a pool: takes jobs from the pool's queue as long as its window has room. */
final class Conn implements SessionListener {

  /** Something from the centre that is durable, and is now answered. */
  private record Taken(int answer, int sequence) {}

  private record Part(Job job, int number, byte[] pdu) {}

  /** What the centre said in one reading. */
  private sealed interface Told {
    /** It answered. */
    record Answered(Part part, boolean good, String id, int status) implements Told {}

    /** It has a receipt, or a message of somebody. */
    record Heard(Pdu pdu, int answer, int sequence) implements Told {}
  }

  private final Pool pool;
  private final Queue<Job> jobs;
  private final boolean receipts;
  private final boolean sends;
  private final Submits submits = new Submits();
  private final LongObjectHashMap<Part> unanswered = new LongObjectHashMap<>();
  private final ArrayDeque<Part> pending = new ArrayDeque<>();
  private final ArrayDeque<Told> told = new ArrayDeque<>();
  private final AtomicBoolean pumping = new AtomicBoolean();
  private final ConcurrentLinkedQueue<Taken> taken = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean answering = new AtomicBoolean();
  private long tokens;
  private volatile @Nullable SmppSession session;
  private volatile boolean retiring;
  private volatile int busy;

  /** What a session tells its pool. */
  interface Pool {
    void bound(Conn conn);

    void closed(Conn conn, CloseReason reason);

    void heard(Pdu pdu, Runnable answered);
  }

  Conn(Pool pool, Queue<Job> jobs, boolean receipts, boolean sends) {
    this.pool = pool;
    this.jobs = jobs;
    this.receipts = receipts;
    this.sends = sends;
  }

  boolean bound() {
    SmppSession of = session;
    return of != null && of.state().bound();
  }

  boolean isSender() {
    return sends;
  }

  boolean sends() {
    return sends && !retiring && bound();
  }

  boolean busy() {
    return busy > 0;
  }

  /** How many of its submits are not answered yet. */
  int unanswered() {
    return busy;
  }

  /** There is work; any thread. */
  void wake() {
    SmppSession of = session;
    if (of != null && sends && pumping.compareAndSet(false, true)) {
      of.execute(() -> {
        pumping.set(false);
        pump(of);
      });
    }
  }

  /** Sends nothing more, waits for answers, and unbinds. */
  void retire() {
    retiring = true;
    SmppSession of = session;
    if (of != null) {
      of.unbind();
    }
  }

  /** Asks something with an answer of its own. */
  void ask(Consumer<SmppSession> question) {
    SmppSession of = session;
    if (of != null) {
      question.accept(of);
    }
  }

  void close() {
    retiring = true;
    SmppSession of = session;
    if (of != null) {
      of.close();
    }
  }

  // ---- the session's thread ----

  private void pump(SmppSession of) {
    while (of.canSend() && !retiring) {
      Part part = pending.poll();
      if (part == null) {
        part = begin();
      }
      if (part == null) {
        break;
      }
      long token = ++tokens;
      unanswered.put(token, part);
      of.send(part.pdu(), token, of.nanos());
    }
    busy = unanswered.size();
  }

  private @Nullable Part begin() {
    for (Job job = jobs.poll(); job != null; job = jobs.poll()) {
      try {
        var pdus = submits.of(job.message, receipts);
        job.parts(pdus.size());
        for (int i = 1; i < pdus.size(); i++) {
          pending.add(new Part(job, i, pdus.get(i)));
        }
        return new Part(job, 0, pdus.getFirst());
      } catch (IllegalArgumentException impossible) {
        job.answer.complete(
            new Answer.Rejected("UNSENDABLE", String.valueOf(impossible.getMessage())));
      }
    }
    return null;
  }

  @Override
  public void bound(SmppSession of) {
    session = of;
    pool.bound(this);
    pump(of);
  }

  @Override
  public void answered(SmppSession of, long token, long sentNanos, Frame frame) {
    Part part = unanswered.remove(token);
    if (part == null) {
      return;
    }
    boolean good = frame.status() == Status.ROK && frame.commandId() != Command.GENERIC_NACK.id();
    told.add(new Told.Answered(part, good, good ? frame.firstText() : "", frame.status()));
  }

  /**
   * What came in one reading is told at once, so that it becomes durable at once; in its order, as
   * a receipt often comes right behind the answer that has its id.
   */
  @Override
  public void readComplete(SmppSession of) {
    tell();
    pump(of);
  }

  private void tell() {
    for (Told each = told.poll(); each != null; each = told.poll()) {
      switch (each) {
        case Told.Answered answered -> tell(answered);
        case Told.Heard heard ->
            pool.heard(heard.pdu(), () -> taken(heard.answer(), heard.sequence()));
      }
    }
  }

  private static void tell(Told.Answered answered) {
    Part part = answered.part();
    if (answered.good()) {
      part.job().accepted(part.number(), answered.id());
    } else {
      part.job().failed(Answers.refusal(answered.status()));
    }
  }

  @Override
  public void unanswered(SmppSession of, long token, boolean closed) {
    Part part = unanswered.remove(token);
    if (part != null) {
      part.job()
          .failed(
              new Answer.InDoubt(
                  closed ? "the session ended before the answer" : "no answer came in time"));
    }
  }

  /**
   * Receipts and messages of people are taken as they are: some centres leave fields empty that the
   * specification wants, and a receipt that is refused for that would come for ever.
   */
  @Override
  public boolean intercept(SmppSession of, Frame frame) {
    Command command = frame.command();
    if (command != Command.DELIVER_SM && command != Command.DATA_SM || !of.state().bound()) {
      return false;
    }
    int sequence = frame.sequence();
    int answer =
        command == Command.DATA_SM ? Command.DATA_SM_RESP.id() : Command.DELIVER_SM_RESP.id();
    try {
      told.add(new Told.Heard(frame.decode(), answer, sequence));
    } catch (MalformedPduException malformed) {
      of.answer(answer, malformed.status(), sequence);
    }
    return true;
  }

  @Override
  public void request(SmppSession of, Frame frame, @Nullable MessageFields fields) {
    Command command = frame.command();
    if (command == Command.ALERT_NOTIFICATION || command == null) {
      return;
    }
    Command answer = command.answer();
    of.answer(
        answer == null ? Command.GENERIC_NACK.id() : answer.id(),
        Status.RINVCMDID,
        frame.sequence());
  }

  /** A receipt is durable; any thread. Those of one turn are answered together. */
  private void taken(int answer, int sequence) {
    taken.add(new Taken(answer, sequence));
    SmppSession of = session;
    if (of != null && answering.compareAndSet(false, true)) {
      of.execute(() -> {
        answering.set(false);
        for (Taken each = taken.poll(); each != null; each = taken.poll()) {
          of.answer(each.answer(), each.sequence(), "");
        }
      });
    }
  }

  @Override
  public void closed(SmppSession of, CloseReason reason) {
    session = of;
    tell();
    // a job begins with its first part being sent, so some of each of these went
    for (Part part = pending.poll(); part != null; part = pending.poll()) {
      part.job().failed(new Answer.InDoubt("the session ended before all parts were sent"));
    }
    busy = 0;
    pool.closed(this, reason);
  }
}
