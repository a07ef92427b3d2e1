package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.observe.alert.AlertingFile.ReceiverEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to reach a receiver.
 *
 * @param receiver who
 * @param kind webhook, slack, pagerduty, email or gateway
 * @param number which of that kind
 * @param configuration as written
 */
public record Way(String receiver, String kind, int number, Json configuration) {

  /** Those of a receiver. */
  static List<Way> of(ReceiverEntry entry) {
    List<Way> ways = new ArrayList<>();
    add(ways, entry.name(), "webhook", entry.webhook());
    add(ways, entry.name(), "slack", entry.slack());
    add(ways, entry.name(), "pagerduty", entry.pagerduty());
    add(ways, entry.name(), "email", entry.email());
    add(ways, entry.name(), "gateway", entry.gateway());
    return ways;
  }

  private static void add(List<Way> ways, String receiver, String kind, List<Json> written) {
    for (int i = 0; i < written.size(); i++) {
      ways.add(new Way(receiver, kind, i, written.get(i)));
    }
  }

  /** What it is called in what is kept. */
  public String key() {
    return receiver + "/" + kind + "/" + number;
  }

  /** How a way of that key fails. */
  static FailingWay failing(String key, Retry retry, @Nullable Instant next) {
    int number = key.lastIndexOf('/');
    int kind = key.lastIndexOf('/', number - 1);
    return new FailingWay(
        key.substring(0, kind),
        key.substring(kind + 1, number),
        retry.since(),
        retry.tries(),
        retry.why(),
        next);
  }

  /** Whether it is told that something is over; e-mail only where that is asked for. */
  boolean tellsResolved() {
    Json own = configuration instanceof Json.Obj object ? object.find("send_resolved") : null;
    return own == null ? !kind.equals("email") && !kind.equals("slack") : own.asBool();
  }
}
