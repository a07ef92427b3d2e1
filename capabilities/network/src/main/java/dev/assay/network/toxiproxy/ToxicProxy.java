package dev.assay.network.toxiproxy;

import dev.assay.api.json.Json;
import dev.assay.network.link.Condition;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A proxy with its toxics. Methods that change it return once the change works on all its
 * connections. Not thread-safe: one thread, except that counters may be read by any.
 */
final class ToxicProxy {

  /** More toxics than this on one proxy are refused. */
  private static final int MOST_TOXICS = 100;

  private final String name;
  private final Carrier carrier;
  private final ToxicStages stages;
  private final List<LongAdder> received = List.of(new LongAdder(), new LongAdder());
  private final List<LongAdder> sent = List.of(new LongAdder(), new LongAdder());
  private String listen;
  private String upstream;
  private List<Toxic> toxics = List.of();
  private Carrier.@Nullable Running running;

  /** A proxy that does not listen yet. */
  ToxicProxy(String name, String listen, String upstream, Carrier carrier, long seed) {
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    this.carrier = carrier;
    this.stages = new ToxicStages(seed, received, sent);
  }

  String name() {
    return name;
  }

  /** Where it listens, or is to listen once it is enabled. */
  String listen() {
    return listen;
  }

  String upstream() {
    return upstream;
  }

  boolean enabled() {
    return running != null;
  }

  /** Bytes taken from the sender. */
  long received(Stream stream) {
    return received.get(stream.ordinal()).sum();
  }

  /** Bytes handed to the receiver. */
  long sent(Stream stream) {
    return sent.get(stream.ordinal()).sum();
  }

  /** Begins to listen, which shows the port that was found in {@link #listen}. */
  void start() {
    if (running == null) {
      InetSocketAddress wanted = GoAddress.parse(listen).resolved();
      Carrier.Running started = carrier.open(wanted, GoAddress.parse(upstream), working());
      running = started;
      listen =
          GoAddress.parse(listen).host().isEmpty()
              ? "[::]:" + started.address().getPort()
              : GoAddress.show(started.address());
    }
  }

  /** Ends listening and all connections. */
  void stop() {
    Carrier.Running before = running;
    running = null;
    if (before != null) {
      before.close();
    }
  }

  /** Whether it would have to begin anew to listen or lead there. */
  boolean differs(String newListen, String newUpstream) {
    return !newUpstream.equals(upstream)
        || !(newListen.equals(listen)
            || GoAddress.show(GoAddress.parse(newListen).resolved()).equals(listen));
  }

  void update(String newListen, String newUpstream, boolean enable) {
    if (differs(newListen, newUpstream)) {
      stop();
      listen = newListen;
      upstream = newUpstream;
    }
    if (enable) {
      start();
    } else {
      stop();
    }
  }

  /** Toxics of upstream first, each direction in the order in which bytes go through them. */
  List<Toxic> toxics() {
    List<Toxic> all = new ArrayList<>();
    for (Stream stream : Stream.values()) {
      toxics.stream().filter(toxic -> toxic.stream() == stream).forEach(all::add);
    }
    return all;
  }

  Toxic toxic(String wanted) {
    for (Toxic toxic : toxics) {
      if (toxic.name().equals(wanted)) {
        return toxic;
      }
    }
    throw ApiFailure.toxicNotFound();
  }

  Toxic addToxic(RequestBody body) {
    if (toxics.size() >= MOST_TOXICS) {
      throw ApiFailure.tooMany("toxics on proxy " + name);
    }
    Toxic added = Toxic.read(body, toxics);
    List<Toxic> changed = new ArrayList<>(toxics);
    changed.add(added);
    apply(changed);
    return added;
  }

  Toxic changeToxic(String wanted, String body) {
    Toxic before = toxic(wanted);
    Toxic after = before.changed(RequestBody.read(body));
    List<Toxic> changed = new ArrayList<>(toxics);
    changed.set(changed.indexOf(before), after);
    apply(changed);
    return after;
  }

  void removeToxic(String wanted) {
    List<Toxic> changed = new ArrayList<>(toxics);
    changed.remove(toxic(wanted));
    apply(changed);
  }

  void removeToxics() {
    apply(List.of());
  }

  private void apply(List<Toxic> changed) {
    toxics = List.copyOf(changed);
    Carrier.Running now = running;
    if (now != null) {
      now.work(working());
    }
  }

  private Carrier.Working working() {
    Condition condition = Condition.NONE;
    for (Toxic toxic : toxics) {
      condition = toxic.over(condition);
    }
    return new Carrier.Working(stages.of(toxics), condition);
  }

  /** As the API shows it; {@code Logger} is an accident of Toxiproxy that clients have seen. */
  Json json() {
    return Json.object()
        .put("name", name)
        .put("listen", listen)
        .put("upstream", upstream)
        .put("enabled", enabled())
        .put("Logger", Json.object().build())
        .put("toxics", Json.array(toxics().stream().map(Toxic::json).toList()))
        .build();
  }
}
