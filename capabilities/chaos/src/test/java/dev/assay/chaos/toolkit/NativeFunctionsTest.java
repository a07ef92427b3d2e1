package dev.assay.chaos.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFunctionsTest {

  @TempDir private Path folder;
  private ToolkitFixture fixture;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  @BeforeEach
  void prepare() {
    fixture = new ToolkitFixture(folder);
  }

  private ScriptedServer server(Map<String, Reply> replies) {
    return ScriptedServer.start(request -> {
      String line = request.head().lines().findFirst().orElse("").replace(" HTTP/1.1", "");
      requests.add(line + (request.body().isEmpty() ? "" : " " + request.body()));
      return replies.getOrDefault(line, Reply.status(404, "no"));
    });
  }

  private static String experiment(ScriptedServer server, String... activities) {
    return """
    title: a
    description: b
    configuration: { toxiproxy_host: 127.0.0.1, toxiproxy_port: %d, prometheus_base_url: "http://127.0.0.1:%d" }
    method:
    """
            .formatted(server.uri().getPort(), server.uri().getPort())
        + String.join("", activities);
  }

  private static String call(String module, String function, String arguments) {
    return "  - { type: action, name: "
        + function
        + ", provider: { type: python, module: "
        + module
        + ", func: "
        + function
        + ", arguments: "
        + arguments
        + " } }\n";
  }

  @Test
  void aToxicIsMadeAndAlwaysTakenAway() {
    try (ScriptedServer server =
        server(
            Map.of(
                "POST /proxies/redis/toxics",
                Reply.status(200, "{\"name\": \"slow\"}"),
                "DELETE /proxies/redis/toxics/slow",
                Reply.status(204, "")))) {
      ToolkitJournal journal =
          fixture.run(
              experiment(
                  server,
                  call(
                      "chaostoxi.toxic.actions",
                      "create_latency_toxic",
                      "{ for_proxy: redis, toxic_name: slow, latency: 100 }")));

      assertThat(journal.run().getFirst().asObject().members().get("output"))
          .isEqualTo(Json.of(true));
      assertThat(requests)
          .containsExactly(
              "POST /proxies/redis/toxics {\"attributes\":{\"jitter\":0,\"latency\":100},"
                  + "\"name\":\"slow\",\"stream\":\"downstream\",\"toxicity\":1,\"type\":\"latency\"}",
              "DELETE /proxies/redis/toxics/slow");
    }
  }

  @Test
  void aProxyThatIsDisabledIsEnabledAgain() {
    try (ScriptedServer server =
        server(
            Map.of(
                "GET /proxies/redis",
                Reply.status(
                    200, "{\"name\": \"redis\", \"enabled\": true, \"listen\": \"127.0.0.1:7\"}"),
                "POST /proxies/redis",
                Reply.status(200, "{\"name\": \"redis\", \"listen\": \"127.0.0.1:7\"}")))) {
      ToolkitJournal journal =
          fixture.run(
              experiment(
                  server,
                  call("chaostoxi.proxy.actions", "disable_proxy", "{ proxy_name: redis }"),
                  "  - { type: probe, name: port, provider: { type: process, path: printenv,"
                      + " arguments: [redis_PORT] } }\n"));

      assertThat(requests)
          .containsExactly(
              "GET /proxies/redis",
              "POST /proxies/redis {\"enabled\":false}",
              "POST /proxies/redis {\"enabled\":true}");
      assertThat(journal.run().getLast().asObject().object("output").text("stdout"))
          .isEqualTo("7\n");
    }
  }

  @Test
  void aToxicThatToxiproxyRefusesIsAFailedActivity() {
    try (ScriptedServer server = server(Map.of())) {
      ToolkitJournal journal =
          fixture.run(
              experiment(
                  server,
                  call(
                      "chaostoxi.toxic.actions",
                      "create_toxic",
                      "{ for_proxy: none, toxic_name: t, toxic_type: latency }")));

      assertThat(journal.run().getFirst().asObject().text("status")).isEqualTo("failed");
      assertThat(journal.status()).isEqualTo("completed");
    }
  }

  @Test
  void assaultsOfChaosMonkeyArePutBack() {
    try (ScriptedServer server =
        server(
            Map.of(
                "GET /actuator/chaosmonkey/assaults",
                Reply.status(200, "{\"level\": 5}"),
                "POST /actuator/chaosmonkey/assaults",
                Reply.status(200, "changed"),
                "GET /actuator/chaosmonkey/status",
                Reply.status(503, "off"),
                "POST /actuator/chaosmonkey/enable",
                Reply.status(200, "on"),
                "POST /actuator/chaosmonkey/disable",
                Reply.status(200, "off")))) {
      String base = "base_url: '" + server.uri().resolve("/actuator") + "'";
      ToolkitJournal journal =
          fixture.run(
              experiment(
                  server,
                  call("chaosspring.probes", "chaosmonkey_enabled", "{ " + base + " }"),
                  call("chaosspring.actions", "enable_chaosmonkey", "{ " + base + " }"),
                  call(
                      "chaosspring.actions",
                      "change_assaults_configuration",
                      "{ " + base + ", assaults_configuration: { level: 1 } }")));

      assertThat(journal.run())
          .extracting(run -> run.asObject().members().get("output"))
          .containsExactly(Json.of(false), Json.of("on"), Json.of("changed"));
      assertThat(requests)
          .endsWith(
              "POST /actuator/chaosmonkey/assaults {\"level\":1}",
              "POST /actuator/chaosmonkey/assaults {\"level\":5}",
              "POST /actuator/chaosmonkey/disable");
    }
  }

  @Test
  void prometheusIsAsked() {
    String answer = "{\"status\":\"success\",\"data\":{\"result\":[]}}";
    try (ScriptedServer server =
        server(
            Map.of(
                "GET /api/v1/query?query=up%7Bjob%3D%22shop%22%7D&time=2026-01-02T03%3A04%3A05Z",
                Reply.status(200, answer),
                "GET /api/v1/query_range?query=up&step=5&start=2026-01-02T00%3A00%3A00Z&end=2026-01-03T00%3A00%3A00Z",
                Reply.status(200, answer)))) {
      ToolkitJournal journal =
          fixture.run(
              experiment(
                  server,
                  call(
                      "chaosprometheus.probes",
                      "query",
                      "{ query: 'up{job=\"shop\"}', when: '2026-01-02T03:04:05Z' }"),
                  call(
                      "chaosprometheus.probes",
                      "query_interval",
                      "{ query: up, start: '2026-01-02', end: '2026-01-03', step: 5 }")));

      assertThat(journal.run())
          .extracting(run -> run.asObject().text("status"))
          .containsExactly("succeeded", "succeeded");
    }
  }

  @Test
  void aMomentThatIsNotUnderstoodIsSaidBeforeTheMethod() {
    assertThat(
            fixture.problems(
                "{title: a, description: b, method: [{type: probe, name: p, provider: {type: python,"
                    + " module: chaosprometheus.probes, func: query, arguments: {query: up, when:"
                    + " 'the day before the flood'}}}]}"))
        .singleElement()
        .asString()
        .contains("the day before the flood");
  }

  @Test
  void momentsAreReadAsPeopleWriteThem() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");

    assertThat(Moment.parse("5 minutes ago", now)).contains(Instant.parse("2026-03-01T11:55:00Z"));
    assertThat(Moment.parse("an hour ago", now)).contains(Instant.parse("2026-03-01T11:00:00Z"));
    assertThat(Moment.parse("in 2 days", now)).contains(Instant.parse("2026-03-03T12:00:00Z"));
    assertThat(Moment.parse("now", now)).contains(now);
    assertThat(Moment.parse("1700000000", now)).contains(Instant.parse("2023-11-14T22:13:20Z"));
    assertThat(Moment.parse("2026-01-01 10:00:00", now))
        .contains(Instant.parse("2026-01-01T10:00:00Z"));
    assertThat(Moment.parse("soon", now)).isEmpty();
  }

  @Test
  void pathsAreLookedAtFromTheFolderOfTheExperiment() {
    ToolkitJournal journal =
        fixture.run(
            "{title: a, description: b, method: ["
                + "{type: probe, name: p, provider: {type: python, module: os.path, func: isdir, arguments: {s: scratch}}},"
                + "{type: probe, name: q, provider: {type: python, module: os.path, func: basename, arguments: {p: /a/b.txt}}},"
                + "{type: probe, name: r, provider: {type: python, module: os.path, func: getsize, arguments: {filename: none}}}]}");

    assertThat(journal.run())
        .extracting(run -> run.asObject().members().get("output"))
        .containsExactly(Json.of(true), Json.of("b.txt"), Json.Null.VALUE);
    assertThat(journal.run().getLast().asObject().text("status")).isEqualTo("failed");
  }
}
