package dev.assay.server.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Clock;
import dev.assay.server.Refusal;
import dev.assay.server.output.PrintedLine;
import dev.assay.server.output.RunOutputs;
import dev.assay.server.page.LiveViewer.Message;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Those who watch runs go on. A run is followed from its beginning, so that nothing has to be read
 * again when people come; where that was not so, it is read once, however many ask for it. One that
 * changes a thousand times a second is drawn at most twice a second, more seldom where that takes
 * long, once for all who watch it; a viewer that is slow misses what is older than the newest, and
 * holds nobody up. Bounded in number. Thread-safe.
 */
@Component
final class LiveViewers {

  private static final Logger LOG = LoggerFactory.getLogger(LiveViewers.class);
  private static final int MOST = 1_000;
  private static final long PAUSE_MILLIS = 500;
  private static final long LIFE_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** So long is waited until a run was read that nobody watched before. */
  private static final long PATIENCE_MILLIS = 300;

  /**
   * A minute in which nobody asks and nothing comes; where more runs than so many are followed,
   * those that nobody watches are left.
   */
  static final int TICKS_UNWATCHED = 120;

  static final int MOST_UNWATCHED = 100;

  /** A run of so many entries is read in no time; one that is long is read when people come. */
  static final long JUST_BEGUN = 2_000;

  private static final int DRAWN_SELDOM = 4;

  /** So many lines of what is printed are sent at once. */
  private static final int PORTION = 100;

  /** A comment keeps connections open that proxies close when they are silent. */
  private static final int TICKS_OF_SILENCE = 40;

  /** So often it is asked whether who watches still may. */
  private static final int TICKS_OF_TRUST = 4;

  private record Watched(String project, String run) {}

  /** A run that is followed, and all who watch it. */
  private static final class Room {
    private final LiveRun run = new LiveRun();
    private final Set<LiveViewer> viewers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean changed = new AtomicBoolean();

    /** Done once all was read that the run had; then what follows it can be closed. */
    private final CompletableFuture<AutoCloseable> following = new CompletableFuture<>();

    /** The tick at which somebody last asked for it. */
    private volatile int asked;

    /** When it may be drawn again, in nanoseconds of the clock. */
    private long next;

    Room(long now) {
      next = now;
    }
  }

  private final Template template;
  private final RunOutputs outputs;
  private final Projects all;
  private final Clock clock;
  private final Map<Watched, Room> rooms = new ConcurrentHashMap<>();
  private final Map<String, ProjectRuns> projects = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final LiveRights rights = new LiveRights();
  private final ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticking;
  private volatile int ticks;

