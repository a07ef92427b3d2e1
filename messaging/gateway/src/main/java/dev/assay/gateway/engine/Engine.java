package dev.assay.gateway.engine;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Channel;
import dev.assay.gateway.ChannelListener;
import dev.assay.gateway.Documents;
import dev.assay.gateway.GatewayProblems;
import dev.assay.gateway.Incoming;
import dev.assay.gateway.Queries;
import dev.assay.gateway.Status;
import dev.assay.gateway.route.Health;
import dev.assay.gateway.route.Routes;
import dev.assay.gateway.store.Batch;
import dev.assay.gateway.store.Batch.Audit;
import dev.assay.gateway.store.Batch.Heard;
import dev.assay.gateway.store.Batch.Once;
import dev.assay.gateway.store.Batch.Orphan;
import dev.assay.gateway.store.Batch.Paper;
import dev.assay.gateway.store.Batch.Tried;
import dev.assay.gateway.store.GatewayStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The heart of the gateway. Whatever happens (a request, an answer, a receipt) is put into a queue;
 * one thread takes all that is there, notes what follows from it, makes that durable in one
 * transaction, and only then lets the world see it: answers the client, sends the message, tells
 * the provider that its receipt was taken. So what the world knows is always on the disk, and the
 * more happens at once the more share one synchronisation of it. A message is noted as submitted
 * before it goes out; what is in that state after a crash is in doubt, and no more than the windows
 * of the providers hold can be. Thread-safe.
 */
public final class Engine implements ChannelListener, Documents, AutoCloseable {

  private static final long TICK_NANOS = 20_000_000;
  private static final long SWEEP_NANOS = 1_000_000_000;
  private static final long FLOOR_NANOS = 5_000_000_000L;
  private static final long JOIN_MILLIS = 60_000;
  private static final String KIND = "engine";
  private static final String FLOOR = "floor";
  private static final int UNAVAILABLE = 503;
  private static final int CONFLICT = 409;

  private final GatewayStore store;
  private final Clock clock;
  private final EngineOptions options;
  private final Consumer<Problem> fatal;
  private final Counters counters = new Counters();
  private final Work work;
  private final Sending sending;
  private final Hearing hearing;
  private final Map<String, Line> shown = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Runnable> happened = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<String, Once> onceNow = new HashMap<>();
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean stopping;
  private volatile @Nullable Problem failure;
  private volatile int held;
  private volatile Function<Incoming, CompletableFuture<Void>> ears =
      _ -> CompletableFuture.completedFuture(null);
  private boolean begun;
  private long ticked;
  private long swept;
  private long floored;
  private long floorNoted = -1;

  /**
   * Made once for a store; does nothing before {@link #start}.
   *
   * @param routes as they are now
   * @param fatal told why the engine stopped, if it cannot go on
   */
  public Engine(
      GatewayStore store,
      Clock clock,
      EngineOptions options,
      Supplier<Routes> routes,
      Outbox outbox,
      Consumer<Problem> fatal) {
    this.store = store;
    this.clock = clock;
    this.options = options;
    this.fatal = fatal;
    this.work = new Work(store, clock, counters, outbox, options.callbacks());
    this.sending = new Sending(work, options, routes, this::send);
    this.hearing = new Hearing(work, sending, options, this::again, this::ask);
    this.thread = new Thread(this::run, "gateway-engine");
  }

  /** Begins, with what an earlier process left. */
  public void start() {
    long floor =
        store.document(KIND, FLOOR).map(document -> document.body().whole("id")).orElse(0L);
    sending.startAt(floor);
    // the first turn takes the channels in, before the first tick reads what is to be sent
    ticked = clock.nanos();
    swept = ticked;
    floored = ticked;
    happen(hearing::adoptAll);
    thread.start();
  }

  // ---- what others ask ----

