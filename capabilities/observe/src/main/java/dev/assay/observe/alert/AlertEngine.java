package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Where;
import dev.assay.observe.problem.AlertProblems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
  private static final Duration KEPT = Duration.ofMinutes(15);
  private static final String ALERT = "alert";
  private static final String GROUP = "group";

  private final ReentrantLock lock = new ReentrantLock();
  private final Unwritten unwritten;
  private final Map<String, Alert> alerts = new LinkedHashMap<>();
  private final Silences silences;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Incidents incidents;
  private final Map<String, Route> routes = new HashMap<>();
  private Routing routing;

  /** Goes on where the documents end. */
  public AlertEngine(Routing routing, AlertDocuments documents) {
    this.routing = routing;
    this.unwritten = new Unwritten(documents);
    this.silences = new Silences(documents);
    this.incidents = new Incidents(documents.all("incident"), unwritten);
    routing.root().all().forEach(route -> routes.put(route.id(), route));
    documents
        .all(ALERT)
        .forEach((id, json) -> alerts.put(id, AlertJson.alert(json.asObject(), Instant.EPOCH)));
    documents.all(GROUP).forEach((id, json) -> groups.put(id, Group.of(json)));
  }

  /**
   * An alert and what becomes of it.
   *
   * @param alert the alert
   * @param silencedBy the silences that keep it quiet
   * @param inhibitedBy the alerts that keep it quiet
   * @param mutedBy the parts of the calendar for which nobody is told; empty where somebody is
   * @param receivers who is told of it
   * @param lasts whether it lasts
   */
  public record Seen(
      Alert alert,
      List<String> silencedBy,
      List<Alert> inhibitedBy,
      List<String> mutedBy,
      List<String> receivers,
      boolean lasts) {

    /** The same as the notifications of one route have it. */
    public Seen by(Route route, Instant now) {
      return new Seen(alert, silencedBy, inhibitedBy, route.mutedBy(now), receivers, lasts);
    }

    /** {@code active} or {@code suppressed}. */
    public String state() {
      return silencedBy.isEmpty() && inhibitedBy.isEmpty() && mutedBy.isEmpty()
          ? "active"
          : "suppressed";
    }
  }

  /** Takes another file; what lasts is routed anew. */
  public void route(Routing other, Instant now) {
    lock.lock();
    try {
      routing = other;
      routes.clear();
      other.root().all().forEach(route -> routes.put(route.id(), route));
      Map<String, Group> before = new LinkedHashMap<>(groups);
      groups.clear();
      before.keySet().forEach(key -> unwritten.put(GROUP, key, null));
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
      groups.values().forEach(this::keep);
      unwritten.write();
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
        unwritten.put(ALERT, id, AlertJson.json(alert).build());
        join(id, alert, now);
      });
      unwritten.write();
    } finally {
      lock.unlock();
    }
  }

  private void join(String id, Alert alert, Instant now) {
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
        keep(group);
      }
    }
  }

  /** What is to be sent now. Each must be answered with {@link #told}. */
  public List<Notification> tick(Instant now) {
    lock.lock();
    try {
      List<Notification> due = new ArrayList<>();
      Quiet quiet = new Quiet(routing, silences.all(), alerts.values(), now);
      for (Group group : List.copyOf(groups.values())) {
        Set<String> again = group.due(now);
        if (isDue(group, now)) {
          flush(group, null, quiet, now, due);
        } else if (!again.isEmpty()) {
          flush(group, again, quiet, now, due);
        }
      }
      forget(now);
      try {
        unwritten.write();
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
      Group group, @Nullable Set<String> again, Quiet quiet, Instant now, List<Notification> due) {
    Route route = routes.get(group.route);
    if (route == null) {
      groups.remove(group.key);
      unwritten.put(GROUP, group.key, null);
      return;
    }
    group.alerts.removeIf(id -> !alerts.containsKey(id));
    if (again == null) {
      group.next = now.plus(route.groupInterval());
    }
    boolean muted = !route.mutedBy(now).isEmpty();
    Map<String, Alert> firing = new LinkedHashMap<>();
    Map<String, Alert> resolved = new LinkedHashMap<>();
    for (String id : group.alerts) {
      Alert alert = alerts.get(id);
      if (alert != null && quiet.silencedBy(alert).isEmpty()) {
        List<Alert> by = quiet.inhibitedBy(alert);
        if (by.isEmpty()) {
          (alert.firing(now) ? firing : resolved).put(id, alert);
        } else if (alert.firing(now)) {
          incidents.affected(alert, by, now);
        }
      }
    }
    if (!muted) {
      Incident incident = incidents.of(group, route, own(route, firing), firing.isEmpty(), now);
      tell(group, again, route, firing, resolved, incident, now, due);
    } else if (again != null) {
      group.retries.keySet().removeAll(again); // they are looked at with the group
    }
    if (group.underWay.isEmpty()) {
      settle(group, now);
    }
    if (groups.containsKey(group.key)) {
      keep(group);
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

  /** The route that an alert takes first is the one that opens an incident of it. */
  private Map<String, Alert> own(Route route, Map<String, Alert> firing) {
    Map<String, Alert> own = new LinkedHashMap<>(firing);
    own.values()
        .removeIf(
            alert -> !routing.root().match(alert.labels()).getFirst().id().equals(route.id()));
    return own;
  }

  private void keep(Group group) {
    unwritten.put(GROUP, group.key, group.json());
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
      incidents.note(notification, failing, now);
      if (group.underWay.isEmpty()) {
        settle(group, now);
      }
      if (groups.containsKey(group.key)) {
        keep(group);
      }
      unwritten.write();
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

  /** Lets go of what is over and told; a group without alerts is over, and so is its incident. */
  private void settle(Group group, Instant now) {
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
      unwritten.put(GROUP, group.key, null);
      incidents.over(group, now);
    }
  }

  private void forget(Instant now) {
    Set<String> used = new HashSet<>();
    groups.values().forEach(group -> used.addAll(group.alerts));
    alerts
        .entrySet()
        .removeIf(entry -> {
          boolean old =
              !used.contains(entry.getKey()) && entry.getValue().endsAt().plus(KEPT).isBefore(now);
          if (old) {
            unwritten.put(ALERT, entry.getKey(), null);
          }
          return old;
        });
    silences.forget(now, unwritten);
    incidents.forget();
  }

  /** The alerts, with what becomes of them; those that are over for a quarter of an hour, too. */
  public List<Seen> alerts(Instant now) {
    lock.lock();
    try {
      Quiet quiet = new Quiet(routing, silences.all(), alerts.values(), now);
      return alerts.values().stream().map(alert -> seen(alert, quiet, now)).toList();
    } finally {
      lock.unlock();
    }
  }

  private Seen seen(Alert alert, Quiet quiet, Instant now) {
    List<Route> taken = routing.root().match(alert.labels());
    Set<String> muted = new LinkedHashSet<>();
    boolean told = false;
    for (Route route : taken) {
      List<String> by = route.mutedBy(now);
      muted.addAll(by);
      told |= by.isEmpty();
    }
    boolean lasts = alert.firing(now);
    return new Seen(
        alert,
        quiet.silencedBy(alert),
        lasts ? quiet.inhibitedBy(alert) : List.of(),
        told ? List.of() : List.copyOf(muted),
        taken.stream().map(Route::receiver).distinct().toList(),
        lasts);
  }

  /** The incidents, the newest first. */
  public List<Incident> incidents() {
    lock.lock();
    try {
      return incidents.newest();
    } finally {
      lock.unlock();
    }
  }

  /** An incident. */
  public Optional<Incident> incident(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(incidents.find(id));
    } finally {
      lock.unlock();
    }
  }

  /** Somebody takes care of an incident: nobody else is told until something new comes. */
  public boolean acknowledge(String id, String who, String comment, Instant now) {
    lock.lock();
    try {
      boolean lasted = incidents.acknowledge(id, who, comment, now);
      unwritten.write();
      return lasted;
    } finally {
      lock.unlock();
    }
  }

  /** The silences. */
  public List<Silence> silences() {
    lock.lock();
    try {
      return List.copyOf(silences.all());
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a silence, or changes the one of that id. */
  public void silence(Silence silence) {
    lock.lock();
    try {
      silences.keep(silence);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a silence now; whether there was one that lasted. */
  public boolean expire(String id, Instant now) {
    lock.lock();
    try {
      return silences.expire(id, now);
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
