package dev.assay.server.observe.page;

import dev.assay.api.problem.ProblemException;
import dev.assay.observe.alert.Alert;
import dev.assay.observe.alert.AlertEngine.Seen;
import dev.assay.observe.alert.FailingWay;
import dev.assay.observe.alert.Incident;
import dev.assay.observe.alert.LabelMatcher;
import dev.assay.observe.alert.Silence;
import dev.assay.server.account.Access;
import dev.assay.server.account.Role;
import dev.assay.server.account.Secrets;
import dev.assay.server.observe.AlertDesk;
import dev.assay.server.observe.Watchroom;
import dev.assay.server.observe.Watchrooms;
import dev.assay.server.page.Frame;
import dev.assay.server.page.Frames;
import dev.assay.server.page.Listed;
import dev.assay.server.page.Template;
import dev.assay.server.project.Project;
import dev.assay.server.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Alerts, incidents and silences, and where alerts go. */
@RestController
@RequestMapping("/projects/{name}")
public class AlertPages {

  private static final int INCIDENTS = 50;

  /** So many of a flood are as many as anybody reads; all of them are in the files. */
  private static final int ALERTS = 200;

  private static final int LONGEST_HOURS = 24 * 90;

  private final Template template;
  private final Frames frames;
  private final Access access;
  private final Watchrooms rooms;
  private final AlertDesk desk;
  private final Secrets secrets;

  /** Made by Spring. */
  AlertPages(
      Template template,
      Frames frames,
      Access access,
      Watchrooms rooms,
      AlertDesk desk,
      Secrets secrets) {
    this.template = template;
    this.frames = frames;
    this.access = access;
    this.rooms = rooms;
    this.desk = desk;
    this.secrets = secrets;
  }

  /**
   * The alerts of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param failing how people are not told
   * @param alerts those that last, up to 200 of them
   * @param others how many more last
   * @param incidents the newest
   * @param silences those that are not over
   * @param matchers what the form for a silence begins with
   * @param operator whether the member may silence and acknowledge
   * @param admin whether the member may say where alerts go
   * @param routing where alerts go, as it is written; empty for who may not see it
   * @param wrong what was wrong with what was sent; null for nothing
   */
  public record Alerts(
      Frame frame,
      Project project,
      List<FailingLine> failing,
      List<AlertLine> alerts,
      int others,
      List<IncidentLine> incidents,
      List<SilenceLine> silences,
      String matchers,
      boolean operator,
      boolean admin,
      String routing,
      @Nullable String wrong) {}

  /**
   * A way by which somebody is not told. Immutable.
   *
   * @param text in one sentence without its full stop
   * @param since when it failed first, in UTC
   * @param next when it is tried again, in UTC; empty where that was given up
   */
  public record FailingLine(String text, String since, String next) {

    static FailingLine of(FailingWay way) {
      Instant next = way.next();
      return new FailingLine(
          way.sentence(),
          MonitorView.time(way.since()),
          next == null ? "" : MonitorView.time(next));
    }
  }

  /**
   * An alert in a list. Immutable.
   *
   * @param name what it is called
   * @param tone for its colour
   * @param state active, silenced, inhibited or muted
   * @param summary what people should know
   * @param notes what else it says, such as its runbook
   * @param run the run that is its evidence; empty for none
   * @param labels the others
   * @param since from when
   * @param by what keeps it quiet; empty for nothing
   * @param receivers who is told
   * @param matchers what a silence of it would be like
   */
  public record AlertLine(
      String name,
      String tone,
      String state,
      String summary,
      List<Note> notes,
      String run,
      String labels,
      String since,
      String by,
      String receivers,
      String matchers) {

    /** Copies the list. */
    public AlertLine {
      notes = List.copyOf(notes);
    }

    /**
     * Something that an alert says. Immutable.
     *
     * @param name what it is
     * @param text what it says
     * @param link whether that is an address
     */
    public record Note(String name, String text, boolean link) {}

    /** Where a silence of it is begun; names and values may have any characters. */
    public String silence() {
      return Listed.address("", Map.of("matchers", matchers)) + "#silence";
    }

    private static List<Note> notes(Alert alert) {
      return alert.annotations().entrySet().stream()
          .filter(note -> !List.of("summary", "run", "evidence").contains(note.getKey()))
          .map(note ->
              new Note(
                  note.getKey(), note.getValue(), note.getValue().matches("https?://[^\\s\"<>]+")))
          .toList();
    }

    static AlertLine of(Seen seen) {
      Alert alert = seen.alert();
      boolean silenced = !seen.silencedBy().isEmpty();
      boolean quiet = seen.state().equals("suppressed");
      boolean inhibited = !seen.inhibitedBy().isEmpty();
      String by =
          Stream.concat(
                  seen.inhibitedBy().stream().map(AlertLine::named),
                  seen.mutedBy().stream().map(name -> "the time interval " + name))
              .distinct()
              .collect(Collectors.joining(", "));
      return new AlertLine(
          alert.name(),
          quiet ? "waiting" : severe(alert) ? "fail" : "open",
          silenced ? "silenced" : inhibited ? "inhibited" : quiet ? "muted" : "active",
          alert.annotations().getOrDefault("summary", ""),
          notes(alert),
          alert.annotations().getOrDefault("run", ""),
          alert.labels().entrySet().stream()
              .filter(label -> !label.getKey().equals("alertname"))
              .map(label -> label.getKey() + "=" + label.getValue())
              .collect(Collectors.joining(", ")),
          MonitorView.time(alert.startsAt()),
          by,
          String.join(", ", seen.receivers()),
          alert.labels().entrySet().stream()
              .filter(label ->
                  List.of("alertname", "service", "monitor", "slo").contains(label.getKey()))
              .map(label ->
                  new LabelMatcher(label.getKey(), LabelMatcher.Operator.EQUAL, label.getValue())
                      .toString())
              .collect(Collectors.joining(", ")));
    }

    private static String named(Alert alert) {
      String service = alert.labels().get("service");
      return alert.name() + (service == null ? "" : " of " + service);
    }

    private static boolean severe(Alert alert) {
      return List.of("critical", "page", "error")
          .contains(alert.labels().getOrDefault("severity", "critical"));
    }
  }

