package dev.assay.profile;

import dev.assay.api.spi.Clock;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.profile.process.ProcessProbe;
import dev.assay.profile.process.ServiceReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads once a second what the services use, in a thread of its own, from its making to its close;
 * a service that is started again meanwhile is read from then on as the process that it is then. In
 * between it looks at the counters of their JVMs ten times a second, so that pauses that follow one
 * another are told apart.
 */
final class Sampler implements AutoCloseable {

  private static final long LOOK_NANOS = 100_000_000;
  private static final int LOOKS_PER_READING = 10;

  /** Less time than this says nothing about processor time that is counted in 10 ms. */
  private static final long LEAST_NANOS = 200_000_000;

  private final Emission emission;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private final List<Watched> services = new ArrayList<>();
  private ProcessProbe probe;
  private Instant lastAt;
  private long lastNanos;

  /** A service, the process that it was when it was last looked for, and what was last read. */
  private static final class Watched {
    final ServiceObserver.Service<?> service;
    final JvmWatch jvm;
    long process;
    @Nullable ServiceReading last;

    Watched(ServiceObserver.Service<?> service, Emission emission) {
      this.service = service;
      this.jvm = new JvmWatch(service.name(), emission);
      this.process = service.pid();
    }
  }

  /** Begins. */
  Sampler(
      String check,
      List<? extends ServiceObserver.Service<?>> services,
      Emission emission,
      Clock clock) {
    this.emission = emission;
    this.clock = clock;
    services.forEach(service -> this.services.add(new Watched(service, emission)));
    this.probe = probe();
    if (!probe.whole()) {
      services.forEach(service ->
          emission.note(
              "profile.processor-only",
              service.name(),
              "only the processor time of '"
                  + service.name()
                  + "' is known on this system; memory, threads and files are read on Linux"));
    }
    Map<Long, ServiceReading> first = probe.read();
    this.lastAt = clock.now();
    this.lastNanos = clock.nanos();
    this.services.forEach(watched -> {
      watched.last = first.get(watched.process);
      follow(watched);
    });
    look();
    this.thread = Thread.ofPlatform().daemon().name("profile-" + check).start(this::work);
  }

  private ProcessProbe probe() {
    return ProcessProbe.of(services.stream().map(watched -> watched.process).toList());
  }

  private static void follow(Watched watched) {
    ServiceReading reading = watched.last;
    if (reading != null) {
      watched.jvm.follow(reading.processes());
    }
  }

  private void look() {
    services.forEach(watched -> watched.jvm.look());
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
        look();
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
    restarted();
    Map<Long, ServiceReading> readings = probe.read();
    Instant at = clock.now();
    long nanos = clock.nanos();
    for (Watched watched : services) {
      ServiceReading reading = readings.get(watched.process);
      if (reading != null) {
        emit(watched.service.name(), watched.last, reading, at, nanos - lastNanos);
        watched.last = reading;
        follow(watched);
        watched.jvm.emit(lastAt, at, nanos - lastNanos);
      }
    }
    lastAt = at;
    lastNanos = nanos;
  }

  /** Looks for services that are another process now. */
  private void restarted() {
    boolean changed = false;
    for (Watched watched : services) {
      long now = watched.service.pid();
      if (now != watched.process) {
        peak(watched);
        watched.process = now;
        watched.last = null;
        changed = true;
      }
    }
    if (changed) {
      probe = probe();
    }
  }

  private void emit(
      String service,
      @Nullable ServiceReading before,
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
    look();
    if (clock.nanos() - lastNanos >= LEAST_NANOS) {
      read();
    }
    services.forEach(this::peak);
    services.forEach(watched -> watched.jvm.close());
  }

  /** The most memory that a process has used in its life. */
  private void peak(Watched watched) {
    ServiceReading reading = watched.last;
    if (reading != null && probe.whole()) {
      emission.reading(ProfileMetrics.MEMORY_PEAK, watched.service.name(), lastAt, reading.peak());
    }
  }
}
