package dev.assay.gateway.engine;

import dev.assay.gateway.Answer;
import dev.assay.gateway.State;
import dev.assay.gateway.route.Candidate;
import dev.assay.gateway.route.Decision;
import dev.assay.gateway.route.Routes;
import dev.assay.gateway.store.Batch.Orphan;
import dev.assay.gateway.store.Batch.Submission;
import dev.assay.gateway.store.StoredMessage;
import dev.assay.smpp.text.MessageIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Messages on their way to a provider. Everything here happens on the engine's thread. */
final class Sending {

  private static final int LONGEST_CODE = 400;
  private static final long UNAVAILABLE_NANOS = 200_000_000;

  /** Of the pause after a refusal: to 51 seconds. */
  private static final int MOST_DOUBLINGS = 8;

  /** Few, as nothing else is done meanwhile; it comes round fifty times a second. */
  private static final int REFILLED_AT_ONCE = 500;

  private static final long FULL_SCAN_NANOS = 1_000_000_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private record Later(Flight flight, Line line, long due) {}

  private final Work work;
  private final EngineOptions options;
  private final Supplier<Routes> routes;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final Map<Long, Flight> flights = new LinkedHashMap<>();
  private final PriorityQueue<Later> later =
      new PriorityQueue<>(Comparator.comparingLong(Later::due));
  private final List<Flight> homeless = new ArrayList<>();
  private final BiConsumer<Flight, Line> send;
  private long lastScan;

  /** Where the store is to be read on; nothing is where it is as large as can be. */
  private long spilled;

  /**
   * Made once.
   *
   * @param send gives a message to its channel, after it is durable that it may have gone
   */
  Sending(
      Work work, EngineOptions options, Supplier<Routes> routes, BiConsumer<Flight, Line> send) {
    this.work = work;
    this.options = options;
    this.routes = routes;
    this.send = send;
    this.lastScan = work.nanos;
  }

  Map<String, Line> lines() {
    return lines;
  }

  /** How many are in memory. */
  int held() {
    return flights.size();
  }

  /** Whether it is on its way. */
  boolean flies(long id) {
    return flights.containsKey(id);
  }

  boolean spilling() {
    return spilled != Long.MAX_VALUE;
  }

  /** The smallest id that no provider has; everything below is with one, or settled. */
  long floor() {
    long lowest = spilled;
    for (long id : flights.keySet()) {
      lowest = Math.min(lowest, id - 1);
    }
    return lowest;
  }

  /** Reads from there on what is to be sent. */
  void startAt(long floor) {
    spilled = floor;
  }

  // ---- new messages ----

  long[] accept(List<Accept.Routed> messages) {
    long[] ids = new long[messages.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = accept(messages.get(i));
    }
    return ids;
  }

  private long accept(Accept.Routed routed) {
    long id = work.nextId();
    Decision decision = routed.decision();
    var draft = routed.draft();
    StoredMessage stored =
        new StoredMessage(
            id,
            State.ACCEPTED,
            0,
            draft.tenant(),
            decision.from(),
            decision.to().isEmpty() ? draft.to() : decision.to(),
            draft.text(),
            work.millis + draft.validity().toMillis(),
            "",
            decision.country(),
            0,
            0,
            "",
            draft.reference(),
            draft.callback(),
            draft.receipt(),
            draft.channels(),
            draft.properties());
    Flight flight = new Flight(stored, candidates(stored, decision));
    flight.fresh = true;
    work.touched.add(flight);
    work.step(flight, State.ACCEPTED, "");
    if (spilling() || flights.size() >= options.memory()) {
      // it waits in the store, and so do all after it until that is read again
      spilled = Math.min(spilled, id - 1);
    } else {
      flights.put(id, flight);
      route(flight, "");
    }
    return id;
  }

  /** What the message asks for, by name or kind of channels; else what the routes say. */
  private List<Candidate> candidates(StoredMessage message, Decision decision) {
    if (message.channels().isEmpty()) {
      return decision.candidates();
    }
    List<Candidate> asked = new ArrayList<>();
    for (String wanted : message.channels()) {
      boolean byRoutes = false;
      for (Candidate each : decision.candidates()) {
        Line line = lines.get(each.provider());
        if (line != null && (wanted.equals(line.name) || wanted.equals(line.channel.kind()))) {
          asked.add(each);
          byRoutes = true;
        }
      }
      if (!byRoutes) {
        lines.values().stream()
            .filter(line -> wanted.equals(line.name) || wanted.equals(line.channel.kind()))
            .forEach(line -> asked.add(new Candidate(line.name, 0)));
      }
    }
    return asked;
  }

