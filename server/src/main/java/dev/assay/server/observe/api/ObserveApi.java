package dev.assay.server.observe.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.observe.alert.Incident;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.api.BadBodyException;
import dev.assay.server.api.BoundedBody;
import dev.assay.server.api.JsonBody;
import dev.assay.server.observe.AlertDesk;
import dev.assay.server.observe.MonitorStanding;
import dev.assay.server.observe.Watchroom;
import dev.assay.server.observe.Watchrooms;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Monitors, objectives, incidents and where alerts go, for programs. */
@RestController
@RequestMapping(path = "/api/v1/projects/{project}", produces = MediaType.APPLICATION_JSON_VALUE)
class ObserveApi {

  private static final int LONGEST_BODY = 16 << 20;

  private final Access access;
  private final Watchrooms rooms;
  private final AlertDesk desk;

  ObserveApi(Access access, Watchrooms rooms, AlertDesk desk) {
    this.access = access;
    this.rooms = rooms;
    this.desk = desk;
  }

  private Watchroom room(Authentication who, String project, Scope scope) {
    var _ = access.runs(who, project, scope);
    return rooms.of(project);
  }

  /** An agent tells which monitors it carries out, and how they stand. */
  @PutMapping("/monitors")
  String monitors(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException {
    room(who, project, Scope.INGEST)
        .monitors(JsonReader.read(BoundedBody.text(body, LONGEST_BODY)).asArray(), rooms.now());
    return "{}";
  }

  /** How they stand, as the page of monitors says. */
  @GetMapping("/monitors")
  String monitors(Authentication who, @PathVariable String project) {
    var runs = access.runs(who, project, Scope.READ);
    return JsonWriter.canonical(
        Json.array(
            MonitorStanding.of(rooms.of(project), runs, rooms.now()).stream()
                .map(MonitorStanding::json)
                .toList()));
  }

  /** An agent tells how objectives stand. */
  @PutMapping("/slos")
  String slos(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException {
    room(who, project, Scope.INGEST)
        .slos(JsonReader.read(BoundedBody.text(body, LONGEST_BODY)).asArray());
    return "{}";
  }

  @GetMapping("/slos")
  String slos(Authentication who, @PathVariable String project) {
    return JsonWriter.canonical(Json.array(room(who, project, Scope.READ).slos()));
  }

  @GetMapping("/incidents")
  String incidents(Authentication who, @PathVariable String project) {
    return JsonWriter.canonical(
        Json.array(
            room(who, project, Scope.READ).engine().incidents().stream()
                .map(Incident::json)
                .toList()));
  }

  @GetMapping("/incidents/{incident}")
  String incident(Authentication who, @PathVariable String project, @PathVariable String incident) {
    return room(who, project, Scope.READ)
        .engine()
        .incident(incident)
        .map(found -> JsonWriter.canonical(found.json()))
        .orElseThrow(() -> missing(incident));
  }

  @PostMapping("/incidents/{incident}/acknowledge")
  String acknowledge(
      Authentication who,
      @PathVariable String project,
      @PathVariable String incident,
      @RequestParam(defaultValue = "") String comment) {
    var _ = room(who, project, Scope.OPERATE);
    if (!desk.acknowledge(project, incident, Access.author(who), comment)) {
      throw missing(incident);
    }
    return "{}";
  }

  private static ResponseStatusException missing(String incident) {
    return new ResponseStatusException(
        HttpStatus.NOT_FOUND, "there is no such incident '" + incident + "' that is open");
  }

  /** Takes the routing, in the form of Alertmanager's file. */
  @PutMapping(path = "/alerting", consumes = MediaType.ALL_VALUE)
  String route(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException {
    var _ = access.project(who, project, Scope.ADMIN);
    desk.route(project, BoundedBody.text(body, LONGEST_BODY));
    return "{}";
  }

  /** Where alerts go, as it was written; it may have keys of receivers in it. */
  @GetMapping(path = "/alerting", produces = "application/yaml")
  String routing(Authentication who, @PathVariable String project) {
    return room(who, project, Scope.ADMIN).routing();
  }

  /** Forgets a monitor that is of no use any more. */
  @DeleteMapping("/monitors")
  String forget(
      Authentication who,
      @PathVariable String project,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String monitor) {
    var _ = access.project(who, project, Scope.OPERATE);
    if (!desk.forget(project, from, monitor)) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "there is no monitor '" + monitor + "' from '" + from + "'");
    }
    return "{}";
  }

  /** Whether everybody may see the project's public page and its badges. */
  @GetMapping("/status-page")
  String open(Authentication who, @PathVariable String project) {
    return open(room(who, project, Scope.ADMIN).open());
  }

  private static String open(boolean open) {
    return JsonWriter.canonical(Json.object().put("open", open).build());
  }

  @PutMapping(path = "/status-page", consumes = MediaType.ALL_VALUE)
  String open(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException {
    var _ = access.project(who, project, Scope.ADMIN);
    boolean wanted = JsonBody.read(body, "open").isSo("open");
    desk.open(project, wanted);
    return open(wanted);
  }
}
