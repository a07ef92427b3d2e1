package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.server.project.ProjectRuns;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Those who watch runs go on. A run that changes a thousand times a second is told of twice a
 * second: viewers look themselves. Bounded in number. Thread-safe.
 */
@Component
final class LiveViewers {

  private static final int MOST = 1_000;
  private static final long PAUSE_MILLIS = 500;
  private static final long LIFE_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** A comment keeps connections open that proxies close when they are silent. */
  private static final int TICKS_OF_SILENCE = 40;

  private record Watched(String project, String run) {}

  private final Map<Watched, Set<SseEmitter>> viewers = new ConcurrentHashMap<>();
  private final Set<Watched> changed = ConcurrentHashMap.newKeySet();
  private final Map<String, ProjectRuns> heard = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final ScheduledExecutorService ticking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("assay-live").factory());
  private int ticks;

  LiveViewers() {
    var _ =
        ticking.scheduleWithFixedDelay(
            this::tick, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** One more viewer of a run. */
  SseEmitter add(String project, ProjectRuns runs, String run) {
    if (number.incrementAndGet() > MOST) {
      number.decrementAndGet();
      throw new ResponseStatusException(
          HttpStatus.SERVICE_UNAVAILABLE, "too many pages watch runs now");
    }
    heard.computeIfAbsent(
        project,
        name -> {
          runs.listen(each -> changed.add(new Watched(name, each)));
          return runs;
        });
    Watched watched = new Watched(project, run);
    SseEmitter viewer = new SseEmitter(LIFE_MILLIS);
    viewer.onCompletion(() -> remove(watched, viewer));
    viewer.onTimeout(viewer::complete);
    viewers.compute(
        watched,
        (_, others) -> {
          Set<SseEmitter> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(viewer);
          return all;
        });
    // what changed between the page and now
    changed.add(watched);
    return viewer;
  }

  /** A run that nobody watches any more is forgotten. */
  private void remove(Watched watched, SseEmitter viewer) {
    viewers.computeIfPresent(
        watched,
        (_, others) -> {
          if (others.remove(viewer)) {
            number.decrementAndGet();
          }
          return others.isEmpty() ? null : others;
        });
  }

  private void tick() {
    for (Watched watched : Set.copyOf(changed)) {
      changed.remove(watched);
      boolean over = over(watched);
      viewers
          .getOrDefault(watched, Set.of())
          .forEach(viewer -> tell(viewer, over ? "over" : "changed"));
    }
    if (++ticks % TICKS_OF_SILENCE == 0) {
      viewers.values().forEach(each -> each.forEach(viewer -> tell(viewer, "still")));
    }
  }

  private boolean over(Watched watched) {
    ProjectRuns runs = heard.get(watched.project());
    RunSummary run = runs == null ? null : runs.find(watched.run()).orElse(null);
    return run != null && run.closed() != null;
  }

  private static void tell(SseEmitter viewer, String event) {
    try {
      viewer.send(SseEmitter.event().name(event).data(event));
    } catch (IOException | IllegalStateException gone) {
      viewer.completeWithError(gone);
    }
  }

  @PreDestroy
  void stop() {
    ticking.shutdownNow();
    viewers.values().forEach(each -> each.forEach(SseEmitter::complete));
  }
}
