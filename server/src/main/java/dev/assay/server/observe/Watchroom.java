package dev.assay.server.observe;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Where;
import dev.assay.core.parse.RecordFile;
import dev.assay.observe.alert.Alert;
import dev.assay.observe.alert.AlertDocuments;
import dev.assay.observe.alert.AlertDocuments.Change;
import dev.assay.observe.alert.AlertEngine;
import dev.assay.observe.alert.AlertJson;
import dev.assay.observe.alert.AlertingFile;
import dev.assay.observe.alert.Routing;
import dev.assay.observe.problem.AlertProblems;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** What is observed in one project. Thread-safe. */
public final class Watchroom {

  /** Where alerts go while nobody said: nowhere, but they make incidents. */
  public static final String FIRST_ROUTING =
      """
      route:
        receiver: nobody
        group_by: [alertname, service]
      receivers:
        - name: nobody
      """;

  private static final int MOST_MONITORS = 1_000;
  private static final int LONGEST_ROUTING = 200_000;
  private static final String SETTING = "setting";

  /** An alert goes to people by many ways, which know no zone of theirs. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final AlertDocuments documents;
  private final AlertEngine engine;
  private final ReentrantLock lock = new ReentrantLock();

  Watchroom(AlertDocuments documents) {
    this.documents = documents;
    this.engine = new AlertEngine(Routing.ofKept(read(routing())), documents);
  }

  /** The alerts, silences and incidents. */
  public AlertEngine engine() {
    return engine;
  }

  /** Where alerts go, as it is written. */
  public String routing() {
    return documents.all(SETTING).get("routing") instanceof Json.Text text
        ? text.value()
        : FIRST_ROUTING;
  }

  /** No variables: whoever writes it must not read the server's environment. */
  private static AlertingFile read(String text) {
    return RecordFile.read("alerting.yml", text, AlertingFile.class, Map.of());
  }

  /**
   * Alerts go another way.
   *
   * @throws dev.assay.api.problem.ProblemException with all that is wrong; nothing changed then
   */
  public void route(String text, Instant now) {
    if (text.length() > LONGEST_ROUTING) {
      throw AlertProblems.WRONG_ROUTING.failure(
          Where.named("alerting.yml"), "it is longer than 200,000 characters", "make it shorter");
    }
    Routing routing = Routing.of(read(text));
    lock.lock();
    try {
      documents.write(List.of(new Change(SETTING, "routing", Json.of(text))));
      engine.route(routing, now);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the public page and the badges are there. */
  public boolean open() {
    return documents.all(SETTING).get("open") instanceof Json.Bool(boolean open) && open;
  }

  /** Opens or closes the public page and the badges. */
  public void open(boolean open) {
    documents.write(List.of(new Change(SETTING, "open", Json.of(open))));
  }

  /** The monitors, as their agents tell, by name. */
  public List<Json.Obj> monitors() {
    return documents.all("monitor").values().stream().map(Json::asObject).toList();
  }

  /** An agent tells of its monitors; those of the same agent that it does not name are gone. */
  public void monitors(List<Json> told, Instant now) {
    if (told.size() > MOST_MONITORS) {
      throw AlertProblems.WRONG_ALERT.failure(
          Where.named("the request"),
          "there are " + told.size() + " monitors",
          "send at most 1000");
    }
    List<Change> changes = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Set<String> agents = new HashSet<>();
    for (Json each : told) {
      Json.Obj monitor = each.asObject();
      String id = monitor.text("from") + "/" + monitor.text("name");
      agents.add(monitor.text("from"));
      ids.add(id);
      Json.Builder kept = Json.object();
      for (String name : List.of("name", "check", "schedule", "from")) {
        kept.put(name, monitor.text(name));
      }
      kept.put("alerting", monitor.get("alerting").asBool());
      kept.put("misfires", monitor.whole("misfires"));
      kept.put("overlaps", monitor.whole("overlaps"));
      kept.putIfPresent("place", monitor.findText("place"));
      String expected = monitor.findText("expected");
      kept.putIfPresent("expected", expected == null ? null : Instant.parse(expected).toString());
      changes.add(new Change("monitor", id, kept.put("heard", now.toString()).build()));
    }
    documents
        .all("monitor")
        .forEach((id, monitor) -> {
          if (!ids.contains(id) && agents.contains(monitor.asObject().text("from"))) {
            changes.add(new Change("monitor", id, null));
          }
        });
    documents.write(changes);
  }

  /**
   * The project is back from the archive, while nobody had to be heard of: each monitor gets the
   * time again in which its agent has to tell of it.
   */
  public void returned(Instant now) {
    List<Change> changes = new ArrayList<>();
    documents
        .all("monitor")
        .forEach((id, monitor) -> {
          Json.Builder kept = Json.object();
          monitor.asObject().members().forEach(kept::put);
          changes.add(
              new Change(
                  "monitor", id, kept.put(MonitorStanding.RETURNED, now.toString()).build()));
        });
    documents.write(changes);
  }

  /** A monitor that is of no use any more is forgotten; whether it was there. */
  public boolean forget(String from, String name) {
    String id = from + "/" + name;
    boolean there = documents.all("monitor").containsKey(id);
    documents.write(List.of(new Change("monitor", id, null)));
    return there;
  }

  /** The objectives, as they stood when their agent looked last. */
  public List<Json.Obj> slos() {
    return documents.all("slo").values().stream().map(Json::asObject).toList();
  }

  /** An agent tells how objectives stand. */
  public void slos(List<Json> told) {
    if (told.size() > MOST_MONITORS) {
      throw AlertProblems.WRONG_ALERT.failure(
          Where.named("the request"),
          "there are " + told.size() + " objectives",
          "send at most 1000");
    }
    List<Change> changes = new ArrayList<>();
    for (Json each : told) {
      Json.Obj slo = each.asObject();
      SloView _ = SloView.of(slo); // what cannot be shown is not taken
      changes.add(new Change("slo", slo.text("name"), slo));
    }
    documents.write(changes);
  }

  /** An agent that is not heard of makes an alert: nobody watches then. */
  void listen(Instant now) {
    List<Alert> alerts = new ArrayList<>();
    Set<String> lasting = new HashSet<>();
    engine.alerts(now).stream()
        .filter(AlertEngine.Seen::lasts)
        .forEach(seen -> lasting.add(seen.alert().fingerprint()));
    for (Json.Obj monitor : monitors()) {
      if (monitor.findText("expected") != null) {
        boolean silent = MonitorStanding.isSilent(monitor, now);
        Alert alert = silence(monitor, now, silent);
        if (silent || lasting.contains(alert.fingerprint())) {
          alerts.add(alert);
        }
      }
    }
    if (!alerts.isEmpty()) {
      engine.post(alerts, now);
    }
  }

  private static Alert silence(Json.Obj monitor, Instant now, boolean lasts) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("alertname", "MonitorSilent");
    labels.put("monitor", monitor.text("name"));
    labels.put("from", monitor.text("from"));
    labels.put("severity", "warning");
    TreeMap<String, String> annotations = new TreeMap<>();
    annotations.put(
        "summary",
        "nothing was heard of monitor "
            + monitor.text("name")
            + " from "
            + monitor.text("from")
            + " since "
            + TIME.format(Instant.parse(monitor.text("heard"))));
    return new Alert(
        labels, annotations, now, lasts ? now.plus(AlertJson.RESOLVE_TIMEOUT) : now, now, "");
  }
}
