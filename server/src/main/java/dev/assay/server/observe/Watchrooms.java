package dev.assay.server.observe;

import dev.assay.api.spi.Clock;
import dev.assay.observe.alert.FailingWay;
import dev.assay.observe.alert.Notification;
import dev.assay.observe.notify.AlertDriver;
import dev.assay.observe.notify.Notifier;
import dev.assay.observe.notify.Post;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.hook.HookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watchrooms of all projects. Those that something is kept of go on when the server starts, so
 * that what was not told before a crash is told after it. Thread-safe.
 */
public final class Watchrooms implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watchrooms.class);
  private static final Duration LISTENING = Duration.ofSeconds(30);

  private final ServerDatabase database;
  private final Clock clock;
  private final Supplier<Set<String>> archived;
  private final BiFunction<String, String, String> pages;
  private final BiConsumer<String, HookEvent> hooks;
  private final Post post;
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final ScheduledExecutorService ticking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("assay-alerts").factory());
  private Instant listened = Instant.EPOCH;
  private Set<String> silent = Set.of();

  private record Room(Watchroom watchroom, AlertDriver driver, IncidentNews news) {}

  /**
   * In the server's database.
   *
   * @param archived the projects of which nobody is told anything
   * @param pages the address of an incident's page, of project and incident
   * @param hooks tells a project's webhooks
   * @param post reaches the receivers of alerts, whose addresses the admins of projects write
   */
  public Watchrooms(
      ServerDatabase database,
      Clock clock,
      Supplier<Set<String>> archived,
      BiFunction<String, String, String> pages,
      BiConsumer<String, HookEvent> hooks,
      Post post) {
    this.database = database;
    this.clock = clock;
    this.archived = archived;
    this.pages = pages;
    this.hooks = hooks;
    this.post = post;
    database
        .ofAll(all ->
            all.sql("SELECT DISTINCT project FROM observe_document")
                .query((rows, _) -> rows.getString(1))
                .list())
        .forEach(project -> {
          Watchroom _ = of(project);
        });
    var _ = ticking.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** That of a project that exists. */
  public Watchroom of(String project) {
    return rooms.computeIfAbsent(project, this::room).watchroom();
  }

  private Room room(String project) {
    Watchroom room = new Watchroom(new ProjectDocuments(database, project));
    Notifier notifier = new Notifier(post, notification -> page(project, notification));
    return new Room(
        room, new AlertDriver(notifier, clock, new ToldLog(project)), new IncidentNews());
  }

  private String page(String project, Notification notification) {
    String incident = notification.incident();
    return incident == null ? "" : pages.apply(project, incident);
  }

  private void tick() {
    Instant now = clock.now();
    boolean listens = !listened.plus(LISTENING).isAfter(now);
    if (listens) {
      listened = now;
    }
    silent = silent();
    rooms.forEach((project, room) -> {
      if (silent.contains(project)) {
        return;
      }
      try {
        if (listens) {
          room.watchroom().listen(now);
        }
        room.driver().tick(room.watchroom().engine());
        room.news()
            .of(room.watchroom().engine().incidents(), now)
            .forEach(event -> hooks.accept(project, event));
      } catch (RuntimeException unlucky) {
        // the next tick tries again, and other projects are not held up
        LOG.warn("project {}: alerts could not be looked at", project, unlucky);
      }
    });
  }

  /** Those of before, while the database is away: nobody may be told by mistake. */
  private Set<String> silent() {
    try {
      return archived.get();
    } catch (RuntimeException away) {
      return silent;
    }
  }

  /**
   * How many ways by which people are told fail now, and how many were given up, of all projects.
   */
  public Map<String, Long> failing() {
    long tried = 0;
    long gaveUp = 0;
    for (Room room : rooms.values()) {
      for (FailingWay way : room.watchroom().engine().failing()) {
        if (way.next() == null) {
          gaveUp++;
        } else {
          tried++;
        }
      }
    }
    return Map.of("tried", tried, "gave_up", gaveUp);
  }

  /** The time. */
  public Instant now() {
    return clock.now();
  }

  @Override
  public void close() {
    ticking.shutdownNow();
    rooms.values().forEach(room -> room.driver().close());
  }
}