  /**
   * An incident in a list. Immutable.
   *
   * @param id its id
   * @param title what it is called
   * @param tone for its colour
   * @param state open, acknowledged or closed
   * @param opened when
   * @param lasted how long
   * @param affected how much is quiet because of it
   */
  public record IncidentLine(
      String id,
      String title,
      String tone,
      String state,
      String opened,
      String lasted,
      int affected) {

    static IncidentLine of(Incident incident, Instant now) {
      Instant closed = incident.closed();
      String service = incident.labels().get("service");
      String state =
          closed != null ? "closed" : incident.acknowledged() == null ? "open" : "acknowledged";
      return new IncidentLine(
          incident.id(),
          incident.title() + (service == null ? "" : " · " + service),
          state.equals("open") ? "fail" : state.equals("closed") ? "pass" : "open",
          state,
          MonitorView.time(incident.opened()),
          words(Duration.between(incident.opened(), closed == null ? now : closed)),
          incident.affected().size());
    }

    private static String words(Duration duration) {
      return duration.toHours() > 0
          ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
          : duration.toMinutes() > 0
              ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
              : duration.toSeconds() + " s";
    }
  }

  /**
   * A silence in a list. Immutable.
   *
   * @param id its id
   * @param matchers what it keeps quiet
   * @param state pending or active
   * @param until when it ends
   * @param by who made it
   * @param comment why
   */
  public record SilenceLine(
      String id, String matchers, String state, String until, String by, String comment) {}

  /**
   * One incident. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param line in words
   * @param incident itself
   * @param entries what happened, the newest first
   * @param alerts its alerts that are known still
   * @param operator whether the member may acknowledge
   */
  public record One(
      Frame frame,
      Project project,
      IncidentLine line,
      Incident incident,
      List<EntryLine> entries,
      List<AlertLine> alerts,
      boolean operator) {}

  /**
   * Something that happened. Immutable.
   *
   * @param at when, in UTC
   * @param kind in a word
   * @param text a sentence
   * @param times how often in a row, the last time of which is told
   */
  public record EntryLine(String at, String kind, String text, int times) {}

