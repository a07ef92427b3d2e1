package dev.assay.observe.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver is told. Immutable.
 *
 * @param way how
 * @param groupKey what tells the group from others; the same for every notification of it
 * @param groupLabels the labels that the group is made by
 * @param alerts its alerts, those that last first
 * @param at when it was made
 * @param incident of which incident; null for none
 */
public record Notification(
    Way way,
    String groupKey,
    SortedMap<String, String> groupLabels,
    List<Alert> alerts,
    Instant at,
    @Nullable String incident) {

  /** Copies the list. */
  public Notification {
    alerts = List.copyOf(alerts);
  }

  /** Whether any alert lasts. */
  public boolean firing() {
    return alerts.stream().anyMatch(alert -> alert.firing(at));
  }

  /** {@code firing} or {@code resolved}. */
  public String status() {
    return firing() ? "firing" : "resolved";
  }

  /** How many last. */
  public int lasting() {
    return (int) alerts.stream().filter(alert -> alert.firing(at)).count();
  }

  /** The labels that all alerts share. */
  public SortedMap<String, String> commonLabels() {
    return common(alerts.stream().map(Alert::labels).toList());
  }

  /** The annotations that all alerts share. */
  public SortedMap<String, String> commonAnnotations() {
    return common(alerts.stream().map(Alert::annotations).toList());
  }

  private static SortedMap<String, String> common(List<? extends Map<String, String>> all) {
    SortedMap<String, String> common = new TreeMap<>(all.isEmpty() ? Map.of() : all.getFirst());
    all.forEach(each ->
        common.entrySet().removeIf(entry -> !entry.getValue().equals(each.get(entry.getKey()))));
    return common;
  }

  /** One line. */
  public String title() {
    Map<String, String> common = commonLabels();
    String name = common.getOrDefault("alertname", alerts.size() + " alerts");
    String service = common.getOrDefault("service", "");
    String state = firing() ? "FIRING" + (lasting() > 1 ? ":" + lasting() : "") : "RESOLVED";
    return "[" + state + "] " + name + (service.isEmpty() ? "" : " (" + service + ")");
  }
}
