package dev.assay.gateway.provider;

import dev.assay.api.spi.Clock;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Channel;
import dev.assay.gateway.ChannelListener;
import dev.assay.gateway.Incoming;
import dev.assay.gateway.Message;
import dev.assay.gateway.Queries;
import dev.assay.gateway.Status;
import dev.assay.gateway.config.ProviderConfiguration;
import dev.assay.gateway.config.ProviderTls;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Field;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.session.CloseReason;
import dev.assay.smpp.session.SessionException;
import dev.assay.smpp.session.SessionOptions;
import dev.assay.smpp.session.SmppClient;
import dev.assay.smpp.session.SmppTransport;
import dev.assay.smpp.session.Tls;
import dev.assay.smpp.text.MessageState;
import dev.assay.smpp.text.MessageText;
import dev.assay.smpp.text.Receipt;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A message centre, reached by a pool of sessions. The pool grows by one when all windows have been
 * full for a while, and shrinks by one when one session has had nothing to do for half a minute. A
 * session that ends is opened again, soon where the centre was only away, late where it refuses the
 * account. Thread-safe.
 */
public final class SmppChannel implements Channel, Queries, Conn.Pool {

  private static final long TICK_NANOS = 100_000_000;
  private static final long GIVE_BACK_NANOS = 1_000_000_000;
  private static final int FULL_TICKS = 3;
  private static final int IDLE_TICKS = 300;
  private static final Duration ENQUIRE = Duration.ofSeconds(30);
  private static final Duration BIND = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration QUERY_SOON = Duration.ofSeconds(10);

  /** Statuses of a bind that trying again does not mend. */
  private static final List<Integer> ACCOUNT = List.of(0x0D, 0x0E, 0x0F, 0x05);

  private final String name;
  private final SmppTransport transport;
  private final Clock clock;
  private final Path folder;
  private final ConcurrentLinkedQueue<Job> jobs = new ConcurrentLinkedQueue<>();
  private final CopyOnWriteArrayList<Conn> sessions = new CopyOnWriteArrayList<>();
  private final Backoff backoff;
  private volatile ProviderConfiguration configuration;
  private volatile @Nullable ChannelListener listener;
  private volatile boolean closed;
  private volatile int wanted;
  private volatile int up;
  private volatile String trouble = "not connected yet";
  private int full;
  private int idle;
  private long nextTry;
  private long downSince;

  /**
   * Made once; connects when it is listened to.
   *
   * @param folder where relative paths of certificates begin
   */
  public SmppChannel(
      String name,
      ProviderConfiguration configuration,
      SmppTransport transport,
      Clock clock,
      Path folder) {
    this.name = name;
    this.configuration = configuration;
    this.transport = transport;
    this.clock = clock;
    this.folder = folder;
    this.wanted = Math.max(1, configuration.least());
    this.backoff = new Backoff(name.hashCode() * 31L + clock.nanos());
    this.nextTry = clock.nanos();
    this.downSince = clock.nanos();
    tls(configuration); // so that a certificate that cannot be used is told before it runs
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return "sms";
  }

  @Override
  public void listen(ChannelListener hears) {
    listener = hears;
    transport.later(this::tick, 0);
  }

  @Override
  public int most() {
    return Math.max(1, up) * configuration.window();
  }

  /** As many again, as answers come in bursts of up to a window. */
  @Override
  public int ahead() {
    return most();
  }

  @Override
  public boolean ready() {
    return up > 0;
  }

  /** How many sessions can send. */
  public int sessions() {
    return up;
  }

  /** How many it wants to have. */
  public int wanted() {
    return wanted;
  }

  /** Why it is not connected, or empty where it is. */
  public String trouble() {
    return trouble;
  }

  /** What it is configured with. */
  public ProviderConfiguration configuration() {
    return configuration;
  }

  @Override
  public CompletableFuture<Answer> send(Message message) {
    Job job = new Job(message);
    if (closed) {
      job.answer.complete(unavailable("the channel is closed"));
      return job.answer;
    }
    jobs.add(job);
    wake();
    return job.answer;
  }

  private void wake() {
    for (Conn each : sessions) {
      if (each.sends()) {
        each.wake();
      }
    }
  }

