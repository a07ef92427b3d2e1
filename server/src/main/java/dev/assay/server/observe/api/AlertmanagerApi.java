package dev.assay.server.observe.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Problem;
import dev.assay.observe.alert.Alert;
import dev.assay.observe.alert.AlertEngine;
import dev.assay.observe.alert.AlertEngine.Seen;
import dev.assay.observe.alert.AlertJson;
import dev.assay.observe.alert.AlertJson.Posted;
import dev.assay.observe.alert.LabelMatcher;
import dev.assay.observe.alert.Route;
import dev.assay.observe.alert.Routing;
import dev.assay.observe.alert.RoutingShape;
import dev.assay.observe.alert.Silence;
import dev.assay.server.Refusal;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.Secrets;
import dev.assay.server.api.BadBodyException;
import dev.assay.server.api.BoundedBody;
import dev.assay.server.observe.AlertDesk;
import dev.assay.server.observe.Watchroom;
import dev.assay.server.observe.Watchrooms;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Alertmanager's API v2, for Prometheus, amtool and others that speak to one: its address is that
 * of the project with {@code /alertmanager} behind it.
 */
@RestController
@RequestMapping(
    path = "/api/v1/projects/{project}/alertmanager/api/v2",
    produces = MediaType.APPLICATION_JSON_VALUE)
class AlertmanagerApi {

  private static final int LONGEST_BODY = 16 << 20;

  private final Access access;
  private final Watchrooms rooms;
  private final AlertDesk desk;
  private final Secrets secrets;
  private final Instant started;

  AlertmanagerApi(Access access, Watchrooms rooms, AlertDesk desk, Secrets secrets) {
    this.access = access;
    this.rooms = rooms;
    this.desk = desk;
    this.secrets = secrets;
    this.started = rooms.now();
  }

  private Watchroom room(Authentication who, String project, Scope scope) {
    var _ = access.runs(who, project, scope);
    return rooms.of(project);
  }

  @GetMapping("/status")
  String status(Authentication who, @PathVariable String project) {
    Routing routing = room(who, project, Scope.READ).engine().routing();
    return JsonWriter.canonical(
        Json.object()
            .put(
                "cluster",
                Json.object().put("status", "disabled").put("peers", Json.array(List.of())).build())
            .put(
                "versionInfo",
                Json.object()
                    .put("version", "0.25.0")
                    .put("revision", "assay")
                    .put("branch", "assay")
                    .put("buildUser", "assay")
                    .put("buildDate", "2026")
                    .put("goVersion", "none")
                    .build())
            .put("config", Json.object().put("original", RoutingShape.yaml(routing.file())).build())
            .put("uptime", started.toString())
            .build());
  }

  @GetMapping("/receivers")
  String receivers(Authentication who, @PathVariable String project) {
    return JsonWriter.canonical(
        Json.array(
            room(who, project, Scope.READ).engine().routing().receivers().keySet().stream()
                .sorted()
                .map(name -> Json.object().put("name", name).build())
                .toList()));
  }

