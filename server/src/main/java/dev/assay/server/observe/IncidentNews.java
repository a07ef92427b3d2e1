package dev.assay.server.observe;

import dev.assay.api.json.Json;
import dev.assay.observe.alert.Incident;
import dev.assay.server.hook.HookEvent;
import dev.assay.server.hook.HookEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What webhooks hear of a project's incidents: that one opened, and that it is over. After a start
 * the last day is told again, under the same ids, so that nothing is missing and nobody hears
 * twice. For one thread.
 */
final class IncidentNews {

  private static final Duration AGAIN = Duration.ofDays(1);

  private Set<String> told = new HashSet<>();

  /** What is new since the last time. */
  List<HookEvent> of(List<Incident> incidents, Instant now) {
    List<HookEvent> news = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Incident incident : incidents) {
      note(incident, Kind.ALERT_OPENED, incident.opened(), now, seen, news);
      Instant closed = incident.closed();
      if (closed != null) {
        note(incident, Kind.ALERT_CLOSED, closed, now, seen, news);
      }
    }
    told = seen;
    return news;
  }

  private void note(
      Incident incident,
      Kind kind,
      Instant at,
      Instant now,
      Set<String> seen,
      List<HookEvent> news) {
    String id = incident.id() + "." + kind.label();
    if (at.isBefore(now.minus(AGAIN))) {
      return;
    }
    seen.add(id);
    if (!told.contains(id)) {
      Json.Obj data =
          Json.object()
              .put("incident", incident.id())
              .put("title", incident.title())
              .put("labels", Json.texts(incident.labels()))
              .put("opened", incident.opened().toString())
              .putIfPresent(
                  "closed", incident.closed() == null ? null : incident.closed().toString())
              .build();
      news.add(
          new HookEvent(kind, id, "dev.assay." + kind.label() + ".1", incident.id(), at, data));
    }
  }
}
