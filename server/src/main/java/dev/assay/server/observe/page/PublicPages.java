package dev.assay.server.observe.page;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.VerdictBadge;
import dev.assay.observe.alert.Incident;
import dev.assay.server.observe.Watchroom;
import dev.assay.server.observe.Watchrooms;
import dev.assay.server.page.Frame;
import dev.assay.server.page.Template;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * What everybody may see of a project whose administrator opened it: how its monitors stand, and
 * badges. Names of monitors and titles of incidents are shown, no reasons, labels or addresses.
 * Made at most every 15 s, whoever asks how often. Thread-safe.
 */
@RestController
public class PublicPages {

  private static final Duration FRESH = Duration.ofSeconds(15);
  private static final int MOST_KEPT = 500;
  private static final int RUNS = 50;
  private static final Duration SHOWN = Duration.ofDays(7);

  private final Template template;
  private final Projects projects;
  private final Watchrooms rooms;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private record Kept(Instant at, ResponseEntity<String> answer) {}

  /** Made by Spring. */
  PublicPages(Template template, Projects projects, Watchrooms rooms) {
    this.template = template;
    this.projects = projects;
    this.rooms = rooms;
  }

  /**
   * The public page. Immutable.
   *
   * @param frame around it
   * @param title of the project
   * @param tone of the whole
   * @param headline of the whole
   * @param monitors how they stand
   * @param incidents of the last week
   * @param at when it was made, in UTC
   */
  public record Status(
      Frame frame,
      String title,
      String tone,
      String headline,
      List<MonitorView> monitors,
      List<AlertPages.IncidentLine> incidents,
      String at) {}

  @GetMapping("/status/{project}")
  ResponseEntity<String> status(@PathVariable String project) {
    Project found = open(project);
    return kept("/status/" + project, () -> made(found));
  }

  private ResponseEntity<String> made(Project project) {
    Watchroom room = rooms.of(project.name());
    Instant now = rooms.now();
    List<MonitorView> monitors = MonitorView.of(room, projects.runs(project), now);
    boolean down = monitors.stream().anyMatch(monitor -> monitor.tone().equals("fail"));
    boolean up =
        !monitors.isEmpty() && monitors.stream().allMatch(monitor -> monitor.tone().equals("pass"));
    ResponseEntity<String> page =
        template.page(
            "status",
            new Status(
                new Frame(project.title(), null, "", null),
                project.title(),
                down ? "fail" : up ? "pass" : "open",
                down
                    ? "Something is down"
                    : up
                        ? "Everything works"
                        : monitors.isEmpty() ? "Nothing is watched" : "Not everything is known",
                monitors,
                room.engine().incidents().stream()
                    .filter(incident -> shown(incident, now))
                    .limit(20)
                    .map(incident -> AlertPages.IncidentLine.of(incident, now))
                    .toList(),
                MonitorView.time(now)));
    return ResponseEntity.ok()
        .header("Content-Type", Template.HTML)
        .header("Cache-Control", "public, max-age=15")
        .body(page.getBody());
  }

  private static boolean shown(Incident incident, Instant now) {
    return incident.opened().plus(SHOWN).isAfter(now);
  }

  @GetMapping("/badge/{project}/{check}.svg")
  ResponseEntity<String> badge(@PathVariable String project, @PathVariable String check) {
    Project found = open(project);
    if (!check.matches("[A-Za-z0-9][A-Za-z0-9_.@=+-]{0,99}")) {
      throw missing();
    }
    return kept("/badge/" + project + "/" + check, () -> svg(check, latest(found, check)));
  }

  private Decision latest(Project project, String check) {
    ProjectRuns runs = projects.runs(project);
    for (RunSummary run : runs.ledger().runs(RUNS)) {
      if (run.closed() != null) {
        for (CheckReport each : runs.report(run).checks()) {
          if (each.id().equals(check)) {
            return each.decision();
          }
        }
      }
    }
    throw missing();
  }

  private static ResponseEntity<String> svg(String check, Decision decision) {
    return ResponseEntity.ok()
        .header("Content-Type", "image/svg+xml")
        .header("Cache-Control", "public, max-age=15")
        .body(VerdictBadge.svg(check, decision));
  }

  private ResponseEntity<String> kept(String key, Supplier<ResponseEntity<String>> made) {
    lock.lock();
    try {
      Kept before = kept.get(key);
      Instant now = rooms.now();
      if (before == null || before.at().plus(FRESH).isBefore(now)) {
        before = new Kept(now, made.get());
        kept.put(key, before);
      }
      return before.answer();
    } finally {
      lock.unlock();
    }
  }

  private Project open(String name) {
    Project project = projects.list().find(name).orElseThrow(PublicPages::missing);
    if (!rooms.of(name).open()) {
      throw missing();
    }
    return project;
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such page");
  }
}
