package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The incidents of a project, {@value #MOST} at the most besides those that last. Guarded by the
 * engine's lock.
 */
final class Incidents {

  private static final int MOST = 500;
  private static final String KIND = "incident";
  private static final DateTimeFormatter BEGAN =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Unwritten unwritten;

  /** Those that are kept. */
  Incidents(Map<String, Json> kept, Unwritten unwritten) {
    kept.forEach((id, json) -> incidents.put(id, Incident.of(json)));
    this.unwritten = unwritten;
  }

  @Nullable Incident find(@Nullable String id) {
    return id == null ? null : incidents.get(id);
  }

  List<Incident> newest() {
    return incidents.values().stream()
        .sorted(Comparator.comparing(Incident::opened).thenComparing(Incident::id).reversed())
        .toList();
  }

  /** The incident of a group that is told: one is opened with the first of its own alerts. */
  @Nullable Incident of(
      Group group, Route route, Map<String, Alert> own, boolean over, Instant now) {
    Incident incident = find(group.incident);
    if (incident == null && !own.isEmpty()) {
      incident = open(group, own.values().iterator().next().name(), now);
    }
    if (incident == null) {
      return null;
    }
    Set<String> ids = own.keySet();
    if (!incident.alerts().containsAll(ids)) {
      incident = incident.having(ids);
    }
    incident = escalated(group, route, incident, over, now);
    keep(incident);
    return incident;
  }

  private Incident open(Group group, String name, Instant now) {
    String id = BEGAN.format(now) + "-" + Alert.fingerprint(group.labels).substring(0, 4);
    while (incidents.containsKey(id)) {
      id += "x";
    }
    group.incident = id;
    Map<String, String> labels = new HashMap<>(group.labels);
    labels.putIfAbsent("alertname", name);
    return new Incident(id, name, labels, now, null, null, List.of(), List.of(), List.of())
        .with(now, "opened", name);
  }

  private static Incident escalated(
      Group group, Route route, Incident incident, boolean over, Instant now) {
    Incident after = incident;
    while (!over
        && incident.acknowledged() == null
        && group.escalated < route.escalation().size()
        && !incident.opened().plus(route.escalation().get(group.escalated).after()).isAfter(now)) {
      String receiver = route.escalation().get(group.escalated).receiver();
      group.escalated++;
      after = after.with(now, "escalated", "nobody acknowledged it: " + receiver + " is told, too");
    }
    if (incident.acknowledged() == null && group.escalated < route.escalation().size()) {
      Instant step = incident.opened().plus(route.escalation().get(group.escalated).after());
      group.next = step.isBefore(group.next) && step.isAfter(now) ? step : group.next;
    }
    return after;
  }

  private void keep(Incident incident) {
    if (!incident.equals(incidents.put(incident.id(), incident))) {
      unwritten.put(KIND, incident.id(), incident.json());
    }
  }

  /** An alert is quiet because of others: their incidents say so. */
  void affected(Alert alert, List<Alert> by, Instant now) {
    String service = alert.labels().get("service");
    String name = alert.name() + (service == null ? "" : " of " + service);
    for (Alert source : by) {
      String id = source.fingerprint();
      for (Incident incident : List.copyOf(incidents.values())) {
        if (incident.closed() == null && incident.alerts().contains(id)) {
          keep(incident.affecting(name, now));
        }
      }
    }
  }

  /** Notes how telling went; {@code failing} is null where it arrived. */
  void note(Notification notification, @Nullable FailingWay failing, Instant now) {
    Incident incident = find(notification.incident());
    if (incident == null) {
      return;
    }
    String way = notification.way().receiver() + " by " + notification.way().kind();
    if (failing == null) {
      incident = incident.with(now, "told", way + ": " + notification.status());
    } else {
      incident = incident.failing(now, way + " was not reached: " + failing.why());
      if (failing.next() == null) {
        String tries = failing.tries() + " tries since " + failing.since();
        incident = incident.with(now, "gave up", way + ": " + tries);
      }
    }
    keep(incident);
  }

  /** Somebody takes care of it; false where it is over, or not there. */
  boolean acknowledge(String id, String who, String comment, Instant now) {
    Incident incident = find(id);
    if (incident == null || incident.closed() != null) {
      return false;
    }
    keep(incident.by(who, comment, now));
    return true;
  }

  /** The group is over, and so is its incident. */
  void over(Group group, Instant now) {
    Incident incident = find(group.incident);
    if (incident != null && incident.closed() == null) {
      keep(incident.over(now));
    }
  }

  /** Lets go of the oldest that are over, where there are too many. */
  void forget() {
    if (incidents.size() > MOST) {
      incidents.values().stream()
          .filter(incident -> incident.closed() != null)
          .sorted(Comparator.comparing(Incident::opened))
          .limit(incidents.size() - (long) MOST)
          .map(Incident::id)
          .toList()
          .forEach(id -> {
            incidents.remove(id);
            unwritten.put(KIND, id, null);
          });
    }
  }
}
