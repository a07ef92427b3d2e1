package dev.assay.server.usage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Counts what programs ask of each project, until it is written down. Thread-safe. */
@Component
public final class Requests {

  private final Map<String, Counts> waiting = new ConcurrentHashMap<>();
  private final Map<String, Counts> ever = new ConcurrentHashMap<>();

  private record Counts(LongAdder all, LongAdder refused) {

    Counts() {
      this(new LongAdder(), new LongAdder());
    }

    void add(long more, long moreRefused) {
      all.add(more);
      refused.add(moreRefused);
    }

    Came came() {
      return new Came(0, 0, 0, 0, all.sum(), refused.sum());
    }

    Came taken() {
      return new Came(0, 0, 0, 0, all.sumThenReset(), refused.sumThenReset());
    }
  }

  /** Made by Spring. */
  Requests() {}

  /**
   * Counts one of a project that exists.
   *
   * @param refused whether there were too many, or a quota was reached
   */
  public void count(String project, boolean refused) {
    for (Map<String, Counts> counts : java.util.List.of(waiting, ever)) {
      counts.computeIfAbsent(project, _ -> new Counts()).add(1, refused ? 1 : 0);
    }
  }

  /** What was counted since this server began. */
  public Came since(String project) {
    Counts counts = ever.get(project);
    return counts == null ? Came.NOTHING : counts.came();
  }

  /** Gives what was not given before; where that fails it is given again later. */
  void drain(BiConsumer<String, Came> taker) {
    waiting.forEach((project, counts) -> {
      Came came = counts.taken();
      if (came.requests() > 0) {
        try {
          taker.accept(project, came);
        } catch (RuntimeException later) {
          counts.add(came.requests(), came.refused());
          throw later;
        }
      }
    });
  }
}