  /** Accepts messages, or tells why not. */
  public void accept(Accept accept) {
    Problem failed = failure;
    int count = accept.messages().size();
    if (failed != null || stopping) {
      accept
          .reply()
          .refused(failed == null ? busy("the gateway is about to end") : failed, UNAVAILABLE);
    } else if (waiting.addAndGet(count) > options.accepts()) {
      waiting.addAndGet(-count);
      accept.reply().refused(busy("too many messages wait to be written"), UNAVAILABLE);
    } else {
      happen(() -> take(accept));
    }
  }

  private static Problem busy(String what) {
    return GatewayProblems.BUSY.at(
        Where.named("the gateway"), what, "send the same request again in a second");
  }

  /** Adds a channel, or sets how one that is there is used. */
  public void add(Channel channel, LineSettings settings) {
    Line line = new Line(channel, settings, clock.nanos());
    channel.listen(this);
    shown.put(line.name, line);
    happen(() -> sending.lines().put(line.name, line));
  }

  /** Sets how a channel is used. */
  public void settings(String name, LineSettings settings) {
    happen(() -> {
      Line line = sending.lines().get(name);
      if (line != null) {
        line.settings = settings;
        line.pace.limit(settings.throughput());
      }
    });
  }

  /** Takes a channel away; its messages go to others. */
  public void remove(String name) {
    shown.remove(name);
    happen(() -> {
      Line line = sending.lines().remove(name);
      if (line != null) {
        sending.rehome(line);
      }
    });
  }

  /** Who hears messages from people, besides the store. */
  public void ears(Function<Incoming, CompletableFuture<Void>> listener) {
    ears = listener;
  }

  /** How well a channel is, or null where it is not there. */
  public @Nullable Health health(String name) {
    Line line = shown.get(name);
    return line == null ? null : line.health;
  }

  /**
   * A channel as it is now.
   *
   * @param name its name
   * @param kind its kind
   * @param ready whether it takes messages
   * @param drain whether it is given no more
   * @param open whether its circuit is open
   * @param waiting messages that wait for it
   * @param unanswered messages that it was given
   * @param most how many that may be
   * @param rate how fast it is given them; 0 for any
   * @param health how well it is
   */
  public record LineView(
      String name,
      String kind,
      boolean ready,
      boolean drain,
      boolean open,
      int waiting,
      int unanswered,
      int most,
      double rate,
      Health health) {}

  /** All channels. */
  public List<LineView> lines() {
    List<LineView> views = new ArrayList<>();
    Instant now = clock.now();
    for (Line line : shown.values()) {
      LineSettings settings = line.settings;
      views.add(
          new LineView(
              line.name,
              line.channel.kind(),
              line.channel.ready(),
              settings.drain() || settings.closed().test(now),
              line.brokenOff,
              line.waiting,
              line.claimed(),
              line.channel.most(),
              line.rate,
              line.health));
    }
    views.sort(Comparator.comparing(LineView::name));
    return views;
  }

  /** What was counted. */
  public Counters counters() {
    return counters;
  }

  /** How many messages without a provider are in memory. */
  public int held() {
    return held;
  }

  /** Why it stopped, or null. */
  public @Nullable Problem failure() {
    return failure;
  }

  /** A callback got through. */
  public void called(Batch.Notice callback) {
    happen(() -> {
      work.callbackGone(callback.tenant());
      work.batch.called(callback.id());
    });
  }

  /** A callback did not get through. */
  public void tried(Batch.Notice callback, Tried how) {
    happen(() -> {
      if (how.dead()) {
        work.callbackGone(callback.tenant());
      }
      work.batch.add(how);
    });
  }

  /** Tries a dead letter again, as if it were new. */
  public void revive(Batch.Notice dead) {
    happen(() -> {
      work.batch.add(new Tried(dead.id(), 0, work.millis, false));
      Batch.Notice alive =
          new Batch.Notice(
              dead.id(),
              dead.message(),
              dead.tenant(),
              dead.url(),
              dead.body(),
              0,
              work.millis,
              false);
      work.offer(alive);
    });
  }

