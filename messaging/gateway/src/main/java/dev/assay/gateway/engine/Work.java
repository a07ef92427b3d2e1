package dev.assay.gateway.engine;

import dev.assay.api.spi.Clock;
import dev.assay.gateway.State;
import dev.assay.gateway.store.Batch;
import dev.assay.gateway.store.Batch.Change;
import dev.assay.gateway.store.Batch.Notice;
import dev.assay.gateway.store.GatewayStore;
import dev.assay.gateway.store.MessageId;
import dev.assay.gateway.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one turn of the engine's thread writes, and what it does once that is durable. */
final class Work {

  private static final int REFILLED_AT_ONCE = 500;

  final GatewayStore store;
  final Counters counters;
  final Batch batch = new Batch();
  final List<Runnable> after = new ArrayList<>();
  final List<Flight> touched = new ArrayList<>();

  /** Messages that this turn changed, of which the store does not know yet. */
  final Map<Long, Awaiting> turn = new HashMap<>();

  private final CallbackBody body = new CallbackBody();
  private final List<Change> last = new ArrayList<>();
  long nanos;
  long millis;
  Instant now;

  private final Clock clock;
  private final Outbox outbox;
  private final int callbacksInMemory;
  private long lastMessage;
  private long lastCallback;
  private final Map<String, Told> told = new HashMap<>();

  /** Callbacks of one tenant, so that one whose server is away does not hold up the others'. */
  private static final class Told {
    int inMemory;

    /** Where the store is to be read on; nothing is where it is as large as can be. */
    long spilled = Long.MAX_VALUE;
  }

  Work(GatewayStore store, Clock clock, Counters counters, Outbox outbox, int callbacksInMemory) {
    this.store = store;
    this.clock = clock;
    this.counters = counters;
    this.outbox = outbox;
    this.callbacksInMemory = callbacksInMemory;
    this.lastMessage = store.lastMessage();
    this.lastCallback = store.lastCallback();
    store.callbackTenants().forEach(tenant -> told(tenant).spilled = 0);
    this.now = clock.now();
    look();
  }

  /** Looks at the clocks. */
  void look() {
    now = clock.now();
    millis = now.toEpochMilli();
    nanos = clock.nanos();
  }

  long nextId() {
    lastMessage = Math.max(lastMessage + 1, MessageId.at(millis));
    return lastMessage;
  }

  long lastId() {
    return lastMessage;
  }

  /** Brings a message to a state. */
  void step(Flight flight, State state, String code) {
    flight.state = state;
    batch.add(new StoredEvent(flight.id(), flight.steps++, state, millis, flight.provider, code));
    counters.reached(state);
    if (!flight.dirty && !flight.fresh) {
      flight.dirty = true;
      touched.add(flight);
    }
  }

  /** Brings a message that a provider has to a state. */
  void step(Awaiting awaiting, State state, String code) {
    awaiting.state = state;
    turn.put(awaiting.id, awaiting);
    batch.add(
        new StoredEvent(awaiting.id, awaiting.steps++, state, millis, awaiting.provider, code));
    // after the changes of flights, one of which may be this one's on its way here
    last.add(awaiting.change(code));
    counters.reached(state);
  }

  /** Tells the client, if it wants to know. */
  void tell(
      long id,
      String tenant,
      String reference,
      @Nullable String callback,
      State state,
      String provider,
      String code) {
    String url = outbox.address(tenant, callback, state);
    if (url == null) {
      return;
    }
    String said = body.of(id, state, now, provider, code, reference);
    Notice row = new Notice(++lastCallback, id, tenant, url, said, 0, millis, false);
    batch.add(row);
    Told of = told(tenant);
    if (of.spilled == Long.MAX_VALUE && of.inMemory < callbacksInMemory) {
      offer(row);
    } else if (of.spilled == Long.MAX_VALUE) {
      // from here on they wait in the store
      of.spilled = row.id() - 1;
    }
  }

  private Told told(String tenant) {
    return told.computeIfAbsent(tenant, _ -> new Told());
  }

  void offer(Notice row) {
    told(row.tenant()).inMemory++;
    after.add(() -> outbox.offer(row));
  }

  void callbackGone(String tenant) {
    told(tenant).inMemory--;
  }

  /** Brings callbacks back from the store, when there is room. */
  void refillCallbacks() {
    told.forEach((tenant, of) -> {
      if (of.spilled != Long.MAX_VALUE && of.inMemory <= callbacksInMemory / 2) {
        refill(tenant, of);
      }
    });
  }

  private void refill(String tenant, Told of) {
    int most = Math.clamp(callbacksInMemory / 2, 1, REFILLED_AT_ONCE);
    List<Notice> rows = store.callbacks(tenant, of.spilled, most);
    for (Notice row : rows) {
      of.inMemory++;
      outbox.offer(row);
      of.spilled = row.id();
    }
    if (rows.size() < most) {
      of.spilled = Long.MAX_VALUE;
    }
  }

  /** Makes all of it durable, then does what waited for that. */
  boolean commit() {
    for (Flight flight : touched) {
      if (flight.fresh) {
        batch.add(flight.stored());
      } else {
        batch.add(flight.change());
      }
      flight.fresh = false;
      flight.dirty = false;
    }
    touched.clear();
    turn.clear();
    last.forEach(batch::add);
    last.clear();
    boolean any = !batch.isEmpty();
    if (any) {
      store.commit(batch);
      batch.clear();
      counters.countCommit();
    }
    boolean more = any || !after.isEmpty();
    List<Runnable> now = List.copyOf(after);
    after.clear();
    now.forEach(Runnable::run);
    return more;
  }
}
