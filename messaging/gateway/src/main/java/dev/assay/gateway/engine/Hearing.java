package dev.assay.gateway.engine;

import dev.assay.gateway.Queries;
import dev.assay.gateway.State;
import dev.assay.gateway.Status;
import dev.assay.gateway.store.Batch.Orphan;
import dev.assay.gateway.store.Batch.Submission;
import dev.assay.gateway.store.StoredEvent;
import dev.assay.gateway.store.StoredMessage;
import dev.assay.smpp.text.MessageIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What providers tell of messages that they have. Everything happens on the engine's thread. */
final class Hearing {

  private static final String PART = "part ";
  private static final int PAGE = 200;
  private static final int ORPHANS = 10_000;

  private final Work work;
  private final Map<String, Line> lines;
  private final Sending sending;
  private final EngineOptions options;
  private final Consumer<Orphan> again;
  private final Consumer<Awaiting> ask;
  private @Nullable StoredMessage sweptTo;

  /**
   * Made once.
   *
   * @param again adopts a status in another turn
   * @param ask asks the provider about a message whose receipt is missing
   */
  Hearing(
      Work work,
      Sending sending,
      EngineOptions options,
      Consumer<Orphan> again,
      Consumer<Awaiting> ask) {
    this.work = work;
    this.lines = sending.lines();
    this.sending = sending;
    this.options = options;
    this.again = again;
    this.ask = ask;
  }

  /** A status that came before its message's answer. */
  void later(Orphan early) {
    again.accept(early);
  }

  /** Statuses of nobody that are somebody's by now, as a crash came between the two. */
  void adoptAll() {
    work.store.orphans(ORPHANS).forEach(this::adopt);
  }

  /** A status of nobody, whose message is known by now. */
  void adopt(Orphan orphan) {
    Status status =
        new Status(
            orphan.provider(),
            orphan.providerId(),
            orphan.state(),
            orphan.code(),
            Instant.ofEpochMilli(orphan.at()));
    Line line = lines.get(orphan.provider());
    Awaiting awaiting = line == null ? null : remembered(line, orphan.providerId());
    if (awaiting != null || stored(status) != null) {
      work.batch.adopt(orphan);
      heard(status);
    }
  }

  void heard(Status status) {
    Line line = lines.get(status.channel());
    Awaiting awaiting = line == null ? null : remembered(line, status.providerId());
    if (awaiting == null && line != null) {
      State lately = line.lately.get(status.providerId());
      if (lately != null && !lately.mayBecome(status.state())) {
        return; // told twice
      }
    }
    if (awaiting == null) {
      awaiting = stored(status);
    }
    if (awaiting == null || sending.flies(awaiting.id)) {
      // of nobody; or of an earlier attempt of what is on its way by another channel
      orphan(line, status);
      return;
    }
    if (line != null && status.state().settled()) {
      line.health.told(status.state() == State.DELIVERED);
    }
    apply(awaiting, status.state(), status.code(), status.providerId());
  }

