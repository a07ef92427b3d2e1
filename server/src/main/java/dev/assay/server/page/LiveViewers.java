package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.server.project.ProjectRuns;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Those who watch runs go on. A run that changes a thousand times a second is drawn at most twice a
 * second, once for all who watch it; a viewer that is slow misses what is older than the newest,
 * and holds nobody up. Bounded in number. Thread-safe.
 */
@Component
final class LiveViewers {

  private static final Logger LOG = LoggerFactory.getLogger(LiveViewers.class);
  private static final int MOST = 1_000;
  private static final long PAUSE_MILLIS = 500;
  private static final long LIFE_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** A comment keeps connections open that proxies close when they are silent. */
  private static final int TICKS_OF_SILENCE = 40;

  private record Watched(String project, String run) {}

  /** What is sent. */
  private record Message(String event, String data) {}

  /** One who watches: what is to be sent next, and whether somebody is at it. */
  private static final class Viewer {
    private final SseEmitter emitter;
    private final AtomicReference<@Nullable Message> next = new AtomicReference<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    Viewer(SseEmitter emitter) {
      this.emitter = emitter;
    }
  }

  /** All who watch one run. */
  private static final class Room {
    private final LiveRun run = new LiveRun();
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private AutoCloseable following = () -> {};
  }

  private final Template template;
  private final Map<Watched, Room> rooms = new ConcurrentHashMap<>();
  private final Map<String, ProjectRuns> projects = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("assay-live").factory());
  private int ticks;

  LiveViewers(Template template) {
    this.template = template;
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
    projects.putIfAbsent(project, runs);
    Watched watched = new Watched(project, run);
    Viewer viewer = new Viewer(new SseEmitter(LIFE_MILLIS));
    viewer.emitter.onCompletion(() -> remove(watched, viewer));
    viewer.emitter.onTimeout(viewer.emitter::complete);
    rooms.compute(
        watched,
        (_, room) -> {
          Room there = room == null ? opened(runs, run) : room;
          there.viewers.add(viewer);
          // what changed between the page and now
          there.changed.set(true);
          return there;
        });
    return viewer.emitter;
  }

  private static Room opened(ProjectRuns runs, String run) {
    Room room = new Room();
    room.following =
        runs.follow(
            run,
            entry -> {
              room.run.add(entry);
              room.changed.set(true);
            });
    return room;
  }

  /** A run that nobody watches any more is forgotten. */
  private void remove(Watched watched, Viewer viewer) {
    rooms.computeIfPresent(
        watched,
        (_, room) -> {
          if (room.viewers.remove(viewer)) {
            number.decrementAndGet();
          }
          if (!room.viewers.isEmpty()) {
            return room;
          }
          try {
            room.following.close();
          } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
          }
          return null;
        });
  }

  private void tick() {
    boolean silence = ++ticks % TICKS_OF_SILENCE == 0;
    rooms.forEach((watched, room) -> {
      try {
        if (room.changed.getAndSet(false)) {
          draw(watched, room);
        } else if (silence) {
          room.viewers.forEach(viewer -> send(viewer, new Message("still", "still")));
        }
      } catch (RuntimeException unlucky) {
        LOG.warn("run {} cannot be drawn", watched.run(), unlucky);
      }
    });
  }

  private void draw(Watched watched, Room room) {
    ProjectRuns runs = projects.get(watched.project());
    RunSummary run = runs == null ? null : runs.find(watched.run()).orElse(null);
    if (run == null) {
      return;
    }
    Message message =
        run.closed() != null
            ? new Message("over", "over")
            : new Message("state", template.fill("state", room.run.state(run)));
    room.viewers.forEach(viewer -> send(viewer, message));
  }

  /** Puts it in place of what was not sent yet. */
  private void send(Viewer viewer, Message message) {
    viewer.next.set(message);
    if (viewer.busy.compareAndSet(false, true)) {
      try {
        sending.execute(() -> send(viewer));
      } catch (RejectedExecutionException over) {
        viewer.busy.set(false);
      }
    }
  }

  private static void send(Viewer viewer) {
    do {
      try {
        for (@Nullable Message one = viewer.next.getAndSet(null);
            one != null;
            one = viewer.next.getAndSet(null)) {
          viewer.emitter.send(SseEmitter.event().name(one.event()).data(one.data()));
        }
      } catch (IOException | IllegalStateException gone) {
        viewer.emitter.completeWithError(gone);
        return;
      } finally {
        viewer.busy.set(false);
      }
    } while (viewer.next.get() != null && viewer.busy.compareAndSet(false, true));
  }

  private static void complete(Viewer viewer) {
    try {
      viewer.emitter.complete();
    } catch (IllegalStateException gone) {
      // who watched left at that moment
    }
  }

  @PreDestroy
  void stop() {
    ticking.shutdownNow();
    List.copyOf(rooms.values()).forEach(room -> room.viewers.forEach(LiveViewers::complete));
    sending.shutdownNow();
  }
}
