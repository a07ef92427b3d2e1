package dev.assay.observe.alert;

import dev.assay.observe.alert.Routing.Inhibition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What keeps alerts quiet at a moment: silences, planned maintenance, alerts that inhibit others,
 * and outages of services that others depend on. Immutable; made anew for each look.
 */
final class Quiet {

  private static final Set<String> SLIGHT = Set.of("info", "none", "warning", "ticket");

  private final Routing routing;
  private final Collection<Silence> silences;
  private final Instant now;

  /** Sources of each rule, by the values of the labels that must be equal. */
  private final List<Map<List<String>, List<Alert>>> sources = new ArrayList<>();

  private final Map<String, List<Alert>> outages = new HashMap<>();

  Quiet(Routing routing, Collection<Silence> silences, Collection<Alert> alerts, Instant now) {
    this.routing = routing;
    this.silences = silences;
    this.now = now;
    List<Alert> firing = alerts.stream().filter(alert -> alert.firing(now)).toList();
    for (Inhibition rule : routing.inhibitions()) {
      Map<List<String>, List<Alert>> of = new HashMap<>();
      for (Alert alert : firing) {
        if (LabelMatcher.all(rule.source(), alert.labels())) {
          of.computeIfAbsent(values(rule, alert), _ -> new ArrayList<>()).add(alert);
        }
      }
      sources.add(of);
    }
    for (Alert alert : firing) {
      String service = alert.labels().get("service");
      if (service != null && !SLIGHT.contains(alert.labels().getOrDefault("severity", ""))) {
        outages.computeIfAbsent(service, _ -> new ArrayList<>()).add(alert);
      }
    }
  }

  private static List<String> values(Inhibition rule, Alert alert) {
    return rule.equal().stream().map(name -> alert.labels().getOrDefault(name, "")).toList();
  }

  /** The silences that keep an alert quiet. */
  List<String> silencedBy(Alert alert) {
    List<String> by = new ArrayList<>();
    silences.forEach(silence -> {
      if (silence.quiets(alert.labels(), now)) {
        by.add(silence.id());
      }
    });
    routing
        .maintenance()
        .forEach(silence -> {
          if (silence.quiets(alert.labels(), now)) {
            by.add(silence.id());
          }
        });
    return by;
  }

  /** The alerts that keep an alert quiet. */
  List<Alert> inhibitedBy(Alert alert) {
    Set<Alert> by = new LinkedHashSet<>();
    for (int i = 0; i < sources.size(); i++) {
      Inhibition rule = routing.inhibitions().get(i);
      if (LabelMatcher.all(rule.target(), alert.labels())) {
        boolean both = LabelMatcher.all(rule.source(), alert.labels());
        for (Alert source : sources.get(i).getOrDefault(values(rule, alert), List.of())) {
          // What is like both sides is not kept quiet by what is like both, so not by itself.
          if (!(both && LabelMatcher.all(rule.target(), source.labels()))) {
            by.add(source);
            break;
          }
        }
      }
    }
    String service = alert.labels().get("service");
    if (service != null) {
      for (String each : routing.dependencies().getOrDefault(service, Set.of())) {
        by.addAll(outages.getOrDefault(each, List.of()));
      }
    }
    return List.copyOf(by);
  }
}