  private static @Nullable Awaiting remembered(Line line, String providerId) {
    Awaiting exact = line.awaiting.get(providerId);
    if (exact != null) {
      return exact;
    }
    for (String form : MessageIds.forms(providerId)) {
      Awaiting found = line.awaiting.get(form);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Awaiting stored(Status status) {
    for (String form : MessageIds.forms(status.providerId())) {
      Submission known = work.store.submission(status.channel(), form).orElse(null);
      StoredMessage message = known == null ? null : work.store.find(known.message()).orElse(null);
      if (message != null) {
        return awaiting(message);
      }
    }
    return null;
  }

  private Awaiting awaiting(StoredMessage message) {
    Awaiting now = work.turn.get(message.id());
    if (now != null) {
      return now;
    }
    Line line = lines.get(message.provider());
    List<StoredEvent> events = work.store.events(message.id());
    List<String> ids = new ArrayList<>();
    Set<String> parts = new HashSet<>();
    State worst = State.DELIVERED;
    for (StoredEvent event : events) {
      if (event.state() != State.ACKNOWLEDGED) {
        ids.clear();
        parts.clear();
      } else if (event.code().startsWith(PART)) {
        parts.add(event.code());
        worst = event.code().endsWith(State.DELIVERED.word()) ? worst : State.FAILED;
      } else if (ids.isEmpty()) {
        ids.addAll(Arrays.asList(event.code().split(",")));
      }
    }
    for (String id : ids) {
      Awaiting known = line == null ? null : line.awaiting.get(id);
      if (known != null && known.id == message.id()) {
        return known;
      }
    }
    Awaiting awaiting =
        new Awaiting(
            message.id(),
            message.tenant(),
            message.reference(),
            message.callback(),
            message.provider(),
            ids,
            message.from(),
            message.expires(),
            message.parts(),
            message.cost(),
            message.channels().size() > 1,
            message.state(),
            message.steps());
    awaiting.settledParts = parts.size();
    awaiting.worst = worst;
    if (line != null && !message.state().settled()) {
      // so that two statuses of one turn see each other
      ids.forEach(id -> line.awaiting.put(id, awaiting));
    }
    return awaiting;
  }

  private void orphan(@Nullable Line line, Status status) {
    Orphan orphan =
        new Orphan(
            status.channel(),
            status.providerId(),
            status.state(),
            status.code(),
            status.at().toEpochMilli());
    work.counters.countOrphan();
    work.batch.add(orphan);
    if (line != null) {
      line.early.put(status.providerId(), orphan);
    }
  }

  private void apply(Awaiting awaiting, State state, String code, String providerId) {
    if (!awaiting.state.mayBecome(state)) {
      return; // told twice
    }
    if (!state.settled()) {
      if (awaiting.state == State.ACKNOWLEDGED) {
        work.step(awaiting, State.ACKNOWLEDGED, "news: " + code);
      }
      return;
    }
    if (awaiting.parts > 1 && !awaiting.state.settled()) {
      awaiting.settledParts++;
      if (state != State.DELIVERED) {
        awaiting.worst = state;
      }
      if (awaiting.settledParts < awaiting.parts) {
        work.step(awaiting, State.ACKNOWLEDGED, PART + providerId + " " + state.word());
        return;
      }
      state = awaiting.worst;
    }
    forget(awaiting);
    remember(awaiting, state, providerId);
    if (state == State.FAILED && awaiting.more) {
      StoredMessage row = work.store.find(awaiting.id).orElse(null);
      if (row != null && row.steps() == awaiting.steps) {
        sending.tryAnother(row, awaiting.provider);
        return;
      }
    }
    settle(awaiting, state, code);
  }

  private void settle(Awaiting awaiting, State state, String code) {
    work.step(awaiting, state, code);
    work.tell(
        awaiting.id,
        awaiting.tenant,
        awaiting.reference,
        awaiting.callback,
        state,
        awaiting.provider,
        code);
  }

  private void remember(Awaiting awaiting, State state, String providerId) {
    Line line = lines.get(awaiting.provider);
    if (line != null && awaiting.parts <= 1) {
      line.lately.put(providerId, state);
    }
  }

  private void forget(Awaiting awaiting) {
    Line line = lines.get(awaiting.provider);
    if (line != null) {
      awaiting.providerIds.forEach(line.awaiting::remove);
    }
  }

  /** Looks for receipts that do not come: first in memory, then in the store. */
  void sweep() {
    long before = work.millis - options.grace().toMillis();
    Set<Awaiting> overdue = new HashSet<>();
    for (Line line : lines.values()) {
      for (Awaiting each : line.awaiting.values()) {
        if (each.expires < before && overdue.size() < PAGE) {
          overdue.add(each);
        }
      }
    }
    overdue.forEach(this::overdue);
    List<StoredMessage> rows = work.store.overdue(sweptTo, before, PAGE);
    rows.forEach(row -> overdue(awaiting(row)));
    // those that are being asked for are come back to
    sweptTo = rows.size() < PAGE ? null : rows.getLast();
  }

  private void overdue(Awaiting awaiting) {
    if (awaiting.state.settled() || awaiting.asked) {
      return;
    }
    for (String id : awaiting.providerIds) {
      for (String form : MessageIds.forms(id)) {
        Orphan told = work.store.orphan(awaiting.provider, form).orElse(null);
        if (told != null) {
          work.batch.adopt(told);
          apply(awaiting, told.state(), told.code(), id);
          if (awaiting.state.settled()) {
            return;
          }
        }
      }
    }
    Line line = lines.get(awaiting.provider);
    if (line != null && line.settings.query() && line.channel instanceof Queries) {
      awaiting.asked = true;
      ask.accept(awaiting);
    } else {
      unknown(awaiting, "no receipt came");
    }
  }

  /** Nobody tells what became of it. */
  void unknown(Awaiting awaiting, String code) {
    if (!awaiting.state.settled()) {
      forget(awaiting);
      settle(awaiting, State.UNKNOWN, code);
    }
  }
}
