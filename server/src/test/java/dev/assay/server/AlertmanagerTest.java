package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as an Alertmanager, of which Alertmanager's own client is the judge. */
@Timeout(180)
class AlertmanagerTest {

  private static final String API = "projects/shop/alertmanager/api/v2/";
  private static final String ROUTING =
      """
      route:
        receiver: team
        group_by: [alertname]
        routes:
          - { matchers: [ 'severity="page"' ], receiver: pager, continue: true }
          - { matchers: [ 'team=~"a|b"' ], receiver: chat, group_by: [ team ] }
          - { matchers: [ 'team="asleep"' ], receiver: chat, mute_time_intervals: [ ever ] }
          - { matchers: [ 'team="away"' ], receiver: chat, active_time_intervals: [ past ] }
      receivers:
        - { name: team }
        - { name: pager, webhook_configs: [ { url: "https://pager.invalid/secret" } ] }
        - { name: chat, slack_configs: [ { api_url: "https://chat.invalid/secret" } ] }
      inhibit_rules:
        - { source_matchers: [ 'a="1"' ], target_matchers: [ 'a="2"' ], equal: [ b ] }
      time_intervals:
        - name: night
          time_intervals: [ { times: [ { start_time: "22:00", end_time: "24:00" } ] } ]
        - name: ever
          time_intervals: [ { times: [ { start_time: "00:00", end_time: "24:00" } ] } ]
        - { name: past, time_intervals: [ { years: [ '2001' ] } ] }
      dependencies: { shop: [ database ] }
      """;

  @TempDir private Path folder;
  private FurnishedServer it;
  private String key;

