package dev.assay.smpp.session;

import dev.assay.api.spi.Clock;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MalformedPduException;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.PduEncoder;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.codec.Tag;
import dev.assay.smpp.codec.Tlv;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One session, at either end. It lives on one thread: everything but {@link #request}, {@link
 * #execute}, {@link #unbind}, {@link #close} and the plain getters is called there, from a {@link
 * SessionListener} or by {@link #execute}. Nothing is allocated for a PDU that is sent or answered
 * on that thread; what is written while one reading is handled goes out as one write.
 */
public final class SmppSession {

  private static final int ROOM = 8 * 1024;
  private static final int FLUSH_AT = 128 * 1024;
  private static final int OVERFLOW = 16 * 1024 * 1024;
  private static final long LINGER_NANOS = 1_000_000_000;
  private static final int VERSION_34 = 0x34;
  private static final int VERSION_50 = 0x50;

  /** What the session itself asks. */
  private enum Own {
    BIND,
    ENQUIRE,
    UNBIND
  }

  private record Waiting(Pdu pdu, CompletableFuture<Pdu> answer) {}

  private final Channel channel;
  private final Clock clock;
  private final SessionOptions options;
  private final SessionListener listener;
  private final boolean centre;
  private final boolean plain;
  private final String name;
  private final CompletableFuture<SmppSession> ready = new CompletableFuture<>();
  private final Window window;
  private final Frame frame = new Frame();
  private final MessageFields fields = new MessageFields();
  private final PduEncoder out = new PduEncoder(ROOM);
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  private byte[] in = new byte[ROOM];
  private int start;
  private int end;
  private boolean reading;
  private boolean flushing;
  private boolean deaf;
  private boolean dead;
  private @Nullable Object attachment;
  private boolean slow;
  private long now;
  private long lastRead;
  private boolean enquiring;
  private boolean unbinding;
  private boolean unbindSent;
  private long unbindBefore;
  private int version = VERSION_34;
  private volatile SessionState state = SessionState.OPEN;
  private volatile String systemId = "";
  private @Nullable ScheduledFuture<?> ticking;
  private @Nullable CloseReason closing;

  /**
   * Made for each connection.
   *
   * @param centre whether this end is the message centre
   * @param plain whether there is no TLS
   * @param name what it calls itself in answers to binds
   */
  SmppSession(
      Channel channel,
      Clock clock,
      SessionOptions options,
      SessionListener listener,
      boolean centre,
      boolean plain,
      String name) {
    this.channel = channel;
    this.clock = clock;
    this.options = options;
    this.listener = listener;
    this.centre = centre;
    this.plain = plain;
    this.name = name;
    this.window = new Window(options.window(), options.adaptive(), options.firstSequence());
    this.now = clock.nanos();
    this.lastRead = now;
  }

  // ---- what anybody may ask ----

  /** What it may do now. */
  public SessionState state() {
    return state;
  }

  /** Who bound; empty before. */
  public String systemId() {
    return systemId;
  }

  /** The address of the other end. */
  public InetSocketAddress peer() {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address
        : new InetSocketAddress(0);
  }

  /** Runs something on the session's thread. */
  public void execute(Runnable work) {
    channel.eventLoop().execute(work);
  }

  /** Runs something on the session's thread after a while, unless the session has ended by then. */
  public void executeLater(Runnable work, long nanos) {
    var _ =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (state != SessionState.CLOSED) {
                    work.run();
                  }
                },
                nanos,
                TimeUnit.NANOSECONDS);
  }

  /**
   * Sends a request as soon as the window lets it; any thread.
   *
   * @return the answer, good or not; fails with a {@link SessionException} where there is none
   */
  public CompletableFuture<Pdu> request(Pdu pdu) {
    CompletableFuture<Pdu> answer = new CompletableFuture<>();
    channel.eventLoop().execute(() -> ask(new Waiting(pdu, answer)));
    return answer;
  }

  /** Waits for answers that are missing, unbinds, and closes; any thread. */
  public void unbind() {
    channel
        .eventLoop()
        .execute(() -> {
          if (state == SessionState.CLOSED || unbinding) {
            return;
          }
          unbinding = true;
          unbindBefore = clock.nanos() + options.unbindGrace().toNanos();
          unbindWhenAnswered();
        });
  }

  /** Closes the connection without a word; any thread, and at once on its own. */
  public void close() {
    onItsThread(() -> {
      flush();
      end(CloseReason.LOCAL);
    });
  }

  private void onItsThread(Runnable work) {
    if (channel.eventLoop().inEventLoop()) {
      work.run();
    } else {
      channel.eventLoop().execute(work);
    }
  }

  /** Closes the connection by a reset; any thread. */
  public void reset() {
    channel
        .eventLoop()
        .execute(() -> {
          channel.config().setOption(ChannelOption.SO_LINGER, 0);
          end(CloseReason.LOCAL);
        });
  }

  /** Completes when the session is bound; fails where it does not come to be. */
  CompletableFuture<SmppSession> ready() {
    return ready;
  }

  // ---- what only its thread may ask ----

  /** What the listener keeps for this session. */
  public @Nullable Object attachment() {
    return attachment;
  }

  /** Keeps something of the listener's for this session. */
  public void attach(@Nullable Object thing) {
    attachment = thing;
  }

  /** The time, by the transport's clock, as of the last reading. */
  public long nanos() {
    return now;
  }

  /** The version of the protocol that the ESME bound with. */
  public int version() {
    return version;
  }

  /** Whether a request may be sent now: it is bound, and the window and the socket have room. */
  public boolean canSend() {
    return state.bound() && !unbinding && window.free() && channel.isWritable();
  }

  /** How many requests wait for their answers. */
  public int unanswered() {
    return window.open();
  }

  /** How many may, now; less than the options say while the other end throttles. */
  public int windowLimit() {
    return window.limit();
  }

  /**
   * Sends a request that is encoded already, with a sequence number of its own.
   *
   * @param token told with its answer
   * @param at when it is sent, by the transport's clock
   * @return the sequence number
   */
  public int send(byte[] pdu, long token, long at) {
    int sequence = window.take(token, null, at);
    out.raw(pdu, sequence);
    written();
    return sequence;
  }

  /** Sends a request with a sequence number of its own. */
  public int send(Pdu pdu, long token) {
    int sequence = window.take(token, null, clock.nanos());
    out.write(pdu.with().sequence(sequence).build());
    written();
    return sequence;
  }

  /** Sends bytes as they are, PDU or not; nobody waits for an answer. */
  public void sendRaw(byte[] bytes) {
    out.raw(bytes);
    written();
  }

  /** Answers by a header: a refusal, or an answer without a body. */
  public void answer(int commandId, int status, int sequence) {
    out.header(commandId, status, sequence);
    written();
  }

  /** Answers with the id of a message. */
  public void answer(int commandId, int sequence, String messageId) {
    out.answer(commandId, sequence, messageId);
    written();
  }

  /** Answers with the id of a message that is a number. */
  public void answer(int commandId, int sequence, long messageId) {
    out.answer(commandId, sequence, messageId);
    written();
  }

  /** Answers. */
  public void answer(Pdu pdu) {
    out.write(pdu);
    written();
  }

  /** Stops hearing the other end, and keeps the connection: half of it is dead. */
  public void playDead() {
    deaf = true;
    dead = true;
    channel.config().setAutoRead(false);
  }

  /** Whether it reads what the other end sends. */
  public void readOn(boolean on) {
    slow = !on;
    channel.config().setAutoRead(on && !dead);
  }

  // ---- the connection ----

  void opened() {
    now = clock.nanos();
    lastRead = now;
    long tick = options.tick().toNanos();
    long openedAt = now;
    ticking =
        channel
            .eventLoop()
            .scheduleWithFixedDelay(() -> tick(openedAt), tick, tick, TimeUnit.NANOSECONDS);
  }

  /** As an ESME: binds. */
  void bind(Pdu bind) {
    version = bind.number(Field.INTERFACE_VERSION);
    systemId = bind.text(Field.SYSTEM_ID);
    int sequence = window.take(bind.command().id(), Own.BIND, clock.nanos());
    out.write(bind.with().sequence(sequence).build());
    written();
  }

  void received(ByteBuf buffer) {
    if (deaf || state == SessionState.CLOSED) {
      return;
    }
    now = clock.nanos();
    lastRead = now;
    reading = true;
    int count = buffer.readableBytes();
    room(count);
    buffer.readBytes(in, end, count);
    end += count;
    while (end - start >= 4 && state != SessionState.CLOSED && !deaf) {
      int length = Frame.lengthAt(in, start);
      if (length < Frame.HEADER || length > options.longestPdu()) {
        outOfSync();
        return;
      }
      if (end - start < length) {
        break;
      }
      frame.show(in, start, length);
      start += length;
      handle();
      if (out.length() >= FLUSH_AT) {
        flush();
      }
    }
  }

  private void room(int count) {
    if (start == end) {
      start = 0;
      end = 0;
    }
    if (in.length - end < count) {
      int held = end - start;
      byte[] to = held + count <= in.length ? in : new byte[Math.max(in.length * 2, held + count)];
      System.arraycopy(in, start, to, 0, held);
      in = to;
      start = 0;
      end = held;
    }
  }

  void readComplete() {
    if (state != SessionState.CLOSED) {
      listener.readComplete(this);
    }
    reading = false;
    flush();
    if (start == end && in.length > FLUSH_AT) {
      in = new byte[ROOM];
      start = 0;
      end = 0;
    }
  }

  /** No length can be right, so nobody knows where the next PDU begins. */
  private void outOfSync() {
    int sequence = end - start >= Frame.HEADER ? Frame.lengthAt(in, start + 12) : 0;
    out.header(Command.GENERIC_NACK.id(), Status.RINVCMDLEN, sequence);
    start = 0;
    end = 0;
    endAfterFlush(CloseReason.OUT_OF_SYNC);
  }

  void writabilityChanged() {
    // a message centre's answers wait for a reader, and so does what asks for more of them; an ESME
    // reads on, so that both do not wait for each other
    if (centre && !slow && !dead) {
      channel.config().setAutoRead(channel.isWritable());
    }
    if (channel.isWritable() && state != SessionState.CLOSED) {
      pump();
      listener.readComplete(this);
      flush();
    }
  }

  void broken(CloseReason reason) {
    end(closing == null ? reason : closing);
  }

  private void written() {
    if (!reading && !flushing) {
      flushing = true;
      channel.eventLoop().execute(this::flush);
    }
  }

  private void flush() {
    flushing = false;
    if (out.length() == 0) {
      return;
    }
    ByteBuf buffer = channel.alloc().directBuffer(out.length());
    buffer.writeBytes(out.bytes(), 0, out.length());
    out.clear();
    out.shrink(FLUSH_AT * 2);
    var _ = channel.writeAndFlush(buffer, channel.voidPromise());
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    if (pending != null && pending.totalPendingWriteBytes() > OVERFLOW) {
      end(CloseReason.OVERFLOW);
    }
  }

  private void endAfterFlush(CloseReason reason) {
    closing = reason;
    deaf = true;
    flush();
    // Closing while there is something unread would reset the connection, and the other end might
    // never see the last words; so only this end's half is closed, and the rest is passed over.
    ChannelFutureListener after =
        written -> {
          if (written.isSuccess() && plain && channel instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
            executeLater(() -> end(reason), LINGER_NANOS);
          } else {
            end(reason);
          }
        };
    channel.writeAndFlush(channel.alloc().buffer(0)).addListener(after);
  }

  private void end(CloseReason reason) {
    if (state == SessionState.CLOSED) {
      return;
    }
    state = SessionState.CLOSED;
    if (ticking != null) {
      ticking.cancel(false);
    }
    var _ = channel.close();
    for (int place = window.any(); place >= 0; place = window.any()) {
      giveUp(place, true);
    }
    while (!waiting.isEmpty()) {
      waiting.poll().answer().completeExceptionally(ended(reason));
    }
    ready.completeExceptionally(ended(reason));
    listener.closed(this, reason);
  }

  private static SessionException ended(CloseReason reason) {
    return new SessionException("the session has ended: " + reason);
  }

  // ---- what comes ----

  private void handle() {
    if (listener.intercept(this, frame)) {
      return;
    }
    int id = frame.commandId();
    if (id < 0) {
      answered();
      return;
    }
    Command command = frame.command();
    if (command == null) {
      out.header(Command.GENERIC_NACK.id(), Status.RINVCMDID, frame.sequence());
      return;
    }
    switch (command) {
      case SUBMIT_SM, DELIVER_SM -> message(command);
      case ENQUIRE_LINK, UNBIND -> bare(command);
      case BIND_TRANSMITTER, BIND_RECEIVER, BIND_TRANSCEIVER -> bound(command);
      default -> other(command);
    }
  }

  private boolean allowed(Command command) {
    boolean allowed = centre ? state.allowsFromEsme(command) : state.allowsFromCentre(command);
    if (!allowed) {
      refuse(command, Status.RINVBNDSTS);
    }
    return allowed;
  }

  private void refuse(Command command, int status) {
    Command answer = command.answer();
    int id = answer == null ? Command.GENERIC_NACK.id() : answer.id();
    out.header(id, status, frame.sequence());
  }

  private void message(Command command) {
    if (!allowed(command)) {
      return;
    }
    int status = fields.read(frame);
    if (status != Status.ROK && fields.headerWrong()) {
      out.header(Command.GENERIC_NACK.id(), status, frame.sequence());
      return;
    }
    status = status == Status.ROK ? Conformance.of(fields, version) : status;
    if (status == Status.ROK && fields.hasTlvs()) {
      status = optional();
    }
    if (status == Status.ROK) {
      listener.request(this, frame, fields);
    } else {
      refuse(command, status);
    }
  }

  private int optional() {
    try {
      return Conformance.optional(frame.decode());
    } catch (MalformedPduException malformed) {
      return malformed.status();
    }
  }

  private void bare(Command command) {
    if (frame.length() != Frame.HEADER) {
      out.header(Command.GENERIC_NACK.id(), Status.RINVCMDLEN, frame.sequence());
    } else if (command == Command.ENQUIRE_LINK) {
      out.header(Command.ENQUIRE_LINK_RESP.id(), Status.ROK, frame.sequence());
    } else if (!state.bound()) {
      refuse(command, Status.RINVBNDSTS);
    } else {
      out.header(Command.UNBIND_RESP.id(), Status.ROK, frame.sequence());
      endAfterFlush(CloseReason.UNBOUND);
    }
  }

  private void bound(Command command) {
    if (!centre) {
      refuse(command, Status.RINVBNDSTS);
      return;
    }
    if (state.bound()) {
      refuse(command, Status.RALYBND);
      return;
    }
    Pdu bind = decoded(command);
    if (bind == null) {
      return;
    }
    int status = listener.bind(this, bind);
    if (status != Status.ROK) {
      refuse(command, status);
      return;
    }
    accept(bind);
  }

  /** At a message centre: binds who asked to, and answers so. */
  public void accept(Pdu bind) {
    version = bind.number(Field.INTERFACE_VERSION);
    systemId = bind.text(Field.SYSTEM_ID);
    state = SessionState.after(bind.command());
    Command answer = bind.command().answer();
    Pdu.Builder builder =
        Pdu.of(answer == null ? Command.GENERIC_NACK : answer)
            .sequence(bind.sequence())
            .set(Field.SYSTEM_ID, name);
    if (version >= VERSION_34) {
      int spoken = version >= VERSION_50 ? VERSION_50 : VERSION_34;
      builder.add(Tlv.number(Tag.SC_INTERFACE_VERSION, spoken));
    }
    answer(builder.build());
    ready.complete(this);
    listener.bound(this);
  }

  private @Nullable Pdu decoded(Command command) {
    try {
      Pdu pdu = frame.decode();
      return pdu;
    } catch (MalformedPduException malformed) {
      if (malformed.header()) {
        out.header(Command.GENERIC_NACK.id(), malformed.status(), frame.sequence());
      } else {
        refuse(command, malformed.status());
      }
      return null;
    }
  }

  private void other(Command command) {
    if (!allowed(command)) {
      return;
    }
    Pdu pdu = decoded(command);
    if (pdu == null) {
      return;
    }
    int status = Conformance.of(pdu);
    if (status == Status.ROK) {
      listener.request(this, frame, null);
    } else {
      refuse(command, status);
    }
  }

  private void answered() {
    int sequence = frame.sequence();
    int place = window.find(sequence);
    if (place < 0) {
      listener.unexpected(this, frame);
      return;
    }
    long token = window.token(place);
    long sent = window.sent(place);
    Object attached = window.attached(place);
    window.free(place);
    if (attached instanceof Own own) {
      ownAnswered(own);
    } else {
      window.learn(sequence, Status.throttles(frame.status()));
      if (attached instanceof Waiting asked) {
        complete(asked);
      } else {
        listener.answered(this, token, sent, frame);
      }
    }
    pump();
    unbindWhenAnswered();
  }

  private void complete(Waiting asked) {
    try {
      asked.answer().complete(frame.decode());
    } catch (MalformedPduException malformed) {
      asked
          .answer()
          .completeExceptionally(
              new SessionException("the answer is malformed: " + malformed.getMessage()));
    }
  }

  private void ownAnswered(Own own) {
    switch (own) {
      case BIND -> bindAnswered();
      case ENQUIRE -> enquiring = false;
      case UNBIND -> end(CloseReason.UNBOUND);
    }
  }

  private void bindAnswered() {
    if (frame.status() == Status.ROK && frame.commandId() != Command.GENERIC_NACK.id()) {
      Command answered = frame.command();
      Command asked = Command.of(frame.commandId() & ~Command.RESPONSE);
      state =
          SessionState.after(asked == null || answered == null ? Command.BIND_TRANSCEIVER : asked);
      ready.complete(this);
      listener.bound(this);
      pump();
    } else {
      ready.completeExceptionally(
          new SessionException(
              "the bind was refused: " + Status.name(frame.status()), frame.status()));
      end(CloseReason.BIND_REFUSED);
    }
  }

  // ---- what other threads ask ----

  private void ask(Waiting asked) {
    if (state == SessionState.CLOSED || unbinding) {
      asked.answer().completeExceptionally(new SessionException("the session is not open"));
    } else if (waiting.size() >= options.queue()) {
      asked
          .answer()
          .completeExceptionally(
              new SessionException(options.queue() + " requests wait for the window already"));
    } else {
      waiting.add(asked);
      pump();
    }
  }

  private void pump() {
    while (!waiting.isEmpty() && canSend()) {
      Waiting asked = waiting.poll();
      int sequence = window.take(0, asked, clock.nanos());
      out.write(asked.pdu().with().sequence(sequence).build());
      written();
    }
  }

  // ---- the clocks ----

  private void tick(long openedAt) {
    if (dead || closing != null) {
      return;
    }
    now = clock.nanos();
    if (state == SessionState.OPEN && now - openedAt > options.bindWithin().toNanos()) {
      end(CloseReason.NOT_BOUND);
      return;
    }
    // a bind has its own time, which is looked at above
    if (state.bound() && !inTime()) {
      return;
    }
    if (state.bound() && !enquiring && now - lastRead > options.enquireAfter().toNanos()) {
      enquiring = true;
      int sequence = window.take(0, Own.ENQUIRE, now);
      out.header(Command.ENQUIRE_LINK.id(), Status.ROK, sequence);
    }
    pump();
    unbindWhenAnswered();
    flush();
  }

  /** Gives up answers that are late; false where that ended the session. */
  private boolean inTime() {
    long late = now - options.answerWithin().toNanos();
    for (int place = window.expired(late); place >= 0; place = window.expired(late)) {
      if (window.attached(place) instanceof Own) {
        end(CloseReason.SILENT);
        return false;
      }
      giveUp(place, false);
    }
    return true;
  }

  private void giveUp(int place, boolean closed) {
    Object attached = window.attached(place);
    long token = window.token(place);
    window.free(place);
    if (attached instanceof Waiting asked) {
      asked
          .answer()
          .completeExceptionally(
              new SessionException(
                  closed ? "the session ended before the answer" : "no answer came in time"));
    } else if (!(attached instanceof Own)) {
      listener.unanswered(this, token, closed);
    }
  }

  private void unbindWhenAnswered() {
    if (!unbinding || unbindSent || state == SessionState.CLOSED) {
      return;
    }
    boolean answered = window.open() - (enquiring ? 1 : 0) <= 0 && waiting.isEmpty();
    if (answered || clock.nanos() - unbindBefore >= 0) {
      unbindSent = true;
      int sequence = window.take(0, Own.UNBIND, clock.nanos());
      out.header(Command.UNBIND.id(), Status.ROK, sequence);
      written();
    }
  }

  @Override
  public String toString() {
    return systemId + "@" + peer() + " " + state + Arrays.toString(new int[] {window.open()});
  }
}