  /** Gives it to the best candidate that is there; to the first where none is. */
  private void route(Flight flight, String code) {
    Line chosen = null;
    int at = 0;
    for (int i = 0; i < flight.candidates.size(); i++) {
      Line line = lines.get(flight.candidates.get(i).provider());
      if (line != null && (chosen == null || line.open(work.now) && !line.breaker.open())) {
        chosen = line;
        at = i;
        if (line.open(work.now) && !line.breaker.open()) {
          break;
        }
      }
    }
    if (chosen == null) {
      homeless.add(flight);
      return;
    }
    flight.candidate = at;
    to(flight, chosen, code);
  }

  private void to(Flight flight, Line line, String code) {
    flight.provider = line.name;
    work.step(flight, State.ROUTED, code);
    line.queue.add(flight);
  }

  private @Nullable Line next(Flight flight) {
    for (int i = flight.candidate + 1; i < flight.candidates.size(); i++) {
      Line line = lines.get(flight.candidates.get(i).provider());
      if (line != null) {
        flight.candidate = i;
        return line;
      }
    }
    return null;
  }

  // ---- out ----

  /** Sends what may be sent. */
  void claim() {
    for (Line line : lines.values()) {
      line.pace.learn(work.nanos);
      if (!line.queue.isEmpty()) {
        claim(line);
      }
      line.waiting = line.queue.size();
      line.rate = line.pace.rate();
      line.brokenOff = line.breaker.open();
    }
  }

  private void claim(Line line) {
    if (!line.open(work.now)) {
      return;
    }
    int room = line.room();
    while (room > 0 && !line.queue.isEmpty()) {
      Flight flight = line.queue.peek();
      if (flight.expired(work.millis)) {
        line.queue.poll();
        settle(flight, State.EXPIRED, flight.code.equals("erased") ? "erased" : "not sent in time");
        continue;
      }
      if (!line.breaker.allows(work.nanos) || !line.pace.take(work.nanos)) {
        return;
      }
      line.queue.poll();
      work.step(flight, State.SUBMITTED, "");
      line.claim(1);
      room--;
      work.after.add(() -> send.accept(flight, line));
      if (line.breaker.open()) {
        return;
      }
    }
  }

  // ---- answers ----

  void answered(Flight flight, Line line, Answer answer, Hearing hearing) {
    line.claim(-1);
    double millis = (work.nanos - flight.sentNanos) / NANOS_PER_MILLI;
    switch (answer) {
      case Answer.Accepted accepted -> {
        line.breaker.good();
        line.pace.good();
        line.health.answered(true, millis);
        acknowledged(flight, line, accepted.providerIds(), hearing);
      }
      case Answer.Rejected rejected -> {
        line.breaker.good();
        line.pace.good();
        line.health.answered(true, millis);
        rejected(flight, rejected);
      }
      case Answer.Again again -> again(flight, line, again);
      case Answer.InDoubt doubt -> {
        line.breaker.bad(work.nanos);
        line.health.answered(false, millis);
        doubt(flight, line, "in doubt: " + doubt.reason());
      }
    }
  }