  @BeforeEach
  void start() {
    it = new FurnishedServer(folder.resolve("data"));
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "an agent", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    assertThat(ask("PUT", "projects/shop/alerting", ROUTING).body()).isEqualTo("{}");
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private HttpResponse<String> ask(String method, String path, String body) {
    return it.owner.ask(method, path, key, body.getBytes(StandardCharsets.UTF_8));
  }

  private String amtool(String... words) throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/amtool")),
        "amtool (Debian: prometheus-alertmanager) is not installed");
    Path login = folder.resolve("key.yml");
    Files.writeString(login, "authorization: { type: Bearer, credentials: " + key + " }\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                "amtool",
                "--alertmanager.url=" + it.server.local() + "/api/v1/projects/shop/alertmanager",
                "--http.config.file=" + login));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }

  @Test
  void amtoolRoutesByTheTreeThatIsInForceAndLearnsNoSecret() throws Exception {
    assertThat(amtool("config", "routes", "test", "severity=page", "team=a"))
        .isEqualTo("pager,chat");
    assertThat(amtool("config", "routes", "test", "severity=page")).isEqualTo("pager");
    assertThat(amtool("config", "routes", "test", "team=c")).isEqualTo("team");
    assertThat(amtool("config", "show"))
        .contains("night", "inhibit_rules")
        .doesNotContain("secret", "database");
  }

  @Test
  void eachGroupHasTheReceiverAndTheLabelsOfItsOwnRoute() throws Exception {
    assertThat(amtool("alert", "add", "alertname=Down", "severity=page", "team=a")).isEmpty();
    List<String> groups = new ArrayList<>();
    for (Json group : JsonReader.read(ask("GET", API + "alerts/groups", "").body()).asArray()) {
      Json.Obj of = group.asObject();
      groups.add(of.object("receiver").text("name") + of.object("labels").members().keySet());
    }
    // the first takes the labels that the outermost route groups by
    assertThat(groups).containsExactlyInAnyOrder("pager[alertname]", "chat[team]");
    assertThat(ask("GET", API + "alerts/groups?receiver=ch.*", "").body())
        .contains("chat")
        .doesNotContain("\"receiver\":{\"name\":\"pager\"}");
    assertThat(amtool("alert", "query", "--receiver=p.g.r")).contains("Down");
    assertThat(amtool("alert", "query", "--receiver=p.g")).doesNotContain("Down");
  }

  @Test
  void ofWhatTheCalendarMutesNobodyIsToldAndThatIsSaid() throws Exception {
    assertThat(amtool("alert", "add", "alertname=Down", "team=asleep", "severity=page")).isEmpty();
    assertThat(ask("GET", API + "alerts", "").body()).contains("\"mutedBy\":[]", "\"active\"");
    assertThat(amtool("alert", "add", "alertname=Slow", "team=away")).isEmpty();
    assertThat(amtool("alert", "add", "alertname=Old", "team=asleep")).isEmpty();
    assertThat(ask("GET", API + "alerts", "").body())
        .contains("\"mutedBy\":[\"past\"]", "\"mutedBy\":[\"ever\"]", "\"suppressed\"");
    // of the first the pager is told, which is another group than that of the chat
    assertThat(ask("GET", API + "alerts/groups?muted=false", "").body())
        .contains("\"name\":\"pager\"}}")
        .doesNotContain("Slow", "Old", "\"ever\"");
    assertThat(ask("GET", API + "alerts/groups", "").body()).contains("Slow", "Old", "\"ever\"");
    assertThat(it.owner.get("/projects/shop/alerts").body())
        .contains("quiet because of the time interval past", "nobody is told for now");
  }

  @Test
  void whatIsRefusedIsSaidSoThatAmtoolCanShowIt() throws Exception {
    String id = amtool("silence", "add", "alertname=Down", "-c", "known", "-d", "1h");
    assertThat(amtool("silence", "expire", id)).isEmpty();
    assertThat(amtool("silence", "expire", id)).contains("404").doesNotContain("no consumer");
    String past =
        "{\"matchers\":[{\"name\":\"a\",\"value\":\"b\",\"isRegex\":false}],\"startsAt\":"
            + "\"2025-01-01T00:00:00Z\",\"endsAt\":\"2025-02-01T00:00:00Z\",\"createdBy\":\"x\","
            + "\"comment\":\"y\"}";
    HttpResponse<String> over = ask("POST", API + "silences", past);
    assertThat(over.statusCode()).isEqualTo(400);
    assertThat(over.body()).contains("which is over");
    HttpResponse<String> unknown =
        ask("POST", API + "silences", past.replace("{\"m", "{\"id\":\"none\",\"m"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    HttpResponse<String> plain =
        it.owner.ask(
            "POST",
            API + "silences",
            key,
            past.getBytes(StandardCharsets.UTF_8),
            Map.of("Accept", "application/json"));
    assertThat(plain.statusCode()).isEqualTo(400);
    assertThat(JsonReader.read(plain.body()).asText()).contains("which is over; to mend it: ");
  }

  @Test
  void aSilenceThatIsChangedInWhatItIsAboutIsAnother() throws Exception {
    String id = amtool("silence", "add", "alertname=Down", "-c", "known", "-d", "1h");
    assertThat(amtool("silence", "update", "-d", "3h", id)).contains(id);
    Json.Obj own = JsonReader.read(ask("GET", API + "silence/" + id, "").body()).asObject();
    String other =
        "{\"id\":\"%s\",\"matchers\":[{\"name\":\"alertname\",\"value\":\"Up\",\"isRegex\":false}],\"startsAt\":\"%s\",\"endsAt\":\"%s\",\"createdBy\":\"x\",\"comment\":\"y\"}"
            .formatted(id, own.text("startsAt"), own.text("endsAt"));
    String made =
        JsonReader.read(ask("POST", API + "silences", other).body()).asObject().text("silenceID");
    assertThat(made).isNotEqualTo(id);
    assertThat(amtool("silence", "query")).contains(made).doesNotContain(id);
  }

  @Test
  void oneBadAlertKeepsNoOtherFromBeingHeard() {
    HttpResponse<String> some =
        ask(
            "POST",
            API + "alerts",
            "[{\"labels\":{}},{\"labels\":{\"alertname\":\"Down\",\"service.name\":\"shop\"}},"
                + "{\"labels\":{\"alertname\":\"Slow\"},\"startsAt\":\"yesterday\"}]");
    assertThat(some.statusCode()).isEqualTo(400);
    assertThat(some.body()).contains("alert 1: it has 0 labels", "1 were taken");
    assertThat(ask("GET", API + "alerts", "").body()).contains("service.name");
    assertThat(ask("GET", API + "alerts?filter=%22service.name%22%3D%22shop%22", "").body())
        .contains("Down");
  }

  @Test
  void nobodyIsToldInTheNetworkThatTheServerStandsIn() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer inside =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    inside.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    inside.start();
    try {
      String here = "http://localhost:" + inside.getAddress().getPort() + "/";
      String routing =
          """
          route: { receiver: team, group_wait: 0s }
          receivers:
            - name: team
              webhook_configs: [ { url: "%1$s" } ]
              slack_configs: [ { api_url: "%1$s" } ]
              pagerduty_configs: [ { url: "%1$s", routing_key: k } ]
              gateway_configs: [ { url: "%1$s", key: k, to: "+49" } ]
              email_configs: [ { smarthost: "127.0.0.1:%2$d", from: a@b.invalid, to: c@d.invalid } ]
          """
              .formatted(here, inside.getAddress().getPort());
      assertThat(ask("PUT", "projects/shop/alerting", routing).statusCode()).isEqualTo(200);
      assertThat(
              ask("POST", API + "alerts", "[{\"labels\":{\"alertname\":\"Down\"}}]").statusCode())
          .isEqualTo(200);
      String incidents = ask("GET", "projects/shop/incidents", "").body();
      for (int i = 0; i < 300 && incidents.split("which is no public", -1).length < 6; i++) {
        LockSupport.parkNanos(200_000_000);
        incidents = ask("GET", "projects/shop/incidents", "").body();
      }
      assertThat(incidents)
          .contains("team by webhook", "by slack", "by pagerduty", "by gateway", "by email")
          .contains("which is no public address", "--private-webhooks");
      assertThat(asked).hasValue(0);
    } finally {
      inside.stop(0);
    }
  }

  @Test
  void aReceiverThatCannotBeReachedIsRefusedBeforeTheNight() {
    HttpResponse<String> refused =
        ask(
            "PUT",
            "projects/shop/alerting",
            """
            route: { receiver: team }
            receivers:
              - name: team
                webhook_configs: [ { urll: "https://x.invalid" } ]
                slack_configs: [ { api_url_file: /etc/slack } ]
                email_configs: [ { to: a@b.invalid } ]
            """);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("unknown key 'urll'", "did you mean 'url'?");
    assertThat(ask("GET", "projects/shop/alerting", "").body()).contains("pager.invalid");
  }
}
