package dev.assay.virtual.smsc;

import dev.assay.api.json.Json;
import dev.assay.api.spi.Clock;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Destination;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Frame;
import dev.assay.smpp.codec.MessageFields;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.session.CloseReason;
import dev.assay.smpp.session.SessionListener;
import dev.assay.smpp.session.SessionOptions;
import dev.assay.smpp.session.SmppServer;
import dev.assay.smpp.session.SmppSession;
import dev.assay.smpp.session.SmppTransport;
import dev.assay.smpp.text.Encoding;
import dev.assay.smpp.text.MessageState;
import dev.assay.smpp.text.Segmenter;
import dev.assay.smpp.text.Segments;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A message centre that behaves as it is told: see {@link Behaviour}. Each session draws from a
 * generator of its own, seeded by the order of connections, so that the same clients meet the same
 * luck. Thread-safe.
 */
public final class VirtualSmsc implements AutoCloseable {

  private static final String NAME = "assay";
  private static final long FIRST_ID = 1_000_000_000L;
  private static final long RETRY_NANOS = 500_000_000;
  private static final long INCOMING_TICK_NANOS = 10_000_000;
  private static final int SUCCESS_AND_FAILURE = 1;
  private static final int FAILURE = 2;

  private final SmppTransport transport;
  private final Clock clock;
  private final Behaviour behaviour;
  private final SplittableRandom seeds;
  private final @Nullable SmscLedger ledger;
  private final boolean remembers;
  private final boolean faultless;
  private final AtomicInteger ordinals = new AtomicInteger();
  private final AtomicLong ids = new AtomicLong(FIRST_ID);
  private final AtomicLong tokens = new AtomicLong();
  private final AtomicLong firstBind = new AtomicLong(Long.MIN_VALUE);
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, Message> messages = new ConcurrentHashMap<>();
  private final Set<Long> contents = ConcurrentHashMap.newKeySet();
  private final LongAdder binds = new LongAdder();
  private final LongAdder submits = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder throttled = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder receipts = new LongAdder();
  private final LongAdder receiptsAnswered = new LongAdder();
  private final LongAdder incoming = new LongAdder();
  private final SmppServer server;
  private volatile boolean closed;

  private VirtualSmsc(
      SmppTransport transport,
      Clock clock,
      InetSocketAddress address,
      @Nullable SslContext tls,
      Behaviour behaviour,
      long seed,
      @Nullable SmscLedger ledger,
      boolean remembers) {
    this.transport = transport;
    this.clock = clock;
    this.behaviour = behaviour;
    this.seeds = new SplittableRandom(seed);
    this.ledger = ledger;
    this.remembers = remembers;
    this.faultless = behaviour.faults().isEmpty();
    this.server =
        SmppServer.start(
            transport,
            address,
            NAME,
            SessionOptions.standard().withWindow(Math.max(1, behaviour.window()), false),
            tls,
            new Handling());
  }