  private void acknowledged(Flight flight, Line line, List<String> ids, Hearing hearing) {
    flight.parts = Math.max(1, ids.size());
    flight.cost = cost(flight) * flight.parts;
    String all = String.join(",", ids);
    flight.code = "";
    work.step(
        flight,
        State.ACKNOWLEDGED,
        all.length() > LONGEST_CODE ? all.substring(0, LONGEST_CODE) : all);
    for (int part = 0; part < ids.size(); part++) {
      work.batch.add(new Submission(line.name, ids.get(part), flight.id(), part));
    }
    flights.remove(flight.id());
    StoredMessage message = flight.stored;
    work.tell(
        message.id(),
        message.tenant(),
        message.reference(),
        message.callback(),
        State.ACKNOWLEDGED,
        line.name,
        "");
    if (!message.receipt()) {
      return;
    }
    Awaiting awaiting =
        new Awaiting(
            message.id(),
            message.tenant(),
            message.reference(),
            message.callback(),
            line.name,
            ids,
            message.from(),
            message.expires(),
            flight.parts,
            flight.cost,
            message.channels().size() > 1,
            State.ACKNOWLEDGED,
            flight.steps);
    for (String id : ids) {
      line.awaiting.put(id, awaiting);
    }
    if (line.early.isEmpty()) {
      return;
    }
    for (String id : ids) {
      // a receipt may say the id in another base than the answer does
      for (String form : MessageIds.forms(id)) {
        Orphan early = line.early.remove(form);
        if (early != null) {
          // in another turn, as this one's changes are written at its end
          work.after.add(() -> hearing.later(early));
        }
      }
    }
  }

  private long cost(Flight flight) {
    return flight.candidate < flight.candidates.size()
        ? flight.candidates.get(flight.candidate).cost()
        : 0;
  }

  /** Another channel may take it, where the message names several. */
  private void rejected(Flight flight, Answer.Rejected rejected) {
    Line next = flight.stored.channels().size() > 1 ? next(flight) : null;
    if (next != null) {
      work.counters.countFailover();
      to(flight, next, "rejected: " + rejected.code());
    } else {
      settle(flight, State.FAILED, rejected.code());
    }
  }

  private void again(Flight flight, Line line, Answer.Again again) {
    boolean throttled = again.cause() == Answer.Cause.THROTTLED;
    if (throttled) {
      line.pace.throttled();
      line.breaker.good();
      work.counters.countThrottled();
    } else {
      line.breaker.bad(work.nanos);
      line.health.answered(false, 0);
    }
    work.step(flight, State.ROUTED, throttled ? "throttled" : "not taken: " + again.reason());
    Duration after = again.after();
    if (!after.isZero()) {
      later.add(new Later(flight, line, work.nanos + after.toNanos()));
    } else if (throttled) {
      line.queue.addFirst(flight);
    } else {
      long pause = UNAVAILABLE_NANOS << Math.min(flight.refusals++, MOST_DOUBLINGS);
      later.add(new Later(flight, line, work.nanos + pause));
    }
  }

  /** It went out, and nobody knows whether it came in. */
  void doubt(Flight flight, Line line, String code) {
    LineSettings settings = line.settings;
    if (settings.resend() && flight.resubmits < settings.duplicates()) {
      flight.resubmits++;
      work.counters.countResubmitted();
      flight.provider = line.name;
      work.step(flight, State.ROUTED, "resubmitted, " + code);
      // the same provider, that it may see the repetition; when it stays away, another
      line.queue.addFirst(flight);
    } else {
      settle(flight, State.UNKNOWN, code);
    }
  }

  void settle(Flight flight, State state, String code) {
    flight.code = code;
    work.step(flight, state, code);
    flights.remove(flight.id());
    StoredMessage message = flight.stored;
    work.tell(
        message.id(),
        message.tenant(),
        message.reference(),
        message.callback(),
        state,
        flight.provider,
        code);
  }

  // ---- as time goes by ----

  /** What is due, and what waits for a provider that does not come. */
  void tick() {
    // first, as what this turn adds to the store is not to be read there yet
    refill();
    while (!later.isEmpty() && later.peek().due() - work.nanos <= 0) {
      Later due = later.poll();
      due.line().queue.addFirst(due.flight());
    }
    if (work.nanos - lastScan >= FULL_SCAN_NANOS) {
      lastScan = work.nanos;
      scan();
    }
    failover();
  }

  private void scan() {
    for (Line line : lines.values()) {
      line.queue.removeIf(flight -> {
        boolean expired = flight.expired(work.millis);
        if (expired) {
          settle(flight, State.EXPIRED, "not sent in time");
        }
        return expired;
      });
    }
    List<Flight> waiting = new ArrayList<>(homeless);
    homeless.clear();
    for (Flight flight : waiting) {
      if (flight.expired(work.millis)) {
        settle(flight, State.EXPIRED, "no provider");
      } else {
        route(flight, "");
      }
    }
  }