  private static Answer unavailable(String why) {
    return new Answer.Again(Duration.ZERO, Answer.Cause.UNAVAILABLE, why);
  }

  /** Goes on with another configuration: new sessions first, then the old ones end in order. */
  public void change(ProviderConfiguration other) {
    tls(other);
    synchronized (this) {
      ProviderConfiguration before = configuration;
      configuration = other;
      wanted = Math.clamp(wanted, Math.max(1, other.least()), other.sessions());
      boolean same =
          before.smpp().equals(other.smpp())
              && before.systemId().equals(other.systemId())
              && before.password().equals(other.password())
              && before.systemType().equals(other.systemType())
              && before.bind() == other.bind()
              && before.window() == other.window()
              && before.answer().equals(other.answer())
              && before.receipts() == other.receipts()
              && Objects.equals(before.tls(), other.tls());
      if (!same) {
        List<Conn> old = List.copyOf(sessions);
        sessions.clear();
        old.forEach(Conn::retire);
        backoff.reset();
        nextTry = clock.nanos();
        count();
      }
    }
  }

  // ---- the pool ----

  private void tick() {
    if (closed) {
      return;
    }
    try {
      turn();
    } finally {
      transport.later(this::tick, TICK_NANOS);
    }
  }

  private synchronized void turn() {
    ProviderConfiguration now = configuration;
    count();
    boolean waits = !jobs.isEmpty() || full(now.window());
    full = waits && up > 0 ? full + 1 : 0;
    idle =
        !waits && up > 1 && sessions.stream().filter(each -> !each.busy()).count() > 1
            ? idle + 1
            : 0;
    if (full >= FULL_TICKS && wanted < now.sessions() && up >= wanted) {
      wanted++;
      full = 0;
    } else if (idle >= IDLE_TICKS && wanted > Math.max(1, now.least())) {
      wanted--;
      idle = 0;
      sessions.stream()
          .filter(each -> each.sends() && !each.busy())
          .findFirst()
          .ifPresent(Conn::retire);
    }
    if (clock.nanos() - nextTry >= 0) {
      boolean separate = now.bind() == ProviderConfiguration.Bind.SEPARATE;
      long senders = sessions.stream().filter(each -> each.isSender()).count();
      boolean hears = !separate || sessions.stream().anyMatch(each -> !each.isSender());
      for (long i = senders; i < wanted; i++) {
        connect(now, separate ? Command.BIND_TRANSMITTER : Command.BIND_TRANSCEIVER);
      }
      if (!hears) {
        connect(now, Command.BIND_RECEIVER);
      }
    }
    if (up > 0) {
      downSince = clock.nanos();
      wake();
    } else if (clock.nanos() - downSince > GIVE_BACK_NANOS) {
      for (Job job = jobs.poll(); job != null; job = jobs.poll()) {
        job.answer.complete(unavailable(trouble.isEmpty() ? "no session" : trouble));
      }
    }
  }

  /** Whether nine tenths of all windows are used. */
  private boolean full(int window) {
    int used = 0;
    int most = 0;
    for (Conn each : sessions) {
      if (each.sends()) {
        used += each.unanswered();
        most += window;
      }
    }
    return most > 0 && used * 10L >= most * 9L;
  }

  private void count() {
    int sending = 0;
    for (Conn each : sessions) {
      sending += each.sends() ? 1 : 0;
    }
    boolean more = sending > up;
    up = sending;
    ChannelListener hears = listener;
    if (more && hears != null) {
      hears.room();
    }
  }

