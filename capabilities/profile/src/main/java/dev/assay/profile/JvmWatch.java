package dev.assay.profile;

import dev.assay.profile.perfdata.JvmReading;
import dev.assay.profile.perfdata.PerfData;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Follows garbage collection in the JVMs of one service. For one thread at a time. */
final class JvmWatch implements AutoCloseable {

  /** A process that is no JVM by then will not become one. */
  private static final int MOST_TRIES = 10;

  private final String service;
  private final Emission emission;
  private final Map<Long, Followed> followed = new HashMap<>();
  private final Map<Long, Integer> tries = new HashMap<>();
  private final Histogram pauses = new Histogram(3);
  private long paused;
  private long live = -1;

  private static final class Followed {
    private final PerfData data;
    private JvmReading last;

    Followed(PerfData data) {
      this.data = data;
      this.last = data.read();
    }
  }

  JvmWatch(String service, Emission emission) {
    this.service = service;
    this.emission = emission;
  }

  /** Takes up new JVMs among the processes and drops those that have ended. */
  void follow(List<Long> processes) {
    Set<Long> living = new HashSet<>(processes);
    for (Iterator<Map.Entry<Long, Followed>> all = followed.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Long, Followed> one = all.next();
      if (!living.contains(one.getKey())) {
        one.getValue().data.close();
        all.remove();
      }
    }
    tries.keySet().retainAll(living);
    for (long pid : processes) {
      if (!followed.containsKey(pid) && tries.merge(pid, 1, Integer::sum) <= MOST_TRIES) {
        PerfData.of(pid).ifPresent(data -> followed.put(pid, new Followed(data)));
      }
    }
  }

  /** Looks whether there were pauses since it last looked. */
  void look() {
    boolean collected = false;
    long settled = 0;
    for (Followed jvm : followed.values()) {
      JvmReading now = jvm.data.read();
      long count = now.collections() - jvm.last.collections();
      long nanos = now.pausedNanos() - jvm.last.pausedNanos();
      if (count > 0 && nanos >= 0) {
        // Where several fell between two looks, each is taken for their mean.
        pauses.recordValueWithCount(nanos / count, count);
        paused += nanos;
        collected = true;
      }
      settled += now.settled();
      jvm.last = now;
    }
    if (collected) {
      live = settled;
    }
  }

  /** Emits what was seen since the last time. */
  void emit(Instant from, Instant to, long took) {
    if (followed.isEmpty()) {
      return;
    }
    long heap = followed.values().stream().mapToLong(jvm -> jvm.last.heap()).sum();
    emission.reading(ProfileMetrics.HEAP, service, from, to, heap);
    emission.share(
        ProfileMetrics.GC_TIME,
        service,
        from,
        to,
        paused / 1000,
        Math.max(1, took * followed.size() / 1000));
    emission.distribution(ProfileMetrics.GC_PAUSE, service, from, to, pauses);
    if (live >= 0) {
      emission.reading(ProfileMetrics.HEAP_LIVE, service, from, to, live);
    }
    pauses.reset();
    paused = 0;
  }

  @Override
  public void close() {
    followed.values().forEach(jvm -> jvm.data.close());
    followed.clear();
  }
}
