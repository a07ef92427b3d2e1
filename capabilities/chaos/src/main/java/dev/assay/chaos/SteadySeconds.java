package dev.assay.chaos;

import dev.assay.api.evidence.Event;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * At which moments of a grid, from the first fault on, the steady state held on the last window;
 * each is judged once its evidence has had the time to come. Not thread-safe.
 */
final class SteadySeconds {

  /**
   * A moment.
   *
   * @param at when
   * @param held whether the steady state held on the window that ended then
   */
  record Moment(Instant at, boolean held) {}

  private final SteadyState steady;
  private final Timing timing;
  private final EvidenceSink sink;
  private final CheckContext context;
  private final List<Moment> moments = new ArrayList<>();
  private @Nullable Instant next;
  private boolean held = true;

  SteadySeconds(SteadyState steady, Timing timing, EvidenceSink sink, CheckContext context) {
    this.steady = steady;
    this.timing = timing;
    this.sink = sink;
    this.context = context;
  }

  /** A fault begins. */
  void begin(Instant now) {
    if (next == null) {
      next = now.plus(timing.grid());
    }
  }

  /** Judges every moment whose evidence is there by now. */
  void look(Instant now) {
    for (Instant at = next; at != null && !at.plus(timing.lag()).isAfter(now); at = next) {
      moment(at);
      next = at.plus(timing.grid());
    }
  }

  private void moment(Instant at) {
    boolean holds = steady.holds(at);
    moments.add(new Moment(at, holds));
    if (holds != held) {
      held = holds;
      sink.emit(
          new Event(
              context.check(),
              at,
              holds ? "steady.held" : "steady.lost",
              holds
                  ? "the steady state holds again"
                  : context.redact("the steady state does not hold: " + steady.why(at)),
              Map.of("check", steady.check())));
    }
  }

  List<Moment> moments() {
    return List.copyOf(moments);
  }

  long count() {
    return moments.size();
  }

  long heldCount() {
    return moments.stream().filter(Moment::held).count();
  }
}