  /** Notes what somebody did. */
  public void audit(String who, String what, String detail) {
    happen(() -> work.batch.add(new Audit(work.millis, who, what, detail)));
  }

  /** Forgets a number; completes with how many messages it were. */
  public CompletableFuture<Integer> erase(String tenant, String number) {
    return alone(() -> {
      sending.forget(number);
      work.commit();
      return store.erase(tenant, number);
    });
  }

  /** Forgets old messages; completes with how many it were. */
  public CompletableFuture<Integer> forget(Instant before, int most) {
    return alone(() -> store.forget(before, most));
  }

  /** Work on the store that is a transaction of its own, after this turn's. */
  private CompletableFuture<Integer> alone(Supplier<Integer> ask) {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    happen(() -> {
      work.commit();
      try {
        done.complete(ask.get());
      } catch (ProblemException failed) {
        done.completeExceptionally(failed);
      }
    });
    return done;
  }

  // ---- documents ----

  @Override
  public CompletableFuture<Void> put(String kind, Document document) {
    Instant due = document.due();
    return write(
        new Paper(kind, document.key(), due == null ? null : due.toEpochMilli(), document.body()));
  }

  @Override
  public CompletableFuture<Void> remove(String kind, String key) {
    return write(new Paper(kind, key, null, null));
  }

