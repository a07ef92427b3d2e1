package dev.assay.server.observe.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.observe.alert.Alert;
import dev.assay.observe.alert.AlertEngine.Seen;
import dev.assay.observe.alert.AlertJson;
import dev.assay.observe.alert.LabelMatcher;
import dev.assay.observe.alert.Silence;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.Secrets;
import dev.assay.server.observe.AlertDesk;
import dev.assay.server.observe.Watchroom;
import dev.assay.server.observe.Watchrooms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
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
    // Addresses and keys of receivers stay here: the shape of the routing is no secret, they are.
    Watchroom room = room(who, project, Scope.READ);
    String shape =
        "route:\n  receiver: '"
            + room.engine().routing().root().receiver().replace("'", "''")
            + "'\nreceivers:\n"
            + String.join(
                "",
                room.engine().routing().receivers().keySet().stream()
                    .sorted()
                    .map(name -> "- name: '" + name.replace("'", "''") + "'\n")
                    .toList());
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
            .put("config", Json.object().put("original", shape).build())
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

  @PostMapping("/alerts")
  String post(
      Authentication who,
      @PathVariable String project,
      @RequestBody(required = false) @Nullable String body) {
    Watchroom room = room(who, project, Scope.INGEST);
    Instant now = rooms.now();
    room.engine().post(AlertJson.alerts(JsonReader.read(body == null ? "" : body), now), now);
    return "{}";
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
    return JsonWriter.canonical(
        Json.array(
            seen(who, project, filters, active, silenced, inhibited, receiver).stream()
                .map(AlertmanagerApi::json)
                .toList()));
  }

  private List<Seen> seen(
      Authentication who,
      String project,
      @Nullable List<String> filters,
      boolean active,
      boolean silenced,
      boolean inhibited,
      String receiver) {
    List<LabelMatcher> matchers = matchers(filters);
    return room(who, project, Scope.READ).engine().alerts(rooms.now()).stream()
        .filter(Seen::lasts)
        .filter(seen -> LabelMatcher.all(matchers, seen.alert().labels()))
        .filter(seen -> active || !seen.state().equals("active"))
        .filter(seen -> silenced || seen.silencedBy().isEmpty())
        .filter(seen -> inhibited || seen.inhibitedBy().isEmpty())
        .filter(seen -> receiver.isEmpty() || seen.receivers().contains(receiver))
        .toList();
  }

  private static List<LabelMatcher> matchers(@Nullable List<String> filters) {
    List<LabelMatcher> matchers = new ArrayList<>();
    if (filters != null) {
      filters.forEach(filter -> matchers.addAll(LabelMatcher.parse(filter)));
    }
    return matchers;
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
                .build())
        .build();
  }

  private static Json named(List<String> names) {
    return Json.array(names.stream().map(name -> Json.object().put("name", name).build()).toList());
  }

  private static Json texts(List<String> texts) {
    return Json.array(texts.stream().map(Json::of).toList());
  }

  @GetMapping("/alerts/groups")
  String groups(Authentication who, @PathVariable String project) {
    Watchroom room = room(who, project, Scope.READ);
    Map<String, Seen> seen = new LinkedHashMap<>();
    room.engine().alerts(rooms.now()).forEach(each -> seen.put(each.alert().fingerprint(), each));
    List<Json> groups = new ArrayList<>();
    for (Json.Obj group : room.engine().groups()) {
      List<Json> of = new ArrayList<>();
      String receiver = "";
      for (Json id : group.array("alerts")) {
        Seen each = seen.get(id.asText());
        if (each != null && each.lasts()) {
          of.add(json(each));
          receiver = each.receivers().getFirst();
        }
      }
      if (!of.isEmpty()) {
        groups.add(
            Json.object()
                .put("labels", group.object("labels"))
                .put("receiver", Json.object().put("name", receiver).build())
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
    List<LabelMatcher> wanted = matchers(filters);
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

  @PostMapping("/silences")
  String silence(
      Authentication who,
      @PathVariable String project,
      @RequestBody(required = false) @Nullable String body) {
    var _ = access.runs(who, project, Scope.OPERATE);
    Silence silence =
        AlertJson.silence(JsonReader.read(body == null ? "" : body), secrets.uuid(), rooms.now());
    desk.silence(project, silence);
    return JsonWriter.canonical(Json.object().put("silenceID", silence.id()).build());
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