  private void connect(ProviderConfiguration now, Command bind) {
    Conn conn = new Conn(this, jobs, now.receipts(), bind != Command.BIND_RECEIVER);
    sessions.add(conn);
    Pdu pdu =
        SmppClient.bind(bind, now.systemId(), now.password())
            .with()
            .set(Field.SYSTEM_TYPE, now.systemType())
            .build();
    SessionOptions options =
        SessionOptions.standard()
            .withWindow(now.window(), false)
            .withTimes(now.answer(), ENQUIRE, BIND, GRACE);
    var _ =
        SmppClient.connect(transport, address(now.smpp()), pdu, options, tls(now), conn)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                failed(conn, failure);
              }
            });
  }

  private synchronized void failed(Conn conn, Throwable failure) {
    boolean known = sessions.remove(conn);
    Throwable why = failure instanceof CompletionException ? failure.getCause() : failure;
    int status = why instanceof SessionException session ? session.status() : -1;
    Backoff.Cause cause =
        ACCOUNT.contains(status)
            ? Backoff.Cause.REFUSED
            : status >= 0 ? Backoff.Cause.ILL : Backoff.Cause.AWAY;
    if (known) {
      trouble = String.valueOf(why == null ? failure : why.getMessage());
      nextTry = clock.nanos() + backoff.next(cause);
      transport.later(this::turn, nextTry - clock.nanos());
    }
    count();
  }

  @Override
  public synchronized void bound(Conn conn) {
    backoff.reset();
    trouble = "";
    count();
  }

  @Override
  public synchronized void closed(Conn conn, CloseReason reason) {
    boolean known = sessions.remove(conn);
    if (known && reason != CloseReason.BIND_REFUSED && reason != CloseReason.NOT_BOUND) {
      trouble = "the session ended: " + reason;
      nextTry = clock.nanos() + backoff.next(Backoff.Cause.AWAY);
    }
    count();
  }

  private static InetSocketAddress address(String written) {
    int colon = written.lastIndexOf(':');
    String host = colon <= 0 ? "127.0.0.1" : written.substring(0, colon);
    return new InetSocketAddress(host, Integer.parseInt(written.substring(colon + 1)));
  }

  private @Nullable SslContext tls(ProviderConfiguration now) {
    ProviderTls tls = now.tls();
    return tls == null
        ? null
        : Tls.client(path(tls.authorities()), path(tls.certificate()), path(tls.key()));
  }

  private @Nullable Path path(@Nullable String file) {
    return file == null ? null : folder.resolve(file);
  }

  // ---- what comes ----

  @Override
  public void heard(Pdu pdu, Runnable answered) {
    ChannelListener hears = listener;
    if (hears == null) {
      return;
    }
    Optional<Receipt> receipt = Receipt.withoutDates(pdu);
    if (receipt.isPresent()) {
      Receipt told = receipt.get();
      String code =
          told.error().isEmpty() || told.error().matches("0+")
              ? word(told)
              : word(told) + " " + told.error();
      hears.status(
          new Status(name, told.id(), Answers.state(told.state()), code, clock.now()), answered);
    } else {
      hears.incoming(
          new Incoming(
              name,
              pdu.text(Field.SOURCE_ADDR),
              pdu.text(Field.DESTINATION_ADDR),
              MessageText.of(pdu).orElse(""),
              clock.now()),
          answered);
    }
  }

  private static String word(Receipt told) {
    MessageState state = told.state();
    return state == null ? told.stateText() : state.receipt();
  }

  @Override
  public CompletableFuture<Optional<Status>> query(String providerId, String from) {
    CompletableFuture<Optional<Status>> told = new CompletableFuture<>();
    Conn by = sessions.stream().filter(Conn::sends).findFirst().orElse(null);
    if (by == null) {
      told.complete(Optional.empty());
      return told;
    }
    Pdu.Builder question = Pdu.of(Command.QUERY_SM).set(Field.MESSAGE_ID, providerId);
    Submits.source(question, from);
    Pdu pdu = question.build();
    by.ask(session -> {
      var _ =
          session
              .request(pdu)
              .whenComplete((answer, _) -> told.complete(status(providerId, answer)));
    });
    return told.completeOnTimeout(Optional.empty(), QUERY_SOON.toSeconds(), TimeUnit.SECONDS);
  }

  private Optional<Status> status(String providerId, @Nullable Pdu answer) {
    if (answer == null || answer.status() != 0 || !answer.hasBody()) {
      return Optional.empty();
    }
    return MessageState.of(answer.number(Field.MESSAGE_STATE))
        .map(state ->
            new Status(
                name, providerId, Answers.state(state), "query " + state.receipt(), clock.now()));
  }

  @Override
  public void close() {
    closed = true;
    sessions.forEach(Conn::close);
    for (Job job = jobs.poll(); job != null; job = jobs.poll()) {
      job.answer.complete(unavailable("the channel is closed"));
    }
  }

  /** Ends sessions in order: waits for answers, then unbinds. */
  public void unbind() {
    sessions.forEach(Conn::retire);
  }
}