  /**
   * Starts one.
   *
   * @param tls how connections are secured, or null
   * @param seed of all its chances
   * @param ledger where it writes all it sees, or null
   * @param remembers whether it keeps every message, for query_sm, cancel_sm and replace_sm and to
   *     know which are different: some 1,000 bytes each
   * @throws dev.assay.api.problem.ProblemException if it cannot listen there
   */
  public static VirtualSmsc start(
      SmppTransport transport,
      Clock clock,
      InetSocketAddress address,
      @Nullable SslContext tls,
      Behaviour behaviour,
      long seed,
      @Nullable SmscLedger ledger,
      boolean remembers) {
    return new VirtualSmsc(transport, clock, address, tls, behaviour, seed, ledger, remembers);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Its ledger, where it has one. */
  public @Nullable SmscLedger ledger() {
    return ledger;
  }

  /** What it counted so far. */
  public SmscTally tally() {
    long waiting = 0;
    for (Account account : accounts.values()) {
      waiting += account.waiting().get();
    }
    return new SmscTally(
        binds.sum(),
        submits.sum(),
        accepted.sum(),
        remembers ? contents.size() : -1,
        throttled.sum(),
        refused.sum(),
        unanswered.sum(),
        receipts.sum(),
        receiptsAnswered.sum(),
        incoming.sum(),
        waiting);
  }

  @Override
  public void close() {
    closed = true;
    server.close();
    if (ledger != null) {
      ledger.close();
    }
  }

  private void note(String event, Json.Builder more) {
    if (ledger != null) {
      ledger.line(event, more);
    }
  }

  private static Json.Builder of(SmppSession session) {
    Json.Builder json = Json.object().put("system_id", session.systemId());
    return session.attachment() instanceof Connection connection
        ? json.put("session", connection.ordinal())
        : json;
  }

  private Connection connection(SmppSession session) {
    if (session.attachment() instanceof Connection connection) {
      return connection;
    }
    Connection connection;
    synchronized (seeds) {
      connection = new Connection(ordinals.incrementAndGet(), seeds.split());
    }
    session.attach(connection);
    return connection;
  }

  private long sinceFirstBind(long now) {
    long first = firstBind.get();
    return first == Long.MIN_VALUE ? -1 : now - first;
  }

  private boolean on(Fault.Kind kind, SmppSession session) {
    for (Fault fault : behaviour.faults()) {
      if (fault.kind() == kind && fault.on(sinceFirstBind(session.nanos()))) {
        return true;
      }
    }
    return false;
  }

  /** Hears the sessions. */
  private final class Handling implements SessionListener {

    @Override
    public int bind(SmppSession session, Pdu bind) {
      String name = bind.text(Field.SYSTEM_ID);
      String password = behaviour.accounts().get(name);
      int status = Status.ROK;
      if (on(Fault.Kind.REFUSE_BINDS, session)) {
        status = Status.RBINDFAIL;
      } else if (!behaviour.accounts().isEmpty() && password == null) {
        status = Status.RINVSYSID;
      } else if (password != null && !password.equals(bind.text(Field.PASSWORD))) {
        status = Status.RINVPASWD;
      }
      note(
          "bind",
          of(session)
              .put("as", name)
              .put("command", bind.command().wireName())
              .put("status", Status.name(status)));
      return status;
    }

    @Override
    public void bound(SmppSession session) {
      binds.increment();
      Connection connection = connection(session);
      Account account =
          accounts.computeIfAbsent(session.systemId(), name -> new Account(name, behaviour.rate()));
      connection.account(account);
      boolean first = firstBind.compareAndSet(Long.MIN_VALUE, clock.nanos());
      if (first) {
        scheduleIncoming();
      }
      scheduleFaults(session);
      if (session.state().receives()) {
        account.joined(session);
        drain(session, connection, account);
      }
    }

    @Override
    public boolean intercept(SmppSession session, Frame frame) {
      if (faultless) {
        return false;
      }
      Connection connection = connection(session);
      connection.twist(null);
      Command command = frame.command();
      connection.count(command);
      boolean submit = command == Command.SUBMIT_SM || command == Command.DATA_SM;
      for (Fault fault : behaviour.faults()) {
        boolean timed =
            submit
                && (fault.kind() == Fault.Kind.NO_ANSWER || fault.kind() == Fault.Kind.THROTTLE)
                && fault.on(sinceFirstBind(session.nanos()));
        if ((timed || connection.due(fault, command)) && apply(fault, session, connection, frame)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void request(SmppSession session, Frame frame, @Nullable MessageFields fields) {
      Connection connection = connection(session);
      Command command = frame.command();
      Account account = connection.account();
      if (command == null || account == null) {
        return;
      }
      switch (command) {
        case SUBMIT_SM -> submit(session, connection, account, frame, fields);
        case DATA_SM, SUBMIT_MULTI, BROADCAST_SM ->
            submit(session, connection, account, frame, null);
        case QUERY_SM -> query(session, frame.decode());
        case CANCEL_SM -> cancel(session, frame.decode());
        case REPLACE_SM -> replace(session, frame.decode());
        case QUERY_BROADCAST_SM ->
            session.answer(
                Command.QUERY_BROADCAST_SM_RESP.id(), Status.RBCASTQUERYFAIL, frame.sequence());
        case CANCEL_BROADCAST_SM ->
            session.answer(
                Command.CANCEL_BROADCAST_SM_RESP.id(), Status.RBCASTCANCELFAIL, frame.sequence());
        default -> session.answer(Command.GENERIC_NACK.id(), Status.RINVCMDID, frame.sequence());
      }
    }

    @Override
    public void answered(SmppSession session, long token, long sentNanos, Frame frame) {
      Connection connection = connection(session);
      Outgoing outgoing = connection.underway().remove(token);
      Account account = connection.account();
      if (outgoing == null || account == null) {
        return;
      }
      int status = frame.status();
      note(
          outgoing.receipt() ? "receipt answered" : "incoming answered",
          of(session).put("id", outgoing.id()).put("status", Status.name(status)));
      if (status == Status.RX_T_APPN || Status.throttles(status)) {
        transport.later(() -> deliver(account, outgoing, null), RETRY_NANOS);
      } else if (outgoing.receipt()) {
        receiptsAnswered.increment();
        settled(account, outgoing);
      }
      drain(session, connection, account);
    }

    @Override
    public void unanswered(SmppSession session, long token, boolean ended) {
      Connection connection = connection(session);
      Outgoing outgoing = connection.underway().remove(token);
      Account account = connection.account();
      if (outgoing != null && account != null) {
        // as a message centre does: what was not answered comes again
        account.putBack(outgoing);
      }
    }

    @Override
    public void closed(SmppSession session, CloseReason reason) {
      Connection connection = connection(session);
      Account account = connection.account();
      note("closed", of(session).put("reason", reason.name()));
      if (account != null) {
        account.left(session);
        pump(account, null);
      }
    }
  }

  // ---- messages that come ----

  private void submit(
      SmppSession session,
      Connection connection,
      Account account,
      Frame frame,
      @Nullable MessageFields fields) {
    submits.increment();
    int answer = frame.commandId() | Command.RESPONSE;
    int sequence =
        connection.twist() == Fault.Kind.WRONG_SEQUENCE
            ? frame.sequence() + 1_000_000 & 0x7FFF_FFFF
            : frame.sequence();
    SplittableRandom random = connection.random();
    boolean lost = behaviour.loss() > 0 && random.nextDouble() < behaviour.loss();
    int status = lost ? Status.ROK : status(session, connection, account, random);
    if (status != Status.ROK) {
      (Status.throttles(status) ? throttled : refused).increment();
      noteSubmit(session, frame, "", Status.name(status));
      answerLater(session, random, () -> session.answer(answer, status, sequence));
      return;
    }
    long number = ids.getAndIncrement();
    boolean plain = fields != null && !remembers && ledger == null;
    int registered = fields == null ? -1 : fields.registeredDelivery();
    if (lost) {
      // taken, and not said: what no client can know
      unanswered.increment();
    }
    accepted.increment();
    if (plain && (registered & 3) == 0 && !lost && behaviour.latency().none() && decimal()) {
      session.answer(answer, sequence, number);
      return;
    }
    take(session, connection, account, frame.decode(), new Taken(number, answer, sequence, lost));
  }

  /**
   * How a submit was taken.
   *
   * @param number its id
   * @param answer the command of its answer
   * @param sequence the sequence number of its answer
   * @param lost whether there is none
   */
  private record Taken(long number, int answer, int sequence, boolean lost) {}

  private void take(
      SmppSession session, Connection connection, Account account, Pdu submit, Taken taken) {
    SplittableRandom random = connection.random();
    Receipts wanted = behaviour.receipts();
    MessageState end = wanted == null ? MessageState.DELIVERED : wanted.state(random);
    String id = answerId(taken.number());
    noteSubmit(session, submit, id, taken.lost() ? "unanswered" : Status.name(Status.ROK));
    Message message =
        new Message(
            taken.number(),
            submit.text(
                submit.command() == Command.DATA_SM ? Field.SOURCE_ADDR_LONG : Field.SOURCE_ADDR),
            destination(submit),
            submit,
            clock.now(),
            end);
    remember(id, message);
    Receipts told =
        wanted != null && tells(submit.number(Field.REGISTERED_DELIVERY), end) ? wanted : null;
    boolean early = told != null && random.nextDouble() < told.early();
    account.waiting().incrementAndGet();
    if (told != null && early) {
      settle(session, account, random, message, told);
    }
    if (!taken.lost()) {
      answerLater(
          session,
          random,
          () -> {
            if (submit.command() == Command.SUBMIT_MULTI) {
              session.answer(
                  Pdu.of(Command.SUBMIT_MULTI_RESP)
                      .sequence(taken.sequence())
                      .set(Field.MESSAGE_ID, id)
                      .build());
            } else {
              session.answer(taken.answer(), taken.sequence(), id);
            }
          });
    }
    if (told == null) {
      message.settle();
      account.waiting().decrementAndGet();
    } else if (!early) {
      long delay = told.after().draw(random) + behaviour.latency().mean().toNanos();
      SplittableRandom own = random.split();
      if (delay == 0) {
        settle(session, account, own, message, told);
      } else {
        transport.later(() -> settle(session, account, own, message, told), delay);
      }
    }
  }

  private int status(
      SmppSession session, Connection connection, Account account, SplittableRandom random) {
    if (connection.twist() == Fault.Kind.THROTTLE) {
      return Status.RTHROTTLED;
    }
    if (!account.admits(session.nanos())) {
      return behaviour.throttle();
    }
    if (behaviour.queue() > 0 && account.waiting().get() >= behaviour.queue()) {
      return Status.RMSGQFUL;
    }
    return behaviour.refused() > 0 && random.nextDouble() < behaviour.refused()
        ? behaviour.refusal()
        : Status.ROK;
  }

  private void answerLater(SmppSession session, SplittableRandom random, Runnable answer) {
    if (behaviour.latency().none()) {
      answer.run();
    } else {
      session.executeLater(answer, behaviour.latency().draw(random));
    }
  }

  private boolean decimal() {
    Receipts wanted = behaviour.receipts();
    return wanted == null || wanted.ids() == Receipts.Ids.DECIMAL;
  }

  private String answerId(long number) {
    return decimal() ? Long.toString(number) : Long.toHexString(number);
  }

  private String receiptId(long number) {
    Receipts wanted = behaviour.receipts();
    return wanted != null && wanted.ids() == Receipts.Ids.HEX
        ? Long.toHexString(number)
        : Long.toString(number);
  }

  private static String destination(Pdu submit) {
    for (Destination each : submit.destinations()) {
      if (each instanceof Destination.Address address) {
        return address.address();
      }
    }
    return submit.command() == Command.DATA_SM
        ? submit.text(Field.DESTINATION_ADDR_LONG)
        : submit.text(Field.DESTINATION_ADDR);
  }

  private static boolean tells(int registered, MessageState end) {
    boolean delivered = end == MessageState.DELIVERED;
    return switch (registered & 3) {
      case SUCCESS_AND_FAILURE -> true;
      case FAILURE -> !delivered;
      case 0 -> false;
      default -> delivered;
    };
  }

  private void remember(String id, Message message) {
    if (remembers) {
      messages.put(id, message);
      long hash = Arrays.hashCode(message.submit().message());
      hash = hash * 0x9E3779B97F4A7C15L + message.destination().hashCode();
      hash = hash * 0x9E3779B97F4A7C15L + message.source().hashCode();
      contents.add(hash);
    }
  }

  private void noteSubmit(SmppSession session, Frame frame, String id, String status) {
    if (ledger != null) {
      noteSubmit(session, frame.decode(), id, status);
    }
  }

  private void noteSubmit(SmppSession session, Pdu submit, String id, String status) {
    if (ledger == null) {
      return;
    }
    Field source = submit.command() == Command.DATA_SM ? Field.SOURCE_ADDR_LONG : Field.SOURCE_ADDR;
    note(
        "submit",
        of(session)
            .put("command", submit.command().wireName())
            .put("sequence", submit.sequence())
            .put("id", id)
            .put("status", status)
            .put("source", submit.text(source))
            .put("destination", destination(submit))
            .put("data_coding", submit.number(Field.DATA_CODING))
            .put("esm_class", submit.number(Field.ESM_CLASS))
            .put("registered_delivery", submit.number(Field.REGISTERED_DELIVERY))
            .put("message", HexFormat.of().formatHex(submit.message())));
  }

  // ---- receipts and messages that go ----

  private void settle(
      SmppSession session,
      Account account,
      SplittableRandom random,
      Message message,
      Receipts wanted) {
    MessageState state = message.settle();
    boolean malformed = random.nextDouble() < wanted.malformed();
    boolean missing = random.nextDouble() < wanted.missing();
    boolean twice = random.nextDouble() < wanted.duplicates();
    String id = receiptId(message.number());
    if (missing) {
      account.waiting().decrementAndGet();
      note("receipt missing", Json.object().put("id", id).put("state", state.receipt()));
      return;
    }
    Pdu pdu = ReceiptPdu.of(message, id, state, clock.now(), wanted.optional(), malformed);
    deliver(account, new Outgoing(pdu, id, true), session);
    if (twice) {
      deliver(account, new Outgoing(pdu, id, false), session);
    }
  }

  private void settled(Account account, Outgoing outgoing) {
    if (outgoing.closes()) {
      account.waiting().decrementAndGet();
    }
  }

  private void deliver(Account account, Outgoing outgoing, @Nullable SmppSession preferred) {
    if (closed) {
      return;
    }
    if (!account.put(outgoing)) {
      settled(account, outgoing);
      note("receipt dropped", Json.object().put("id", outgoing.id()));
      return;
    }
    pump(account, preferred);
  }

  private void pump(Account account, @Nullable SmppSession preferred) {
    SmppSession session = account.receiver(preferred);
    if (session != null && account.outbox() > 0) {
      session.execute(() -> drain(session, connection(session), account));
    }
  }

  private void drain(SmppSession session, Connection connection, Account account) {
    while (session.canSend()) {
      Outgoing outgoing = account.poll();
      if (outgoing == null) {
        return;
      }
      long token = tokens.incrementAndGet();
      connection.underway().put(token, outgoing);
      session.send(outgoing.pdu(), token);
      (outgoing.receipt() ? receipts : incoming).increment();
      note(
          outgoing.receipt() ? "receipt" : "incoming",
          of(session)
              .put("id", outgoing.id())
              .put("message", HexFormat.of().formatHex(outgoing.pdu().message())));
    }
  }

  private void scheduleIncoming() {
    Behaviour.Incoming wanted = behaviour.incoming();
    if (wanted != null && wanted.rate() > 0) {
      incomingTick(wanted, clock.nanos(), 0);
    }
  }

  private void incomingTick(Behaviour.Incoming wanted, long begin, long sent) {
    long due = (long) ((clock.nanos() - begin) * wanted.rate() / 1e9);
    Pdu pdu = incomingPdu(wanted);
    for (Account account : accounts.values()) {
      SmppSession receiver = account.receiver(null);
      for (long i = sent; i < due && receiver != null; i++) {
        deliver(account, new Outgoing(pdu, "", false), null);
      }
    }
    if (!closed) {
      transport.later(() -> incomingTick(wanted, begin, due), INCOMING_TICK_NANOS);
    }
  }

  private static Pdu incomingPdu(Behaviour.Incoming wanted) {
    Segments text =
        new Segmenter(null, Segments.Join.PAYLOAD, 0, List.of(), false).divide(wanted.text());
    Encoding encoding = text.encoding();
    return Pdu.of(Command.DELIVER_SM)
        .set(Field.SOURCE_ADDR_TON, 1)
        .set(Field.SOURCE_ADDR_NPI, 1)
        .set(Field.SOURCE_ADDR, wanted.from())
        .set(Field.DESTINATION_ADDR, wanted.to())
        .set(Field.DATA_CODING, encoding.dataCoding())
        .set(Field.SHORT_MESSAGE, text.parts().getFirst().message())
        .build();
  }

  // ---- messages asked about ----

  private @Nullable Message known(Pdu pdu) {
    Message message = messages.get(pdu.text(Field.MESSAGE_ID));
    return message != null && message.source().equals(pdu.text(Field.SOURCE_ADDR)) ? message : null;
  }

  private void query(SmppSession session, Pdu query) {
    Message message = known(query);
    if (message == null) {
      session.answer(Command.QUERY_SM_RESP.id(), Status.RQUERYFAIL, query.sequence());
      return;
    }
    session.answer(
        Pdu.of(Command.QUERY_SM_RESP)
            .sequence(query.sequence())
            .set(Field.MESSAGE_ID, query.text(Field.MESSAGE_ID))
            .set(Field.MESSAGE_STATE, message.state().code())
            .build());
  }

  private void cancel(SmppSession session, Pdu cancel) {
    Message message = known(cancel);
    boolean done = message != null && message.cancel();
    session.answer(
        Command.CANCEL_SM_RESP.id(), done ? Status.ROK : Status.RCANCELFAIL, cancel.sequence());
  }

  private void replace(SmppSession session, Pdu replace) {
    Message message = known(replace);
    boolean done = message != null && message.state() == MessageState.ENROUTE;
    note(
        "replace",
        of(session)
            .put("id", replace.text(Field.MESSAGE_ID))
            .put("done", done)
            .put("message", HexFormat.of().formatHex(replace.message())));
    session.answer(
        Command.REPLACE_SM_RESP.id(), done ? Status.ROK : Status.RREPLACEFAIL, replace.sequence());
  }

  // ---- what goes wrong ----

  /** Does what a fault says; true where nothing more is done with the PDU. */
  private boolean apply(Fault fault, SmppSession session, Connection connection, Frame frame) {
    note("fault", of(session).put("kind", fault.kind().name()).put("sequence", frame.sequence()));
    switch (fault.kind()) {
      case DISCONNECT -> session.close();
      case RESET -> session.reset();
      case HALF_OPEN -> session.playDead();
      case NO_ANSWER -> {
        submits.increment();
        unanswered.increment();
      }
      case GARBAGE -> {
        byte[] garbage = new byte[24];
        connection.random().nextBytes(garbage);
        session.sendRaw(garbage);
      }
      case UNBIND -> {
        session.unbind();
        return false;
      }
      case SLOW_READER -> {
        slow(session, fault);
        return false;
      }
      case WRONG_SEQUENCE, THROTTLE -> {
        connection.twist(fault.kind());
        return false;
      }
      case REFUSE_BINDS -> {
        return false;
      }
    }
    return true;
  }

  private static void slow(SmppSession session, Fault fault) {
    session.readOn(false);
    session.executeLater(() -> session.readOn(true), fault.lasts().toNanos());
  }

  /** What goes wrong with a session at a time, whatever it sends. */
  private void scheduleFaults(SmppSession session) {
    for (Fault fault : behaviour.faults()) {
      long in = fault.at().toNanos() - sinceFirstBind(clock.nanos());
      if (!fault.counted() && in >= 0) {
        session.executeLater(() -> strike(fault, session), in);
      }
    }
  }

  private void strike(Fault fault, SmppSession session) {
    switch (fault.kind()) {
      case DISCONNECT -> session.close();
      case RESET -> session.reset();
      case HALF_OPEN -> session.playDead();
      case UNBIND -> session.unbind();
      case SLOW_READER -> slow(session, fault);
      case NO_ANSWER, WRONG_SEQUENCE, GARBAGE, THROTTLE, REFUSE_BINDS -> {
        return; // those are looked at as PDUs come
      }
    }
    note("fault", of(session).put("kind", fault.kind().name()));
  }
}
