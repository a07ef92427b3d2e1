package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Where;
import dev.assay.observe.alert.AlertDocuments.Change;
import dev.assay.observe.problem.AlertProblems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes alerts, and says who is to be told of what and when. Everything that was taken and told is
 * kept before it is acknowledged, so that after a crash nobody is told of nothing, and few are told
 * twice: a notification is sent at least once, and again only where it is not known to have
 * arrived. Bounded: 10,000 alerts, 2,000 silences, 500 incidents. Thread-safe.
 *
 * <p>Whoever drives it calls {@link #tick} about once a second, sends what it gives, and tells
 * {@link #told} how that went.
 */
public final class AlertEngine {

  private static final int MOST_ALERTS = 10_000;
  private static final int MOST_SILENCES = 2_000;
  private static final int MOST_INCIDENTS = 500;
  private static final Duration KEPT = Duration.ofMinutes(15);
  private static final Duration SILENCES_KEPT = Duration.ofDays(5);

  private final AlertDocuments documents;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Alert> alerts = new LinkedHashMap<>();
  private final Map<String, Silence> silences = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Map<String, Route> routes = new HashMap<>();
  private Routing routing;

  /** Goes on where the documents end. */
  public AlertEngine(Routing routing, AlertDocuments documents) {
    this.documents = documents;
    this.routing = routing;
    routing.root().all().forEach(route -> routes.put(route.id(), route));
    Instant never = Instant.EPOCH;
    documents
        .all("alert")
        .forEach((id, json) -> alerts.put(id, AlertJson.alert(json.asObject(), never)));
    documents
        .all("silence")
        .forEach((id, json) -> silences.put(id, AlertJson.silence(json, id, never)));
    documents.all("group").forEach((id, json) -> groups.put(id, Group.of(json)));
    documents.all("incident").forEach((id, json) -> incidents.put(id, Incident.of(json)));
  }

  /**
   * An alert and what becomes of it.
   *
   * @param alert the alert
   * @param silencedBy the silences that keep it quiet
   * @param inhibitedBy the alerts that keep it quiet
   * @param receivers who is told of it
   * @param lasts whether it lasts
   */
  public record Seen(
      Alert alert,
      List<String> silencedBy,
      List<Alert> inhibitedBy,
      List<String> receivers,
      boolean lasts) {

    /** {@code active} or {@code suppressed}. */
    public String state() {
      return silencedBy.isEmpty() && inhibitedBy.isEmpty() ? "active" : "suppressed";
    }
  }

  /** Takes another file; what lasts is routed anew. */
  public void route(Routing other, Instant now) {
    lock.lock();
    try {
      routing = other;
      routes.clear();
      other.root().all().forEach(route -> routes.put(route.id(), route));
      List<Change> changes = new ArrayList<>();
      Map<String, Group> before = new LinkedHashMap<>(groups);
      groups.clear();
      before.keySet().forEach(key -> changes.add(new Change("group", key, null)));
      for (Alert alert : alerts.values()) {
        for (Route route : routing.root().match(alert.labels())) {
          SortedMap<String, String> labels = route.group(alert.labels());
          String key = Group.key(route, labels);
          Group old = before.get(key);
          Group group =
              groups.computeIfAbsent(
                  key, _ -> old == null ? new Group(key, route.id(), labels, now) : old);
          group.anew();
          group.alerts.add(alert.fingerprint());
        }
      }
      groups.values().forEach(group -> changes.add(new Change("group", group.key, group.json())));
      documents.write(changes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes alerts; when it returns they are kept.
   *
   * @throws dev.assay.api.problem.ProblemException if there are too many
   */
  public void post(List<Alert> posted, Instant now) {
    lock.lock();
    try {
      List<Change> changes = new ArrayList<>();
      Map<String, Alert> fresh = new LinkedHashMap<>();
      for (Alert alert : posted) {
        String id = alert.fingerprint();
        Alert before = fresh.getOrDefault(id, alerts.get(id));
        if (before == null && !alert.firing(now)) {
          continue; // it is over before anybody heard of it
        }
        fresh.put(id, before == null ? alert : alert.after(before));
      }
      long more = fresh.keySet().stream().filter(id -> !alerts.containsKey(id)).count();
      if (alerts.size() + more > MOST_ALERTS) {
        throw AlertProblems.WRONG_ALERT.failure(
            Where.named("the project"),
            "it has " + alerts.size() + " alerts already",
            "mend what they are about, or send fewer labels that change");
      }
      fresh.forEach((id, alert) -> {
        alerts.put(id, alert);
        changes.add(new Change("alert", id, AlertJson.json(alert).build()));
        join(id, alert, now, changes);
      });
      documents.write(changes);
    } finally {
      lock.unlock();
    }
  }

  private void join(String id, Alert alert, Instant now, List<Change> changes) {
    for (Route route : routing.root().match(alert.labels())) {
      SortedMap<String, String> labels = route.group(alert.labels());
      String key = Group.key(route, labels);
      Group group = groups.get(key);
      if (group == null) {
        if (!alert.firing(now)) {
          continue;
        }
        Instant due = alert.startsAt().plus(route.groupWait());
        Instant wait = now.plus(route.groupWait());
        group = new Group(key, route.id(), labels, due.isBefore(now) ? now : wait);
        groups.put(key, group);
      }
      if (group.alerts.add(id)) {
        changes.add(new Change("group", key, group.json()));
      }
    }
  }

  /** What is to be sent now. Each must be answered with {@link #told}. */
  public List<Notification> tick(Instant now) {
    lock.lock();
    try {
      List<Change> changes = new ArrayList<>();
      List<Notification> due = new ArrayList<>();
      Quiet quiet = new Quiet(routing, silences.values(), alerts.values(), now);
      for (Group group : List.copyOf(groups.values())) {
        Set<String> again = group.due(now);
        if (isDue(group, now)) {
          flush(group, null, quiet, now, due, changes);
        } else if (!again.isEmpty()) {
          flush(group, again, quiet, now, due, changes);
        }
      }
      forget(now, changes);
      try {
        documents.write(changes);
      } catch (RuntimeException unkept) {
        // nobody sends them: they are due at the next tick
        due.forEach(each -> {
          Group group = groups.get(each.groupKey());
          if (group != null) {
            group.underWay.remove(each.way().key());
            group.next = now;
          }
        });
        throw unkept;
      }
      return due;
    } finally {
      lock.unlock();
    }
  }

  /** A time that is farther away than any pause was told by a clock that went wrong. */
  private boolean isDue(Group group, Instant now) {
    Route route = routes.get(group.route);
    return !group.next.isAfter(now)
        || route != null
            && group.next.isAfter(now.plus(route.groupWait()).plus(route.groupInterval()));
  }

  /** Looks what a group has to tell: by all ways, or only by those that are tried again. */
  private void flush(
      Group group,
      @Nullable Set<String> again,
      Quiet quiet,
      Instant now,
      List<Notification> due,
      List<Change> changes) {
    Route route = routes.get(group.route);
    if (route == null) {
      groups.remove(group.key);
      changes.add(new Change("group", group.key, null));
      return;
    }
    group.alerts.removeIf(id -> !alerts.containsKey(id));
    if (again == null) {
      group.next = now.plus(route.groupInterval());
    }
    boolean muted =
        TimeInterval.any(route.muted(), now)
            || !route.active().isEmpty() && !TimeInterval.any(route.active(), now);
    Map<String, Alert> firing = new LinkedHashMap<>();
    Map<String, Alert> resolved = new LinkedHashMap<>();
    for (String id : group.alerts) {
      Alert alert = alerts.get(id);
      if (alert != null && quiet.silencedBy(alert).isEmpty()) {
        List<Alert> by = quiet.inhibitedBy(alert);
        if (by.isEmpty()) {
          (alert.firing(now) ? firing : resolved).put(id, alert);
        } else if (alert.firing(now)) {
          affected(alert, by, now, changes);
        }
      }
    }
    if (!muted) {
      Incident incident = incident(group, route, firing, now, changes);
      tell(group, again, route, firing, resolved, incident, now, due);
    } else if (again != null) {
      group.retries.keySet().removeAll(again); // they are looked at with the group
    }
    if (group.underWay.isEmpty()) {
      settle(group, now, changes);
    }
    if (groups.containsKey(group.key)) {
      changes.add(new Change("group", group.key, group.json()));
    }
  }

  private void tell(
      Group group,
      @Nullable Set<String> again,
      Route route,
      Map<String, Alert> firing,
      Map<String, Alert> resolved,
      @Nullable Incident incident,
      Instant now,
      List<Notification> due) {
    boolean taken = incident != null && incident.acknowledged() != null;
    List<Alert> all = new ArrayList<>(firing.values());
    all.addAll(resolved.values());
    for (Way way : ways(route, group.escalated)) {
      if (!group.needs(
          way, firing.keySet(), resolved.keySet(), route.repeatInterval(), taken, now)) {
        group.retries.remove(way.key());
      } else if ((again == null || again.contains(way.key())) && group.may(way.key(), now)) {
        group.underWay.add(way.key());
        due.add(
            new Notification(
                way,
                group.key,
                group.labels,
                way.tellsResolved() ? all : List.copyOf(firing.values()),
                now,
                group.incident));
      }
    }
  }

  private List<Way> ways(Route route, int escalated) {
    List<Way> ways = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<String> receivers = new ArrayList<>(List.of(route.receiver()));
    route.escalation().stream().limit(escalated).forEach(step -> receivers.add(step.receiver()));
    for (String receiver : receivers) {
      AlertingFile.ReceiverEntry entry = routing.receivers().get(receiver);
      if (entry != null && names.add(receiver)) {
        ways.addAll(Way.of(entry));
      }
    }
    return ways;
  }

  /** The incident of a group: the route that an alert takes first is the one that opens it. */
  private @Nullable Incident incident(
      Group group, Route route, Map<String, Alert> firing, Instant now, List<Change> changes) {
    Incident incident = group.incident == null ? null : incidents.get(group.incident);
    Set<String> own = new HashSet<>();
    firing.forEach((id, alert) -> {
      if (routing.root().match(alert.labels()).getFirst().id().equals(route.id())) {
        own.add(id);
      }
    });
    if (incident == null && !own.isEmpty()) {
      Alert first = alerts.get(own.iterator().next());
      incident = open(group, first == null ? "" : first.name(), now);
    }
    if (incident == null) {
      return null;
    }
    if (!incident.alerts().containsAll(own)) {
      incident = incident.having(own);
    }
    incident = escalated(group, route, incident, firing.isEmpty(), now);
    keep(incident, changes);
    return incident;
  }

  private Incident open(Group group, String name, Instant now) {
    String id =
        java.time.format.DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                .withZone(java.time.ZoneOffset.UTC)
                .format(now)
            + "-"
            + Alert.fingerprint(group.labels).substring(0, 4);
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

  private void keep(Incident incident, List<Change> changes) {
    if (!incident.equals(incidents.put(incident.id(), incident))) {
      changes.add(new Change("incident", incident.id(), incident.json()));
    }
  }

  private void affected(Alert alert, List<Alert> by, Instant now, List<Change> changes) {
    String service = alert.labels().get("service");
    String name = alert.name() + (service == null ? "" : " of " + service);
    for (Alert source : by) {
      String id = source.fingerprint();
      for (Incident incident : List.copyOf(incidents.values())) {
        if (incident.closed() == null && incident.alerts().contains(id)) {
          keep(incident.affecting(name, now), changes);
        }
      }
    }
  }

  /**
   * Says how sending went; {@code failure} is null where it arrived.
   *
   * @return how the way fails, and when it is tried again; null where it does not
   */
  public @Nullable FailingWay told(
      Notification notification, @Nullable Failure failure, Instant now) {
    lock.lock();
    try {
      Group group = groups.get(notification.groupKey());
      String way = notification.way().key();
      if (group == null) {
        // whatever it was about is over, or goes another way now
        return failure == null
            ? null
            : Way.failing(way, Retry.after(null, way, failure, now), null);
      }
      List<Change> changes = new ArrayList<>();
      group.underWay.remove(way);
      FailingWay failing = null;
      if (failure == null) {
        group.reached(way, what(notification));
      } else {
        Retry vain = group.failed(way, what(notification), failure, now);
        Retry again = group.retries.get(way);
        failing =
            vain != null
                ? Way.failing(way, vain, null)
                : again == null ? null : Way.failing(way, again, again.next());
      }
      note(notification, failing, now, changes);
      if (group.underWay.isEmpty()) {
        settle(group, now, changes);
      }
      if (groups.containsKey(group.key)) {
        changes.add(new Change("group", group.key, group.json()));
      }
      documents.write(changes);
      return failing;
    } finally {
      lock.unlock();
    }
  }

  private static Group.Told what(Notification notification) {
    Set<String> firing = new HashSet<>();
    Set<String> resolved = new HashSet<>();
    notification
        .alerts()
        .forEach(alert ->
            (alert.firing(notification.at()) ? firing : resolved).add(alert.fingerprint()));
    return new Group.Told(firing, resolved, notification.at());
  }

  /** The ways that fail now, and those that were given up; of each what is gravest. */
  public List<FailingWay> failing() {
    lock.lock();
    try {
      Map<String, FailingWay> all = new java.util.TreeMap<>();
      for (Group group : groups.values()) {
        group.gaveUp.forEach((way, given) -> {
          if (!group.retries.containsKey(way)) {
            all.putIfAbsent(way, Way.failing(way, given.last(), null));
          }
        });
      }
      for (Group group : groups.values()) {
        group.retries.forEach((way, retry) -> {
          FailingWay known = all.get(way);
          if (known == null || known.next() != null && known.tries() < retry.tries()) {
            all.put(way, Way.failing(way, retry, retry.next()));
          }
        });
      }
      return List.copyOf(all.values());
    } finally {
      lock.unlock();
    }
  }

  private void note(
      Notification notification, @Nullable FailingWay failing, Instant now, List<Change> changes) {
    String id = notification.incident();
    Incident incident = id == null ? null : incidents.get(id);
    if (incident != null) {
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
      keep(incident, changes);
    }
  }

  /** Lets go of what is over and told; a group without alerts is over, and so is its incident. */
  private void settle(Group group, Instant now, List<Change> changes) {
    Route route = routes.get(group.route);
    if (route == null) {
      return;
    }
    List<Way> ways = ways(route, group.escalated);
    group.alerts.removeIf(id -> {
      Alert alert = alerts.get(id);
      return alert == null
          || !alert.firing(now) && ways.stream().allMatch(way -> group.knows(way, id));
    });
    if (group.alerts.isEmpty()) {
      groups.remove(group.key);
      changes.add(new Change("group", group.key, null));
      Incident incident = group.incident == null ? null : incidents.get(group.incident);
      if (incident != null && incident.closed() == null) {
        keep(incident.over(now), changes);
      }
    }
  }

  private void forget(Instant now, List<Change> changes) {
    Set<String> used = new HashSet<>();
    groups.values().forEach(group -> used.addAll(group.alerts));
    alerts
        .entrySet()
        .removeIf(entry -> {
          boolean old =
              !used.contains(entry.getKey()) && entry.getValue().endsAt().plus(KEPT).isBefore(now);
          if (old) {
            changes.add(new Change("alert", entry.getKey(), null));
          }
          return old;
        });
    silences
        .entrySet()
        .removeIf(entry -> {
          boolean old = entry.getValue().endsAt().plus(SILENCES_KEPT).isBefore(now);
          if (old) {
            changes.add(new Change("silence", entry.getKey(), null));
          }
          return old;
        });
    if (incidents.size() > MOST_INCIDENTS) {
      incidents.values().stream()
          .filter(incident -> incident.closed() != null)
          .sorted(Comparator.comparing(Incident::opened))
          .limit(incidents.size() - (long) MOST_INCIDENTS)
          .map(Incident::id)
          .toList()
          .forEach(id -> {
            incidents.remove(id);
            changes.add(new Change("incident", id, null));
          });
    }
  }

  /** The alerts, with what becomes of them; those that are over for a quarter of an hour, too. */
  public List<Seen> alerts(Instant now) {
    lock.lock();
    try {
      Quiet quiet = new Quiet(routing, silences.values(), alerts.values(), now);
      return alerts.values().stream()
          .map(alert ->
              new Seen(
                  alert,
                  quiet.silencedBy(alert),
                  alert.firing(now) ? quiet.inhibitedBy(alert) : List.of(),
                  routing.root().match(alert.labels()).stream()
                      .map(Route::receiver)
                      .distinct()
                      .toList(),
                  alert.firing(now)))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** The incidents, the newest first. */
  public List<Incident> incidents() {
    lock.lock();
    try {
      return incidents.values().stream()
          .sorted(Comparator.comparing(Incident::opened).thenComparing(Incident::id).reversed())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** An incident. */
  public Optional<Incident> incident(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(incidents.get(id));
    } finally {
      lock.unlock();
    }
  }

  /** Somebody takes care of an incident: nobody else is told until something new comes. */
  public boolean acknowledge(String id, String who, String comment, Instant now) {
    lock.lock();
    try {
      Incident incident = incidents.get(id);
      if (incident == null || incident.closed() != null) {
        return false;
      }
      List<Change> changes = new ArrayList<>();
      keep(incident.by(who, comment, now), changes);
      documents.write(changes);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The silences. */
  public List<Silence> silences() {
    lock.lock();
    try {
      return List.copyOf(silences.values());
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a silence, or changes the one of that id. */
  public void silence(Silence silence) {
    lock.lock();
    try {
      if (silences.size() >= MOST_SILENCES && !silences.containsKey(silence.id())) {
        throw AlertProblems.WRONG_ALERT.failure(
            Where.named("the project"), "it has 2000 silences already", "let some of them expire");
      }
      documents.write(
          List.of(new Change("silence", silence.id(), AlertJson.json(silence).build())));
      silences.put(silence.id(), silence);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a silence now; whether there was one that lasted. */
  public boolean expire(String id, Instant now) {
    lock.lock();
    try {
      Silence silence = silences.get(id);
      if (silence == null || !silence.endsAt().isAfter(now)) {
        return false;
      }
      if (silence.startsAt().isBefore(now)) {
        silence(
            new Silence(
                id,
                silence.matchers(),
                silence.startsAt(),
                now,
                silence.createdBy(),
                silence.comment(),
                now));
      } else {
        documents.write(List.of(new Change("silence", id, null)));
        silences.remove(id);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What is routed by. */
  public Routing routing() {
    lock.lock();
    try {
      return routing;
    } finally {
      lock.unlock();
    }
  }

  /** The open groups, for the API: the labels, the receiver and the fingerprints of each. */
  public List<Json.Obj> groups() {
    lock.lock();
    try {
      return groups.values().stream().map(group -> group.json().asObject()).toList();
    } finally {
      lock.unlock();
    }
  }
}
