package dev.assay.smpp.session;

import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A message centre that takes everything, and remembers it. */
class Centre implements SessionListener {

  final BlockingQueue<Pdu> requests = new LinkedBlockingQueue<>();
  final BlockingQueue<SmppSession> bound = new LinkedBlockingQueue<>();
  final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
  final Queue<Long> answers = new ConcurrentLinkedQueue<>();
  final AtomicLong ids = new AtomicLong();
  volatile int status = Status.ROK;

  @Override
  public int bind(SmppSession session, Pdu bind) {
    if (!bind.text(Field.SYSTEM_ID).equals("user")) {
      return Status.RINVSYSID;
    }
    return bind.text(Field.PASSWORD).equals("secret") ? Status.ROK : Status.RINVPASWD;
  }

  @Override
  public void bound(SmppSession session) {
    bound.add(session);
  }

  @Override
  public void request(SmppSession session, Frame frame, @Nullable MessageFields fields) {
    requests.add(frame.decode());
    Command command = frame.command();
    Command answer = command == null ? null : command.answer();
    if (answer == null) {
      return;
    }
    if (status != Status.ROK) {
      session.answer(answer.id(), status, frame.sequence());
    } else if (answer.fields().equals(List.of(Field.MESSAGE_ID))) {
      session.answer(answer.id(), frame.sequence(), ids.incrementAndGet());
    } else {
      session.answer(Pdu.of(answer).sequence(frame.sequence()).build());
    }
  }

  @Override
  public void answered(SmppSession session, long token, long sentNanos, Frame frame) {
    answers.add(token);
  }

  @Override
  public void closed(SmppSession session, CloseReason reason) {
    closed.add(reason);
  }
}
