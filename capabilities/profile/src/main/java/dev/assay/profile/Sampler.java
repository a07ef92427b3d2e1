package dev.assay.profile;

import dev.assay.api.spi.Clock;
import dev.assay.profile.process.ProcessProbe;
import dev.assay.profile.process.ServiceReading;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads once a second what the services use, in a thread of its own, from its making to its close.
 * In between it looks at the counters of their JVMs ten times a second, so that pauses that follow
 * one another are told apart.
 */
final class Sampler implements AutoCloseable {

  private static final long LOOK_NANOS = 100_000_000;
  private static final int LOOKS_PER_READING = 10;

  /** Less time than this says nothing about processor time that is counted in 10 ms. */
  private static final long LEAST_NANOS = 200_000_000;

  private final Map<Long, String> services;
  private final Emission emission;
  private final Clock clock;
  private final ProcessProbe probe;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private final Map<Long, JvmWatch> jvms = new LinkedHashMap<>();
  private Map<Long, ServiceReading> last;
  private Instant lastAt;
  private long lastNanos;

  /**
   * Begins.
   *
   * @param services names by the id of the started process
   */
  Sampler(String check, Map<Long, String> services, Emission emission, Clock clock) {
    this.services = Map.copyOf(services);
    this.emission = emission;
    this.clock = clock;
    this.probe = ProcessProbe.of(services.keySet());
    services.forEach((pid, name) -> jvms.put(pid, new JvmWatch(name, emission)));
    if (!probe.whole()) {
      services
          .values()
          .forEach(service ->
              emission.note(
                  "profile.processor-only",
                  service,
                  "only the processor time of '"
                      + service
                      + "' is known on this system; memory, threads and files are read on Linux"));
    }
    this.last = probe.read();
    this.lastAt = clock.now();
    this.lastNanos = clock.nanos();
    last.forEach((pid, reading) -> jvm(pid).follow(reading.processes()));
    jvms.values().forEach(JvmWatch::look);
    this.thread = Thread.ofPlatform().daemon().name("profile-" + check).start(this::work);
  }

  private JvmWatch jvm(long pid) {
    return java.util.Objects.requireNonNull(jvms.get(pid));
  }

  private void work() {
    long due = lastNanos;
    try {
      for (int looks = 1; ; looks++) {
        due += LOOK_NANOS;
        boolean stopped = stop.await(Math.max(0, due - clock.nanos()), TimeUnit.NANOSECONDS);
        if (stopped) {
          return;
        }
        jvms.values().forEach(JvmWatch::look);
        if (looks % LOOKS_PER_READING == 0) {
          read();
          // A machine that was asleep or overloaded is not made up for.
          due = Math.max(due, clock.nanos() - LOOK_NANOS);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    Map<Long, ServiceReading> readings = probe.read();
    Instant at = clock.now();
    long nanos = clock.nanos();
    readings.forEach((pid, reading) -> {
      String service = services.get(pid);
      if (service != null) {
        emit(service, last.get(pid), reading, at, nanos - lastNanos);
        JvmWatch jvm = jvm(pid);
        jvm.follow(reading.processes());
        jvm.emit(lastAt, at, nanos - lastNanos);
      }
    });
    last = readings;
    lastAt = at;
    lastNanos = nanos;
  }

  private void emit(
      String service,
      @org.jspecify.annotations.Nullable ServiceReading before,
      ServiceReading reading,
      Instant at,
      long took) {
    if (before != null && took > 0) {
      long used = Math.max(0, reading.cpuNanos() - before.cpuNanos());
      emission.reading(ProfileMetrics.CPU, service, lastAt, at, (double) used / took);
    }
    if (probe.whole()) {
      emission.reading(ProfileMetrics.MEMORY, service, lastAt, at, reading.memory());
      emission.reading(ProfileMetrics.THREADS, service, lastAt, at, reading.threads());
      emission.reading(ProfileMetrics.FILES, service, lastAt, at, reading.files());
    }
  }

  /** Reads a last time, says the peaks, and lets go of everything. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return;
    }
    jvms.values().forEach(JvmWatch::look);
    if (clock.nanos() - lastNanos >= LEAST_NANOS) {
      read();
    }
    if (probe.whole()) {
      last.forEach((pid, reading) -> {
        String service = services.get(pid);
        if (service != null) {
          emission.reading(ProfileMetrics.MEMORY_PEAK, service, lastAt, reading.peak());
        }
      });
    }
    jvms.values().forEach(JvmWatch::close);
  }
}
