package dev.assay.observe.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.SystemClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Monitors beside each other. Each is a second late, so that it is due at once. */
@Timeout(120)
class MonitorSchedulerTest {

  private static final long BOUND = 60;

  private final SystemClock clock = new SystemClock();

  private static MonitorSchedule everySecond() {
    return MonitorSchedule.of(
        "m",
        new MonitorConfiguration(
            "c", Duration.ofSeconds(1), null, "UTC", "here", Duration.ZERO, null, Place.NONE));
  }

  private void add(MonitorScheduler scheduler, String name) {
    scheduler.add(name, everySecond(), clock.now().minusSeconds(2));
  }

  @Test
  void differentMonitorsRunAtTheSameTime() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(3);
    AtomicInteger alone = new AtomicInteger();
    try (MonitorScheduler scheduler =
        new MonitorScheduler(
            clock,
            3,
            _ -> {
              together.countDown();
              alone.addAndGet(together.await(BOUND, TimeUnit.SECONDS) ? 0 : 1);
            })) {
      add(scheduler, "a");
      add(scheduler, "b");
      add(scheduler, "c");
      scheduler.begin();
      // passes only while all three wait at once
      assertThat(together.await(BOUND, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(alone.get()).isZero();
  }

  @Test
  void noMoreRunAtOnceThanThereArePlaces() throws InterruptedException {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(12);
    try (MonitorScheduler scheduler =
        new MonitorScheduler(
            clock,
            2,
            _ -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.yield();
              now.decrementAndGet();
              done.countDown();
            })) {
      for (int i = 0; i < 12; i++) {
        add(scheduler, "m" + i);
      }
      scheduler.begin();
      assertThat(done.await(BOUND, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void theSameMonitorIsNeverBesideItselfAndWhatIsLeftOutIsCounted() throws InterruptedException {
    AtomicInteger beside = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    try (MonitorScheduler scheduler =
        new MonitorScheduler(
            clock,
            4,
            _ -> {
              beside.incrementAndGet();
              release.await();
            })) {
      add(scheduler, "slow");
      scheduler.begin();
      Instant bound = clock.now().plusSeconds(BOUND);
      while (scheduler.counts("slow").overlaps() < 2 && clock.now().isBefore(bound)) {
        Thread.onSpinWait();
      }
      assertThat(scheduler.counts("slow").overlaps()).isGreaterThanOrEqualTo(2);
      assertThat(beside.get()).isEqualTo(1);
      scheduler.stop();
      release.countDown();
    }
  }

  @Test
  void whoeverClosesItWaitsForWhatRunsAndNothingNewBegins() throws InterruptedException {
    Queue<String> story = new ConcurrentLinkedQueue<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<Thread> closing = new AtomicReference<>();
    MonitorScheduler scheduler =
        new MonitorScheduler(
            clock,
            1,
            due -> {
              begun.countDown();
              release.await();
              story.add("ended " + due.monitor());
            });
    add(scheduler, "first");
    add(scheduler, "waits for a place");
    scheduler.begin();
    assertThat(begun.await(BOUND, TimeUnit.SECONDS)).isTrue();
    closing.set(
        Thread.ofVirtual()
            .start(() -> {
              scheduler.close();
              story.add("closed");
            }));
    scheduler.stop();
    release.countDown();
    closing.get().join();
    assertThat(story).hasSize(2).last().isEqualTo("closed");
  }
}
