package dev.assay.observe.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.json.Json;
import dev.assay.core.parse.RecordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Routing as Alertmanager's own tool does it, on made trees and alerts. */
@Timeout(300)
class RoutingRefereeTest {

  private static final List<String> VALUES = List.of("a", "b", "ab", "a-b");

  @TempDir private Path folder;

  private static boolean installed(String program) {
    for (String each : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(each, program))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void amtoolSendsTheSameAlertsToTheSameReceivers() throws Exception {
    assumeTrue(installed("amtool"), "amtool (Debian: prometheus-alertmanager) is not installed");
    SplittableRandom random = new SplittableRandom(42);
    for (int tree = 0; tree < 8; tree++) {
      StringBuilder yaml = new StringBuilder("route:\n  receiver: r0\n  routes:\n");
      int[] next = {1};
      for (int i = 0; i < 3; i++) {
        route(yaml, random, 2, next);
      }
      yaml.append("receivers:\n");
      for (int i = 0; i < next[0]; i++) {
        yaml.append("  - name: r").append(i).append('\n');
      }
      Path file = folder.resolve("am" + tree + ".yml");
      Files.writeString(file, yaml);
      Routing routing = Routing.of(RecordFile.read(file, AlertingFile.class, Map.of()));
      for (int i = 0; i < 6; i++) {
        TreeMap<String, String> labels = new TreeMap<>();
        for (String name : List.of("x", "y", "z")) {
          if (random.nextInt(4) > 0) {
            labels.put(name, VALUES.get(random.nextInt(VALUES.size())));
          }
        }
        String ours =
            String.join(",", routing.root().match(labels).stream().map(Route::receiver).toList());
        assertThat(ours).as(yaml + " " + labels).isEqualTo(amtool(file, labels));
      }
    }
  }

  private static void route(StringBuilder yaml, SplittableRandom random, int depth, int[] next) {
    String indent = "  ".repeat(2 * (3 - depth));
    String sign = List.of("=", "!=", "=~", "!~").get(random.nextInt(4));
    String value = VALUES.get(random.nextInt(VALUES.size())) + (sign.contains("~") ? ".*" : "");
    String name = List.of("x", "y", "z").get(random.nextInt(3));
    yaml.append(indent).append("- receiver: r").append(next[0]++).append('\n');
    yaml.append(indent)
        .append("  matchers: [ '")
        .append(name)
        .append(sign)
        .append('"')
        .append(value)
        .append("\"' ]\n");
    yaml.append(indent).append("  continue: ").append(random.nextInt(3) == 0).append('\n');
    if (depth > 1) {
      yaml.append(indent).append("  routes:\n");
      for (int i = 0; i < 2; i++) {
        route(yaml, random, depth - 1, next);
      }
    }
  }

  private static String amtool(Path file, Map<String, String> labels)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("amtool", "config", "routes", "test", "--config.file=" + file));
    labels.forEach((name, value) -> command.add(name + "=" + value));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.strip().lines().toList().getLast(); // it may warn before
  }

  @Test
  void whatAssayAddsIsNoHindrance() {
    Routing routing =
        Routing.of(
            RecordFile.read(
                "alertmanager.yml",
                """
                global: { resolve_timeout: 5m, smtp_from: a@b.invalid }
                templates: [ "*.tmpl" ]
                route:
                  receiver: r
                  routes:
                    - match: { team: a }
                      match_re: { env: "p.*" }
                      receiver: s
                receivers:
                  - name: r
                    opsgenie_configs: [ { api_key: k } ]
                  - name: s
                    slack_configs: [ { api_url: "http://slack.invalid", channel: "#a" } ]
                inhibit_rules:
                  - source_match: { severity: critical }
                    target_match: { severity: warning }
                    equal: [ alertname ]
                """,
                AlertingFile.class,
                Map.of()));

    assertThat(routing.unreachable()).containsExactly("r");
    assertThat(routing.root().match(Map.of("team", "a", "env", "prod")).getFirst().receiver())
        .isEqualTo("s");
    assertThat(routing.root().match(Map.of("team", "a", "env", "dev")).getFirst().receiver())
        .isEqualTo("r");
    assertThat(routing.file().global().get("smtp_from")).isEqualTo(Json.of("a@b.invalid"));
  }
}
