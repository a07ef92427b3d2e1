package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Nearest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Says what is wrong with how receivers are to be reached, when the file is read rather than in the
 * night in which nobody is told. Keys are those of Alertmanager 0.28; those that only say how a
 * message looks are passed over. Immutable.
 */
final class WayCheck {

  private static final List<String> COMMON = List.of("send_resolved");

  /** What may be written beside what must, of each kind. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "webhook",
          "url url_file max_alerts timeout http_config",
          "slack",
          "api_url api_url_file app_token app_token_file app_url channel username color title"
              + " title_link pretext text fields short_fields footer fallback callback_id"
              + " icon_emoji icon_url image_url thumb_url link_names mrkdwn_in actions timeout"
              + " http_config",
          "pagerduty",
          "routing_key routing_key_file service_key service_key_file url client client_url"
              + " description severity source details images links class component group timeout"
              + " http_config",
          "email",
          "to from smarthost hello auth_username auth_password auth_password_file auth_secret"
              + " auth_secret_file auth_identity require_tls tls_config headers html text threading"
              + " force_implicit_tls",
          "gateway",
          "url key to from");

  /**
   * What a way cannot do without: any one of some keys, its own or that of the whole file.
   *
   * @param own its own keys
   * @param shared the key of {@code global}; empty for none
   * @param example what to write
   */
  private record Need(List<String> own, String shared, String example) {}

  private static final Map<String, List<Need>> NEEDS =
      Map.of(
          "webhook",
          List.of(new Need(List.of("url"), "", "url: https://…")),
          "slack",
          List.of(new Need(List.of("api_url"), "slack_api_url", "api_url: https://…")),
          "pagerduty",
          List.of(new Need(List.of("routing_key", "service_key"), "", "routing_key: …")),
          "email",
          List.of(
              new Need(List.of("to"), "", "to: team@…"),
              new Need(List.of("from"), "smtp_from", "from: assay@…"),
              new Need(List.of("smarthost"), "smtp_smarthost", "smarthost: mail:587")),
          "gateway",
          List.of(
              new Need(List.of("url"), "", "url: https://…"),
              new Need(List.of("key"), "", "key: …"),
              new Need(List.of("to"), "", "to: \"+49…\"")));

  private static final Set<String> ADDRESSES = Set.of("url", "api_url");

  private final Way way;
  private final Map<String, Json> global;
  private final BiConsumer<String, String> wrong;

  private WayCheck(Way way, Map<String, Json> global, BiConsumer<String, String> wrong) {
    this.way = way;
    this.global = global;
    this.wrong = wrong;
  }

  /** Tells what is wrong with a way, and how to mend it. */
  static void check(Way way, Map<String, Json> global, BiConsumer<String, String> wrong) {
    new WayCheck(way, global, wrong).check();
  }

  private String self() {
    return "a way by " + way.kind() + " of receiver '" + way.receiver() + "'";
  }

  private void check() {
    if (!(way.configuration() instanceof Json.Obj written)) {
      wrong.accept(self() + " is no map", "write its keys with their values");
      return;
    }
    List<String> known = new ArrayList<>(COMMON);
    known.addAll(List.of(KNOWN.getOrDefault(way.kind(), "").split(" ")));
    for (String key : written.members().keySet()) {
      if (!known.contains(key)) {
        wrong.accept(self() + " has the unknown key '" + key + "'", Nearest.mend(key, known));
      }
    }
    NEEDS.getOrDefault(way.kind(), List.of()).forEach(need -> need(written, need));
    ADDRESSES.forEach(key -> address(written, key));
    HttpConfig.check(written.find(HttpConfig.KEY), self(), wrong);
  }

  private void need(Json.Obj written, Need need) {
    boolean there =
        Stream.concat(
                need.own().stream().map(written::find),
                Stream.of(global.get(need.shared())).filter(shared -> shared != null))
            .anyMatch(value -> value != null && said(value));
    if (there) {
      return;
    }
    String key = need.own().getFirst();
    boolean file = written.find(key + "_file") != null;
    wrong.accept(
        self()
            + (file
                ? " has its '" + key + "' in a file, and none is read"
                : " has no '" + key + "'"),
        "write `" + need.example() + "`");
  }

  private static boolean said(Json value) {
    try {
      return !value.asText().isBlank();
    } catch (JsonException other) {
      return false;
    }
  }

  private void address(Json.Obj written, String key) {
    if (written.find(key) instanceof Json.Text(String address)) {
      try {
        URI place = new URI(address);
        if (place.getHost() == null || !String.valueOf(place.getScheme()).matches("https?")) {
          throw new URISyntaxException(address, "no address");
        }
      } catch (URISyntaxException none) {
        wrong.accept(
            self() + " has a '" + key + "' that is no address of HTTP",
            "write it whole: https://host/path");
      }
    }
  }
}
