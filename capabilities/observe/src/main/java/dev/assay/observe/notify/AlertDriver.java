package dev.assay.observe.notify;

import dev.assay.api.spi.Clock;
import dev.assay.observe.alert.AlertEngine;
import dev.assay.observe.alert.FailingWay;
import dev.assay.observe.alert.Failure;
import dev.assay.observe.alert.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what an engine wants sent: each notification on a thread of its own, at most 50 at once and
 * 10 by one way, so that a slow receiver holds nobody else up. Thread-safe.
 */
public final class AlertDriver implements AutoCloseable {

  private static final int AT_ONCE = 50;
  private static final int BY_ONE_WAY = 10;

  private final Notifier notifier;
  private final Clock clock;
  private final BiConsumer<Notification, @Nullable FailingWay> heard;
  private final ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Map<String, Semaphore> own = new ConcurrentHashMap<>();

  /**
   * A driver.
   *
   * @param heard hears how each went; the second is how the way fails, or null
   */
  public AlertDriver(
      Notifier notifier, Clock clock, BiConsumer<Notification, @Nullable FailingWay> heard) {
    this.notifier = notifier;
    this.clock = clock;
    this.heard = heard;
  }

  /** Looks what is due now; returns soon. */
  public void tick(AlertEngine engine) {
    Instant now = clock.now();
    List<Notification> due = engine.tick(now);
    for (Notification notification : due) {
      sending.execute(() -> send(engine, notification));
    }
  }

  private void send(AlertEngine engine, Notification notification) {
    Failure failure;
    try {
      failure = sent(engine, notification);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return; // it is not known to be told, so it is told again after a start
    } catch (RuntimeException unforeseen) {
      failure = new Failure(String.valueOf(unforeseen));
    }
    heard.accept(notification, engine.told(notification, failure, clock.now()));
  }

  private @Nullable Failure sent(AlertEngine engine, Notification notification)
      throws InterruptedException {
    Semaphore way = own.computeIfAbsent(notification.way().key(), _ -> new Semaphore(BY_ONE_WAY));
    way.acquire();
    try {
      places.acquire();
      try {
        return notifier.send(notification, engine.routing().file().global());
      } finally {
        places.release();
      }
    } finally {
      way.release();
    }
  }

  /** Waits a while for what is under way. */
  @Override
  public void close() {
    sending.shutdown();
    try {
      if (!sending.awaitTermination(5, TimeUnit.SECONDS)) {
        sending.shutdownNow();
      }
    } catch (InterruptedException stopped) {
      sending.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