  /** Takes alerts; those that can be taken are, whatever is beside them. */
  @PostMapping("/alerts")
  String post(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException {
    Watchroom room = room(who, project, Scope.INGEST);
    Instant now = rooms.now();
    Posted posted = AlertJson.alerts(sent(body), now, room.engine().routing().resolveTimeout());
    room.engine().post(posted.alerts(), now);
    Problem wrong = posted.wrong();
    if (wrong != null) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST,
          wrong.where().text()
              + ": "
              + wrong.what()
              + "; "
              + posted.alerts().size()
              + " were taken",
          wrong.mend());
    }
    return "{}";
  }

  private static Json sent(InputStream body) throws IOException, BadBodyException {
    return JsonReader.read(BoundedBody.text(body, LONGEST_BODY));
  }

  /** Those that last, as a person or program asks for them. */
  @GetMapping("/alerts")
  String alerts(
      Authentication who,
      @PathVariable String project,
      @RequestParam(name = "filter", required = false) @Nullable List<String> filters,
      @RequestParam(defaultValue = "true") boolean active,
      @RequestParam(defaultValue = "true") boolean silenced,
      @RequestParam(defaultValue = "true") boolean inhibited,
      @RequestParam(defaultValue = "") String receiver) {
    AlertQuery query =
        new AlertQuery(AlertQuery.matchers(filters), active, silenced, inhibited, true, receiver);
    return JsonWriter.canonical(
        Json.array(
            room(who, project, Scope.READ).engine().alerts(rooms.now()).stream()
                .filter(query::takes)
                .filter(seen -> !query.receivers(seen.receivers()).isEmpty())
                .map(AlertmanagerApi::json)
                .toList()));
  }

  private static Json.Obj json(Seen seen) {
    return AlertJson.json(seen.alert())
        .put("fingerprint", seen.alert().fingerprint())
        .put("receivers", named(seen.receivers()))
        .put(
            "status",
            Json.object()
                .put("state", seen.state())
                .put("silencedBy", texts(seen.silencedBy()))
                .put(
                    "inhibitedBy",
                    texts(seen.inhibitedBy().stream().map(Alert::fingerprint).toList()))
                .put("mutedBy", texts(seen.mutedBy()))
                .build())
        .build();
  }

  private static Json named(List<String> names) {
    return Json.array(names.stream().map(name -> Json.object().put("name", name).build()).toList());
  }

  private static Json texts(List<String> texts) {
    return Json.array(texts.stream().map(Json::of).toList());
  }

  /** The alerts that are told together, each group with the receiver of its own route. */
  @GetMapping("/alerts/groups")
  String groups(
      Authentication who,
      @PathVariable String project,
      @RequestParam(name = "filter", required = false) @Nullable List<String> filters,
      @RequestParam(defaultValue = "true") boolean active,
      @RequestParam(defaultValue = "true") boolean silenced,
      @RequestParam(defaultValue = "true") boolean inhibited,
      @RequestParam(defaultValue = "true") boolean muted,
      @RequestParam(defaultValue = "") String receiver) {
    AlertQuery query =
        new AlertQuery(AlertQuery.matchers(filters), active, silenced, inhibited, muted, receiver);
    AlertEngine engine = room(who, project, Scope.READ).engine();
    Instant now = rooms.now();
    Map<String, Seen> seen = new LinkedHashMap<>();
    engine.alerts(now).forEach(each -> seen.put(each.alert().fingerprint(), each));
    Map<String, Route> routes = new HashMap<>();
    engine.routing().root().all().forEach(route -> routes.put(route.id(), route));
    List<Json> groups = new ArrayList<>();
    for (Json.Obj group : engine.groups()) {
      Route route = routes.get(group.text("route"));
      if (route == null || query.receivers(List.of(route.receiver())).isEmpty()) {
        continue;
      }
      List<Json> of = new ArrayList<>();
      for (Json id : group.array("alerts")) {
        Seen each = seen.get(id.asText());
        Seen own = each == null ? null : each.by(route, now);
        if (own != null && query.takes(own)) {
          of.add(json(own));
        }
      }
      if (!of.isEmpty()) {
        groups.add(
            Json.object()
                .put("labels", group.object("labels"))
                .put("receiver", Json.object().put("name", route.receiver()).build())
                .put("alerts", Json.array(of))
                .build());
      }
    }
    return JsonWriter.canonical(Json.array(groups));
  }

  @GetMapping("/silences")
  String silences(
      Authentication who,
      @PathVariable String project,
      @RequestParam(name = "filter", required = false) @Nullable List<String> filters) {
    List<LabelMatcher> wanted = AlertQuery.matchers(filters);
    return JsonWriter.canonical(
        Json.array(
            room(who, project, Scope.READ).engine().silences().stream()
                .filter(silence -> silence.matchers().containsAll(wanted))
                .map(this::json)
                .toList()));
  }

  private Json.Obj json(Silence silence) {
    return AlertJson.json(silence)
        .put("status", Json.object().put("state", silence.state(rooms.now())).build())
        .build();
  }

  /** Makes a silence, or changes the one that it names. */
  @PostMapping("/silences")
  String silence(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException {
    var _ = access.runs(who, project, Scope.OPERATE);
    Json.Obj sent = sent(body).asObject();
    Silence silence = AlertJson.silence(sent, secrets.uuid(), rooms.now());
    String named = Objects.requireNonNullElse(sent.findText("id"), "");
    return JsonWriter.canonical(
        Json.object()
            .put(
                "silenceID",
                named.isEmpty()
                    ? desk.silence(project, silence)
                    : desk.change(project, silence, secrets.uuid())
                        .orElseThrow(() -> missing("silence", named)))
            .build());
  }

  @GetMapping("/silence/{id}")
  String one(Authentication who, @PathVariable String project, @PathVariable String id) {
    return room(who, project, Scope.READ).engine().silences().stream()
        .filter(silence -> silence.id().equals(id))
        .findFirst()
        .map(silence -> JsonWriter.canonical(json(silence)))
        .orElseThrow(() -> missing("silence", id));
  }

  @DeleteMapping("/silence/{id}")
  String expire(Authentication who, @PathVariable String project, @PathVariable String id) {
    var _ = access.runs(who, project, Scope.OPERATE);
    if (!desk.expire(project, id)) {
      throw missing("silence that lasts", id);
    }
    return "{}";
  }

  private static ResponseStatusException missing(String what, String id) {
    return new ResponseStatusException(
        HttpStatus.NOT_FOUND, "there is no " + what + " '" + id + "'");
  }
}