  private CompletableFuture<Void> write(Paper paper) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Problem failed = failure;
    if (failed != null || stopping) {
      done.completeExceptionally(
          new ProblemException(failed == null ? busy("the gateway is about to end") : failed));
      return done;
    }
    happen(() -> {
      work.batch.add(paper);
      work.after.add(() -> done.complete(null));
    });
    return done;
  }

  @Override
  public Optional<Document> get(String kind, String key) {
    return store.document(kind, key);
  }

  @Override
  public List<Document> list(String kind, String after, int most) {
    return store.documents(kind, after, most);
  }

  @Override
  public List<Document> due(String kind, Instant at, int most) {
    return store.due(kind, at, most);
  }

  // ---- what channels tell ----

  @Override
  public void status(Status status, Runnable taken) {
    happen(() -> {
      hearing.heard(status);
      work.after.add(taken);
    });
  }

  @Override
  public void incoming(Incoming incoming, Runnable taken) {
    happen(() -> {
      work.batch.add(
          new Heard(
              incoming.channel(),
              incoming.from(),
              incoming.to(),
              incoming.text(),
              incoming.at().toEpochMilli()));
      // a STOP that was taken and forgotten would be a message to who did not want it
      work.after.add(() -> {
        var _ = ears.apply(incoming).thenRun(taken);
      });
    });
  }

  @Override
  public void room() {
    wake();
  }

  private void again(Orphan early) {
    happen(() -> hearing.adopt(early));
  }

  private void ask(Awaiting awaiting) {
    Line line = sending.lines().get(awaiting.provider);
    if (line == null || !(line.channel instanceof Queries queries)) {
      return;
    }
    work.after.add(() -> {
      for (String id : awaiting.providerIds) {
        var _ =
            queries
                .query(id, awaiting.from)
                .whenComplete((told, _) ->
                    happen(() -> {
                      if (told != null && told.isPresent() && told.get().state().settled()) {
                        hearing.heard(told.get());
                      } else {
                        hearing.unknown(awaiting, "no receipt came, and the provider cannot say");
                      }
                    }));
      }
    });
  }

  private void send(Flight flight, Line line) {
    flight.sentNanos = work.nanos;
    var _ =
        line.channel
            .send(flight.message())
            .whenComplete((answer, broken) -> {
              Answer told =
                  answer == null ? new Answer.InDoubt("the channel failed: " + broken) : answer;
              happen(() -> sending.answered(flight, line, told, hearing));
            });
  }

  // ---- the thread ----

  private void happen(Runnable what) {
    happened.add(what);
    wake();
  }

  private void wake() {
    if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
  }

  private void take(Accept accept) {
    waiting.addAndGet(-accept.messages().size());
    String key = accept.key();
    if (key == null) {
      long[] ids = sending.accept(accept.messages());
      work.after.add(() -> accept.reply().accepted(ids));
      return;
    }
    String whole = accept.tenant() + '\n' + key;
    Once known = onceNow.get(whole);
    if (known == null) {
      known = store.once(accept.tenant(), key).orElse(null);
    }
    if (known == null) {
      long[] ids = sending.accept(accept.messages());
      Once once = new Once(accept.tenant(), key, accept.digest(), written(ids), work.millis);
      onceNow.put(whole, once);
      work.batch.add(once);
      work.after.add(() -> accept.reply().accepted(ids));
    } else if (known.digest().equals(accept.digest())) {
      counters.countReplayed();
      long[] ids = read(known.answer());
      work.after.add(() -> accept.reply().replayed(ids));
    } else {
      accept
          .reply()
          .refused(
              GatewayProblems.KEY_REUSED.at(
                  Where.named("Idempotency-Key"),
                  "this key was used for another request",
                  "use a new key for every new request"),
              CONFLICT);
    }
  }

  private static String written(long[] ids) {
    StringBuilder all = new StringBuilder();
    for (long id : ids) {
      all.append(all.isEmpty() ? "" : ",").append(id);
    }
    return all.toString();
  }

  private static long[] read(String ids) {
    return Arrays.stream(ids.split(",")).mapToLong(Long::parseLong).toArray();
  }

  private void run() {
    try {
      while (!stopping || !happened.isEmpty()) {
        turn();
      }
      work.look();
      floor();
      work.commit();
    } catch (ProblemException failed) {
      fail(failed.problems().getFirst());
    } catch (RuntimeException | Error failed) {
      fail(
          GatewayProblems.ENGINE
              .at(Where.named("the gateway"), "it failed unforeseen: " + failed, "report it")
              .causedBy(failed));
    }
  }

  private void turn() {
    work.look();
    if (begun && work.nanos - ticked >= TICK_NANOS) {
      tick();
    }
    begun = true;
    int count = 0;
    for (Runnable each = happened.poll(); each != null; each = happened.poll()) {
      each.run();
      if (++count >= options.batch()) {
        break;
      }
    }
    sending.claim();
    held = sending.held();
    boolean did = work.commit();
    onceNow.clear();
    if (count == 0 && !did && happened.isEmpty()) {
      rest();
    }
  }

  private void tick() {
    ticked = work.nanos;
    work.refillCallbacks();
    sending.tick();
    if (work.nanos - swept >= SWEEP_NANOS) {
      swept = work.nanos;
      hearing.sweep();
    }
    if (work.nanos - floored >= FLOOR_NANOS) {
      floored = work.nanos;
      floor();
    }
  }

  /** Notes where reading has to begin after a crash, so that it need not read everything. */
  private void floor() {
    long floor = Math.min(sending.floor(), work.lastId());
    if (floor == floorNoted) {
      return;
    }
    floorNoted = floor;
    work.batch.add(new Paper(KIND, FLOOR, null, Json.object().put("id", floor).build()));
  }

  private void rest() {
    asleep = true;
    if (happened.isEmpty() && !stopping) {
      LockSupport.parkNanos(this, sending.due(TICK_NANOS));
    }
    asleep = false;
  }

  private void fail(Problem problem) {
    failure = problem;
    fatal.accept(problem);
    // what waits is told; what comes later sees the failure
    for (Runnable each = happened.poll(); each != null; each = happened.poll()) {
      // a request that is dropped here closes its connection when the gateway ends
      waiting.set(0);
    }
  }

  /**
   * Ends after all that has happened so far is durable; what no provider has stays in the store.
   */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
