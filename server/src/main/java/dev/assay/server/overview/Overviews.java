package dev.assay.server.overview;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Clock;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.observe.MonitorStanding;
import dev.assay.server.observe.MonitorStanding.State;
import dev.assay.server.observe.Watchroom;
import dev.assay.server.observe.Watchrooms;
import dev.assay.server.overview.Overview.Day;
import dev.assay.server.overview.Overview.Standing;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.server.project.RunState;
import dev.assay.server.table.Triage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** Makes overviews, of what is in memory and of the facts of runs that ended. Thread-safe. */
@Component
public final class Overviews {

  /** Of so many runs it is looked where their time went, check by check. */
  static final int MOST_RUNS = 5_000;

  private static final int MOST_WATCHED = 256;
  private static final long GOOD_NANOS = Duration.ofSeconds(5).toNanos();

  private final Projects projects;
  private final ProjectFacts facts;
  private final Watchrooms rooms;
  private final Triage triage;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that people watch. With the lock. */
  private final Map<Watched, Seen> watched =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Watched, Seen> eldest) {
          return size() > MOST_WATCHED;
        }
      };

  private record Watched(String project, Asked asked) {}

  private record Seen(Overview overview, long atNanos) {}

  /** Made by Spring. */
  Overviews(Projects projects, ProjectFacts facts, Watchrooms rooms, Triage triage, Clock clock) {
    this.projects = projects;
    this.facts = facts;
    this.rooms = rooms;
    this.triage = triage;
    this.clock = clock;
  }

  /** How a project did at most five seconds ago: made once for all who watch it. */
  public Overview lately(Project project, Asked asked) {
    Watched key = new Watched(project.name(), asked);
    lock.lock();
    try {
      Seen seen = watched.get(key);
      if (seen != null && clock.nanos() - seen.atNanos() < GOOD_NANOS) {
        return seen.overview();
      }
    } finally {
      lock.unlock();
    }
    Overview made = of(project, asked);
    lock.lock();
    try {
      var _ = watched.put(key, new Seen(made, clock.nanos()));
    } finally {
      lock.unlock();
    }
    return made;
  }

  /** How a project does now. */
  public Overview of(Project project, Asked asked) {
    ProjectRuns runs = projects.runs(project);
    LocalDate today = day(clock.now());
    LocalDate first = today.minusDays(asked.days() - 1L);
    LocalDate before = first.minusDays(asked.days());
    Map<LocalDate, List<RunSummary>> byDay = new HashMap<>();
    List<RunSummary> lately = new ArrayList<>();
    List<RunSummary> earlier = new ArrayList<>();
    long running = 0;
    long silent = 0;
    for (RunSummary run : runs.newestFirst()) {
      if (!asked.wants(run)) {
        continue;
      }
      RunState state = runs.state(run);
      running += state == RunState.RUNNING ? 1 : 0;
      silent += state == RunState.SILENT ? 1 : 0;
      LocalDate day = day(run.opened());
      if (state == RunState.ENDED && !day.isBefore(first)) {
        lately.add(run);
        byDay.computeIfAbsent(day, _ -> new ArrayList<>()).add(run);
      } else if (state == RunState.ENDED && !day.isBefore(before)) {
        earlier.add(run);
      }
    }
    List<Day> days =
        first
            .datesUntil(today.plusDays(1))
            .map(day -> new Day(day, Totals.of(byDay.getOrDefault(day, List.of()))))
            .toList();
    List<String> ids = lately.stream().limit(MOST_RUNS).map(RunSummary::id).toList();
    return new Overview(
        asked,
        standing(project, runs, running, silent),
        Totals.of(lately),
        Totals.of(earlier),
        days,
        facts.of(project).times().of(ids),
        lately.size() - ids.size());
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private Standing standing(Project project, ProjectRuns runs, long running, long silent) {
    Watchroom room = rooms.of(project.name());
    Instant now = rooms.now();
    List<MonitorStanding> monitors = MonitorStanding.of(room, runs, now);
    List<String> slos = room.slos().stream().map(told -> told.text("state")).toList();
    return new Standing(
        running,
        silent,
        monitors.size(),
        monitors.stream().filter(each -> !good(each.state())).count(),
        slos.size(),
        slos.stream().filter(List.of("burning", "missed")::contains).count(),
        room.engine().alerts(now).stream()
            .filter(seen -> seen.lasts() && seen.state().equals("active"))
            .count(),
        room.engine().incidents().stream().filter(each -> each.closed() == null).count(),
        triage.quarantine(project.name()).size());
  }

  private static boolean good(State state) {
    return state == State.UP || state == State.NEW;
  }
}