  @GetMapping("/alerts")
  ResponseEntity<String> alerts(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String matchers,
      @RequestParam(defaultValue = "") String part,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.VIEWER);
    ResponseEntity<String> file = Listed.file(format, () -> table(rooms.of(name), part));
    if (file != null) {
      return file;
    }
    return alerts(200, who, token, project, matchers, null);
  }

  private Table table(Watchroom room, String part) {
    Instant now = rooms.now();
    return switch (part) {
      case "incidents" -> AlertTables.incidents(room.engine().incidents(), now);
      case "silences" -> AlertTables.silences(lasting(room, now), now);
      default -> AlertTables.alerts(lastingAlerts(room, now));
    };
  }

  private static List<Seen> lastingAlerts(Watchroom room, Instant now) {
    return room.engine().alerts(now).stream().filter(Seen::lasts).toList();
  }

  private static List<Silence> lasting(Watchroom room, Instant now) {
    return room.engine().silences().stream()
        .filter(silence -> silence.endsAt().isAfter(now))
        .toList();
  }

  private ResponseEntity<String> alerts(
      int status,
      Authentication who,
      CsrfToken token,
      Project project,
      String matchers,
      @Nullable String wrong) {
    Watchroom room = rooms.of(project.name());
    Instant now = rooms.now();
    boolean admin = access.may(who, project.name(), Role.ADMIN);
    List<Seen> alerts = lastingAlerts(room, now);
    return template.page(
        status,
        "alerts",
        new Alerts(
            frames.of(project, "Alerts", project.title() + ": alerts", who, token),
            project,
            room.engine().failing().stream().map(FailingLine::of).toList(),
            alerts.stream().limit(ALERTS).map(AlertLine::of).toList(),
            Math.max(0, alerts.size() - ALERTS),
            room.engine().incidents().stream()
                .limit(INCIDENTS)
                .map(incident -> IncidentLine.of(incident, now))
                .toList(),
            lasting(room, now).stream().map(silence -> line(silence, now)).toList(),
            matchers,
            access.may(who, project.name(), Role.OPERATOR),
            admin,
            admin ? room.routing() : "",
            wrong));
  }

  private static SilenceLine line(Silence silence, Instant now) {
    return new SilenceLine(
        silence.id(),
        silence.matchers().stream().map(Object::toString).collect(Collectors.joining(", ")),
        silence.state(now),
        MonitorView.time(silence.endsAt()),
        silence.createdBy(),
        silence.comment());
  }

  @PostMapping("/silences")
  ResponseEntity<String> silence(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String matchers,
      @RequestParam(defaultValue = "2") int hours,
      @RequestParam(defaultValue = "") String comment) {
    Project project = access.project(who, name, Role.OPERATOR);
    Instant now = rooms.now();
    try {
      desk.silence(
          name,
          new Silence(
              secrets.uuid(),
              LabelMatcher.parse(matchers),
              now,
              now.plus(Duration.ofHours(Math.clamp(hours, 1, LONGEST_HOURS))),
              who.getName(),
              comment,
              now));
    } catch (IllegalArgumentException wrong) {
      return alerts(422, who, token, project, matchers, wrong.getMessage());
    } catch (ProblemException wrong) {
      return alerts(422, who, token, project, matchers, wrong.problems().getFirst().what());
    }
    return to("/projects/" + name + "/alerts");
  }

  @PostMapping("/silences/{id}/expire")
  ResponseEntity<String> expire(
      Authentication who, @PathVariable String name, @PathVariable String id) {
    var _ = access.project(who, name, Role.OPERATOR);
    boolean _ = desk.expire(name, id);
    return to("/projects/" + name + "/alerts");
  }

  @PostMapping("/alerting")
  ResponseEntity<String> route(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String routing) {
    Project project = access.project(who, name, Role.ADMIN);
    try {
      desk.route(name, routing.replace("\r\n", "\n"));
    } catch (ProblemException wrong) {
      var problem = wrong.problems().getFirst();
      return alerts(422, who, token, project, "", problem.where().text() + ": " + problem.what());
    }
    return to("/projects/" + name + "/alerts");
  }

  @GetMapping("/incidents/{incident}")
  ResponseEntity<String> incident(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @PathVariable String incident) {
    Project project = access.project(who, name, Role.VIEWER);
    Watchroom room = rooms.of(name);
    Incident found =
        room.engine()
            .incident(incident)
            .orElseThrow(() ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "there is no incident '" + incident + "'"));
    Instant now = rooms.now();
    IncidentLine line = IncidentLine.of(found, now);
    return template.page(
        "incident",
        new One(
            frames.of(project, "Alerts", line.title(), who, token),
            project,
            line,
            found,
            found.timeline().reversed().stream()
                .map(entry ->
                    new EntryLine(
                        MonitorView.time(entry.at()), entry.kind(), entry.text(), entry.times()))
                .toList(),
            room.engine().alerts(now).stream()
                .filter(seen -> found.alerts().contains(seen.alert().fingerprint()))
                .map(AlertLine::of)
                .toList(),
            access.may(who, name, Role.OPERATOR)));
  }

  @PostMapping("/incidents/{incident}/acknowledge")
  ResponseEntity<String> acknowledge(
      Authentication who,
      @PathVariable String name,
      @PathVariable String incident,
      @RequestParam(defaultValue = "") String comment) {
    var _ = access.project(who, name, Role.OPERATOR);
    boolean _ = desk.acknowledge(name, incident, who.getName(), comment);
    return to("/projects/" + name + "/incidents/" + incident);
  }

  private static ResponseEntity<String> to(String place) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", place).build();
  }
}
