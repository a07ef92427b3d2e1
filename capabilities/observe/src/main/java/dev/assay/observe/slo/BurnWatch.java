package dev.assay.observe.slo;

import dev.assay.observe.alert.Alert;
import dev.assay.observe.alert.AlertJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The alerts of objectives whose budget burns too fast. For one thread. */
public final class BurnWatch {

  private final String workspace;
  private final Map<String, Alert> burning = new LinkedHashMap<>();

  /** Nothing burns yet. */
  public BurnWatch(String workspace) {
    this.workspace = workspace;
  }

  /**
   * What a look at an objective changed.
   *
   * @param opened what began to burn, for people; null where nothing did
   * @param mended whether it burns no longer
   * @param alerts those that began, go on or are over
   */
  public record Taken(@Nullable String opened, boolean mended, List<Alert> alerts) {
    /** Copies the list. */
    public Taken {
      alerts = List.copyOf(alerts);
    }
  }

  /** Takes how an objective stands now. */
  public Taken take(Budget budget, Instant now) {
    String name = budget.slo().name();
    Budget.Burn firing = budget.firing();
    Alert before = burning.get(name);
    if (firing == null) {
      burning.remove(name);
      return before == null
          ? new Taken(null, false, List.of())
          : new Taken(null, true, List.of(over(before, now)));
    }
    Alert alert = alert(budget, firing, before == null ? now : before.startsAt(), now);
    burning.put(name, alert);
    if (before != null && before.fingerprint().equals(alert.fingerprint())) {
      return new Taken(null, false, List.of(alert));
    }
    List<Alert> alerts = new ArrayList<>();
    if (before != null) {
      alerts.add(over(before, now));
    }
    alerts.add(alert);
    return new Taken(alert.annotations().get("summary"), false, alerts);
  }

  private static Alert over(Alert alert, Instant now) {
    return new Alert(alert.labels(), alert.annotations(), alert.startsAt(), now, now, "");
  }

  private Alert alert(Budget budget, Budget.Burn firing, Instant since, Instant now) {
    TreeMap<String, String> labels = new TreeMap<>(budget.slo().labels());
    labels.keySet().removeIf(label -> !label.matches("[a-zA-Z_][a-zA-Z0-9_]*"));
    labels.put("alertname", "SloBurn");
    labels.put("slo", budget.slo().name());
    labels.put("service", budget.slo().service().isEmpty() ? workspace : budget.slo().service());
    labels.put("severity", firing.rule().severity());
    TreeMap<String, String> annotations = new TreeMap<>();
    annotations.put(
        "summary",
        String.format(
            Locale.ROOT,
            "%s: the budget burns %.1f times too fast over %s; %s",
            budget.slo().title(),
            firing.longBurn(),
            PrometheusRules.prometheus(firing.rule().longWindow()),
            SloText.left(budget.left())));
    if (!budget.releases().isEmpty() && !budget.releases().getFirst().release().isEmpty()) {
      annotations.put("change", budget.releases().getFirst().release());
    }
    return new Alert(labels, annotations, since, now.plus(AlertJson.RESOLVE_TIMEOUT), now, "");
  }
}
