package dev.assay.observe.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where alerts like its matchers go. Immutable.
 *
 * @param id its place in the tree, such as {@code 0.2.1}
 * @param receiver who is told
 * @param matchers what labels must be like
 * @param groupBy the labels that alerts of one notification share; {@code ...} for all
 * @param groupWait how long the first notification waits for more alerts
 * @param groupInterval how long the next waits
 * @param repeatInterval after how long the same is told again
 * @param goesOn whether alerts go to the routes after it, too
 * @param muted the parts of the calendar in which it is quiet
 * @param active the only parts in which it is not; empty for always
 * @param escalation who else is told while nobody acknowledges, in order
 * @param routes those in it
 */
public record Route(
    String id,
    String receiver,
    List<LabelMatcher> matchers,
    List<String> groupBy,
    Duration groupWait,
    Duration groupInterval,
    Duration repeatInterval,
    boolean goesOn,
    List<NamedInterval> muted,
    List<NamedInterval> active,
    List<Escalation> escalation,
    List<Route> routes) {

  /** Copies the lists. */
  public Route {
    matchers = List.copyOf(matchers);
    groupBy = List.copyOf(groupBy);
    muted = List.copyOf(muted);
    active = List.copyOf(active);
    escalation = List.copyOf(escalation);
    routes = List.copyOf(routes);
  }

  /**
   * Who else is told.
   *
   * @param after how long after the first notification
   * @param receiver who
   */
  public record Escalation(Duration after, String receiver) {}

  /**
   * The routes that an alert takes: in each level the first that matches, and those it goes on to.
   */
  public List<Route> match(Map<String, String> labels) {
    if (!LabelMatcher.all(matchers, labels)) {
      return List.of();
    }
    List<Route> all = new ArrayList<>();
    for (Route route : routes) {
      List<Route> found = route.match(labels);
      all.addAll(found);
      if (!found.isEmpty() && !route.goesOn) {
        break;
      }
    }
    return all.isEmpty() ? List.of(this) : all;
  }

  /**
   * The parts of the calendar for which nobody is told at a moment; empty where somebody is. Those
   * that it is out of are named where it is told in them only.
   */
  public List<String> mutedBy(Instant now) {
    List<String> by = names(muted.stream().filter(each -> each.has(now)).toList());
    boolean out = by.isEmpty() && active.stream().noneMatch(each -> each.has(now));
    return out ? names(active) : by;
  }

  private static List<String> names(List<NamedInterval> intervals) {
    return intervals.stream().map(NamedInterval::name).distinct().toList();
  }

  /** The labels that an alert's group has. */
  SortedMap<String, String> group(Map<String, String> labels) {
    if (groupBy.contains("...")) {
      return new TreeMap<>(labels);
    }
    SortedMap<String, String> group = new TreeMap<>();
    for (String name : groupBy) {
      String value = labels.get(name);
      if (value != null) {
        group.put(name, value);
      }
    }
    return group;
  }

  /** It and all in it. */
  public List<Route> all() {
    List<Route> all = new ArrayList<>(List.of(this));
    routes.forEach(route -> all.addAll(route.all()));
    return all;
  }
}