  /** Made by Spring. */
  @Autowired
  LiveViewers(Template template, RunOutputs outputs, Projects all, Clock clock) {
    this(
        template,
        outputs,
        all,
        clock,
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("assay-live").factory()));
  }

  /** With something that ticks twice a second; it is shut down at the end. */
  LiveViewers(
      Template template,
      RunOutputs outputs,
      Projects all,
      Clock clock,
      ScheduledExecutorService ticking) {
    this.template = template;
    this.ticking = ticking;
    this.all = all;
    this.outputs = outputs;
    this.clock = clock;
    var _ =
        ticking.scheduleWithFixedDelay(
            this::tick, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    all.listen(this::comes);
    all.listenForSilence(this::turns);
  }

  /** One more viewer of a run, who has what it printed up to a place. */
  SseEmitter add(
      String project, ProjectRuns runs, String run, long seen, LiveRights.Watcher watcher) {
    if (runs.find(run).filter(known -> known.closed() != null).isPresent()) {
      return over();
    }
    if (number.incrementAndGet() > MOST) {
      number.decrementAndGet();
      throw new Refusal(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too many pages watch runs now",
          "close some, or load the page again now and then");
    }
    Watched watched = new Watched(project, run);
    LiveViewer viewer = new LiveViewer(new SseEmitter(LIFE_MILLIS), watcher, seen);
    viewer.emitter().onCompletion(() -> remove(watched, viewer));
    viewer.emitter().onTimeout(viewer.emitter()::complete);
    Room _ =
        room(
            watched,
            runs,
            there -> {
              there.viewers.add(viewer);
              // what changed between the page and now
              there.changed.set(true);
            });
    return viewer.emitter();
  }

  /** Something came of a run; it is followed if it has just begun and there is room. */
  private void comes(Project project, String run) {
    Watched watched = new Watched(project.name(), run);
    if (rooms.size() < MOST_UNWATCHED && !rooms.containsKey(watched)) {
      ProjectRuns runs = all.runs(project);
      runs.find(run)
          .filter(known -> known.closed() == null && known.entries() <= JUST_BEGUN)
          .ifPresent(_ -> {
            Room _ = room(watched, runs, _ -> {});
          });
    }
  }

  /** A run fell silent, or is heard of again. */
  private void turns(Project project, String run) {
    Room room = rooms.get(new Watched(project.name(), run));
    if (room != null) {
      room.changed.set(true);
    }
  }

  /**
   * How far a run that goes on is; null where it has not been read in a moment, as the first who
   * asks for a long run learns.
   *
   * @throws RuntimeException if the run cannot be read
   */
  RunPages.@Nullable State state(String project, ProjectRuns runs, RunSummary run) {
    Room room = room(new Watched(project, run.id()), runs, _ -> {});
    try {
      AutoCloseable _ = room.following.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return room.run.state(run, runs.silentSince(run.id()), clock.now());
    } catch (TimeoutException late) {
      return null;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Which runs of a project are followed. */
  Set<String> followed(String project) {
    return rooms.keySet().stream()
        .filter(watched -> watched.project().equals(project))
        .map(Watched::run)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What a run printed last. */
  OutputLines output(String project, String run) {
    List<PrintedLine> lines = outputs.newest(project, run, 0, OutputLines.MOST);
    return OutputLines.of(lines, lines.isEmpty() ? 0 : lines.getLast().place());
  }

  /** For a run that is over, of which nothing has to be read to say so. */
  private static SseEmitter over() {
    SseEmitter emitter = new SseEmitter(LIFE_MILLIS);
    try {
      emitter.send(SseEmitter.event().name("over").data("over"));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // it is sent with the answer
    }
    emitter.complete();
    return emitter;
  }

  /** The room of a run, which is opened where there is none. */
  private Room room(Watched watched, ProjectRuns runs, Consumer<Room> come) {
    projects.putIfAbsent(watched.project(), runs);
    AtomicBoolean fresh = new AtomicBoolean();
    Room room =
        rooms.compute(
            watched,
            (_, there) -> {
              fresh.set(there == null);
              Room one = there == null ? new Room(clock.nanos()) : there;
              one.asked = ticks;
              come.accept(one);
              return one;
            });
    if (fresh.get()) {
      try {
        sending.execute(() -> follow(watched, runs, room));
      } catch (RejectedExecutionException over) {
        room.following.completeExceptionally(over);
      }
    }
    return room;
  }

  private void follow(Watched watched, ProjectRuns runs, Room room) {
    try {
      boolean _ =
          room.following.complete(
              runs.follow(
                  watched.run(),
                  entry -> {
                    room.run.add(entry);
                    room.changed.set(true);
                  }));
      room.changed.set(true);
    } catch (RuntimeException unreadable) {
      LOG.warn("run {} cannot be followed", watched.run(), unreadable);
      boolean _ = room.following.completeExceptionally(unreadable);
      boolean _ = rooms.remove(watched, room);
      // they ask again, as a browser does
      room.viewers.forEach(LiveViewer::complete);
    }
  }

  private void remove(Watched watched, LiveViewer viewer) {
    Room room = rooms.get(watched);
    // a room that could not be read is gone before those who were in it
    boolean _ = room != null && room.viewers.remove(viewer);
    if (viewer.leaves()) {
      number.decrementAndGet();
    }
  }

  /** A run that nobody watches or asks for, and of which nothing comes, is forgotten. */
  private void forget(Watched watched) {
    Room _ =
        rooms.computeIfPresent(
            watched,
            (_, room) -> {
              if (room.changed.getAndSet(false)) { // drawn for whoever comes all the same
                room.asked = ticks;
              }
              int most = rooms.size() > MOST_UNWATCHED ? 1 : TICKS_UNWATCHED;
              if (!room.viewers.isEmpty()
                  || ticks - room.asked < most
                  || !room.following.isDone()) {
                return room;
              }
              var _ = room.following.thenAccept(LiveViewers::leave);
              return null;
            });
  }

  private static void leave(AutoCloseable following) {
    try {
      following.close();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Half a second passed. */
  void tick() {
    int now = ticks + 1; // nobody else counts
    ticks = now;
    boolean silence = now % TICKS_OF_SILENCE == 0;
    if (now % TICKS_OF_TRUST == 0) {
      rights.look(rooms.values().stream().flatMap(room -> room.viewers.stream()).toList(), sending);
    }
    rooms.forEach((watched, room) -> {
      try {
        if (room.viewers.isEmpty()) {
          forget(watched);
        } else {
          show(watched, room, silence);
        }
      } catch (RuntimeException unlucky) {
        LOG.warn("run {} cannot be drawn", watched.run(), unlucky);
      }
    });
  }

  private void show(Watched watched, Room room, boolean silence) {
    print(watched, room);
    if (room.following.isDone()
        && clock.nanos() - room.next >= 0
        && room.changed.getAndSet(false)) {
      long began = clock.nanos();
      draw(watched, room);
      long ended = clock.nanos();
      // all of them together take a quarter of one processor at the most
      room.next = ended + (ended - began) * DRAWN_SELDOM * rooms.size();
    } else if (silence) {
      Message still = new Message("still", "still");
      room.viewers.forEach(viewer -> viewer.show(still));
    }
    room.viewers.forEach(viewer -> viewer.send(sending));
  }

  private void draw(Watched watched, Room room) {
    ProjectRuns runs = projects.get(watched.project());
    if (runs != null) {
      runs.find(watched.run()).ifPresent(run -> draw(runs, run, room));
    }
  }

  private void draw(ProjectRuns runs, RunSummary run, Room room) {
    Message message =
        run.closed() != null
            ? new Message("over", "over")
            : new Message(
                "state",
                template.fill(
                    "state", room.run.state(run, runs.silentSince(run.id()), clock.now())));
    room.viewers.forEach(viewer -> viewer.show(message));
  }

  /**
   * What was printed since; a portion is made once for all who have the same before it, and who has
   * much less gets the newest.
   */
  private void print(Watched watched, Room room) {
    long last = outputs.last(watched.project(), watched.run());
    Map<Long, Message> made = new HashMap<>();
    for (LiveViewer viewer : room.viewers) {
      if (viewer.seen() < last && viewer.wantsOutput()) {
        long from = Math.max(viewer.seen(), last - PORTION);
        viewer.print(made.computeIfAbsent(from, after -> portion(watched, after, last)), last);
      }
    }
  }

  private Message portion(Watched watched, long after, long last) {
    List<PrintedLine> lines =
        outputs.newest(watched.project(), watched.run(), after, PORTION).stream()
            .filter(line -> line.place() <= last) // what came meanwhile comes next
            .toList();
    return new Message("output", template.fill("printed", OutputLines.of(lines, last)), last);
  }

  @PreDestroy
  void stop() {
    ticking.shutdownNow();
    List.copyOf(rooms.values()).forEach(room -> room.viewers.forEach(LiveViewer::complete));
    sending.shutdownNow();
  }
}