  /** Messages of providers that are not there go to others that are. */
  private void failover() {
    for (Line line : lines.values()) {
      boolean up = line.open(work.now) && !line.breaker.open();
      if (up) {
        line.downSince = Long.MIN_VALUE;
        continue;
      }
      if (line.downSince == Long.MIN_VALUE) {
        line.downSince = work.nanos;
      }
      boolean away = work.nanos - line.downSince >= options.failover().toNanos();
      if (away && !line.queue.isEmpty()) {
        moveFrom(line);
      }
    }
  }

  private void moveFrom(Line line) {
    List<Flight> stay = new ArrayList<>();
    int moved = 0;
    while (!line.queue.isEmpty()) {
      Flight flight = line.queue.poll();
      Line other = moved < options.batch() ? another(flight, line) : null;
      if (other == null) {
        stay.add(flight);
      } else {
        moved++;
        work.counters.countFailover();
        to(flight, other, line.name + " is not there");
      }
    }
    line.queue.addAll(stay);
  }

  private @Nullable Line another(Flight flight, Line than) {
    for (int i = 0; i < flight.candidates.size(); i++) {
      Line line = lines.get(flight.candidates.get(i).provider());
      if (line != null && !line.equals(than) && line.open(work.now) && !line.breaker.open()) {
        flight.candidate = i;
        return line;
      }
    }
    return null;
  }

  /** Reads from the store what did not fit into memory, or was there when this process began. */
  private void refill() {
    if (!spilling() || flights.size() > options.memory() / 2) {
      return;
    }
    int most = Math.clamp(options.memory() / 2, 1, REFILLED_AT_ONCE);
    List<StoredMessage> rows = work.store.unsent(spilled, most);
    for (StoredMessage row : rows) {
      spilled = row.id();
      resume(row);
    }
    if (rows.size() < most) {
      spilled = Long.MAX_VALUE;
    }
  }

  private void resume(StoredMessage row) {
    Decision decision = routes.get().decide(row.tenant(), row.from(), row.to());
    Flight flight = new Flight(row, candidates(row, decision));
    flights.put(row.id(), flight);
    if (row.state() == State.SUBMITTED) {
      Line line = lines.get(row.provider());
      if (line == null) {
        settle(flight, State.UNKNOWN, "in doubt, and its provider is gone");
      } else {
        flight.candidate = Math.max(0, indexOf(flight, line.name));
        doubt(flight, line, "in doubt: the gateway ended");
      }
      return;
    }
    route(flight, "resumed");
  }

  private static int indexOf(Flight flight, String provider) {
    for (int i = 0; i < flight.candidates.size(); i++) {
      if (flight.candidates.get(i).provider().equals(provider)) {
        return i;
      }
    }
    return -1;
  }

  /** Another channel for a message that one did not deliver. */
  void tryAnother(StoredMessage row, String after) {
    Decision decision = routes.get().decide(row.tenant(), row.from(), row.to());
    Flight flight = new Flight(row, candidates(row, decision));
    flight.candidate = Math.max(0, indexOf(flight, after));
    Line next = next(flight);
    if (next == null) {
      settle(flight, State.FAILED, row.code());
    } else {
      flights.put(row.id(), flight);
      work.counters.countFailover();
      to(flight, next, after + " did not deliver it");
    }
  }

  /** A channel is gone; its messages go to others, or wait. */
  void rehome(Line line) {
    List<Flight> left = new ArrayList<>(line.queue);
    line.queue.clear();
    left.forEach(flight -> route(flight, line.name + " is gone"));
  }

  /** Nothing more of what waits for a number is sent. */
  void forget(String number) {
    for (Line line : lines.values()) {
      line.queue.removeIf(flight -> {
        boolean its = flight.stored.to().equals(number);
        if (its) {
          settle(flight, State.EXPIRED, "erased");
        }
        return its;
      });
    }
  }

  /** In how many nanoseconds something is due, at most so many. */
  long due(long most) {
    long due = most;
    if (!later.isEmpty()) {
      due = Math.min(due, Math.max(0, later.peek().due() - work.nanos));
    }
    for (Line line : lines.values()) {
      if (!line.queue.isEmpty() && line.room() > 0) {
        due = Math.min(due, Math.max(100_000, line.pace.pause(work.nanos)));
      }
    }
    return due;
  }
}
