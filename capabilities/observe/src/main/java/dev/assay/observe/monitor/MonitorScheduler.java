package dev.assay.observe.monitor;

import dev.assay.api.spi.Clock;
import dev.assay.observe.monitor.Clockwork.Counts;
import dev.assay.observe.monitor.Clockwork.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Begins what is due, side by side: each on a virtual thread of its own, so many at once, and the
 * same monitor never beside itself. What is due while all places are taken waits for one.
 * Thread-safe.
 */
public final class MonitorScheduler implements AutoCloseable {

  private static final Duration LONGEST_SLEEP = Duration.ofMillis(250);

  private final Clock clock;
  private final Clockwork clockwork = new Clockwork();
  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore places;
  private final Work work;
  private final CountDownLatch stop = new CountDownLatch(1);

  /** Those that may still live; guarded by the lock. */
  private final List<Thread> workers = new ArrayList<>();

  private @Nullable Thread hand;

  /** Carries a monitor out. */
  @FunctionalInterface
  public interface Work {

    /** Carries it out, and says itself what came of it; called by many threads at once. */
    void carryOut(Due due) throws InterruptedException;
  }

  /**
   * A scheduler of no monitors yet; {@link #begin} begins.
   *
   * @param atOnce how many may run at once, at least 1
   */
  public MonitorScheduler(Clock clock, int atOnce, Work work) {
    if (atOnce < 1) {
      throw new IllegalArgumentException(atOnce + " at once are none");
    }
    this.clock = clock;
    this.places = new Semaphore(atOnce, true);
    this.work = work;
  }

  /**
   * Adds a monitor.
   *
   * @param last when it was carried out last; null where it never was
   */
  public void add(String monitor, MonitorSchedule schedule, @Nullable Instant last) {
    lock.lock();
    try {
      clockwork.add(monitor, schedule, last, clock.now());
    } finally {
      lock.unlock();
    }
  }

  /** Begins to begin what is due. */
  public void begin() {
    hand = Thread.ofVirtual().name("monitor-schedule").start(this::go);
  }

  private void go() {
    try {
      do {
        tick();
      } while (!stop.await(sleep().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      // asked to
    }
  }

  /** Short, as the clock may be set. */
  private Duration sleep() {
    lock.lock();
    try {
      Instant next = clockwork.next();
      Duration until = next == null ? LONGEST_SLEEP : Duration.between(clock.now(), next);
      return until.compareTo(LONGEST_SLEEP) < 0
          ? Duration.ofMillis(Math.max(1, until.toMillis()))
          : LONGEST_SLEEP;
    } finally {
      lock.unlock();
    }
  }

  private void tick() {
    lock.lock();
    try {
      workers.removeIf(worker -> !worker.isAlive());
      for (Due due : clockwork.due(clock.now())) {
        workers.add(Thread.ofVirtual().name("monitor-" + due.monitor()).start(() -> run(due)));
      }
    } finally {
      lock.unlock();
    }
  }

  private void run(Due due) {
    try {
      places.acquire();
      try {
        if (stop.getCount() > 0) {
          work.carryOut(due);
        }
      } finally {
        places.release();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      lock.lock();
      try {
        clockwork.ended(due.monitor());
      } finally {
        lock.unlock();
      }
    }
  }

  /** How often a monitor did not go as planned. */
  public Counts counts(String monitor) {
    lock.lock();
    try {
      return clockwork.counts(monitor);
    } finally {
      lock.unlock();
    }
  }

  /** Begins nothing any more; what runs goes on. */
  public void stop() {
    stop.countDown();
  }

  /** Begins nothing any more, and waits until what runs has ended. */
  @Override
  public void close() {
    stop();
    try {
      Thread own = hand;
      if (own != null) {
        own.join();
      }
      List<Thread> all;
      lock.lock();
      try {
        all = List.copyOf(workers);
      } finally {
        lock.unlock();
      }
      for (Thread worker : all) {
        worker.join();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
