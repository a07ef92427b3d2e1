package dev.assay.chaos.fault;

import dev.assay.api.spi.Services.Service;
import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One end of one service, and its new start, either after a while or when the fault is undone. */
final class Death {

  private final Service service;
  private final boolean ask;
  private final @Nullable Duration restartAfter;
  private final Ended ended = new Ended();
  private @Nullable Thread restarting;
  private volatile boolean restarted;
  private volatile @Nullable RuntimeException failure;

  Death(Service service, boolean ask, @Nullable Duration restartAfter) {
    this.service = service;
    this.ask = ask;
    this.restartAfter = restartAfter;
  }

  String kind() {
    return ended.kind();
  }

  Map<String, String> details() {
    return Map.of(
        "service",
        service.name(),
        Pause.PROCESSES,
        ProcessRef.text(ProcessRef.living(service.pids())));
  }

  void make() throws IOException {
    if (ask) {
      ended.stop(service);
    } else {
      ended.kill(service);
    }
    Duration after = restartAfter;
    if (after != null) {
      restarting = Thread.ofVirtual().name("restart-" + service.name()).start(() -> start(after));
    }
  }

  private void start(Duration after) {
    try {
      Thread.sleep(after);
      service.restart();
      restarted = true;
    } catch (InterruptedException undone) {
      Thread.currentThread().interrupt(); // then that starts it
    } catch (RuntimeException broken) {
      failure = broken;
    }
  }

  Effect look() {
    return restarted
        ? new Effect(true, "it was started again, as process " + service.pid())
        : new Effect(!service.alive(), service.pids().size() + " of its processes live");
  }

  void mend() throws InterruptedException {
    Thread waiting = restarting;
    if (waiting != null) {
      waiting.interrupt();
      waiting.join();
      restarting = null;
    }
    RuntimeException broken = failure;
    failure = null;
    if (!service.alive()) {
      Restarting.of(service);
    } else if (broken != null) {
      throw broken;
    }
  }
}
