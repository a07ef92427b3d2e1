package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The value of a secret is in no file and no output, whatever services and checks do with it. */
class SecretsIT extends Scenario {

  private static final String SECRET = "s3cr\u00e9t-7Hq9ZkLw";

  @Test
  void aSecretIsNowhereThoughTheServiceLogsItTheAnswerHoldsItAndChecksFailOnIt()
      throws IOException {
    environment("SHOP_TOKEN", SECRET);
    workspace(
        """
        workspace: shop
        environments:
          local:
            url: "http://127.0.0.1:${port.app}"
            secrets: { token: { env: SHOP_TOKEN } }
        services:
          app:
            command: >-
              ${env.SERVICE_JAVA} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp ${env.SERVICE_CLASSES}
              dev.assay.it.service.Greeter ${port.app} ${secret.token}
            environment: { GREETING: "${secret.token}" }
            ready: { get: /health, within: 20s }
        checks:
          smoke:
            http:
              - get: /greeting?token=${secret.token}
                headers: { Authorization: "Bearer ${secret.token}" }
                save: { kept: $.greeting }
                expect: { body: { "$.greeting": hello }, headers: { X-Greeting: hello } }
          whole:
            http: { flow: [ { get: "/${secret.token}", expect: { text: "hello" } } ] }
          unit:
            suite:
              command: sh suite.sh ${secret.token}
              reports: ["reports/*.xml"]
              environment: { TOKEN: "${secret.token}" }
        """);
    write(
        "suite.sh",
        """
        echo "out: $TOKEN $1"
        echo "err: $TOKEN $1" >&2
        mkdir -p "$REPORTS"
        cat > "$REPORTS/r.xml" <<END
        <testsuite name="$TOKEN"><properties><property name="t" value="$TOKEN"/></properties>
        <testcase classname="$TOKEN" name="$TOKEN"><failure message="$TOKEN">at $TOKEN</failure></testcase></testsuite>
        END
        """);
    environment("REPORTS", "reports");

    Ended ended = assay("run", "--json").with(1);
    Ended shown = assay("report").with(0);
    Ended exported = assay("ledger", "export").with(0);

    assertThat(ended.out() + ended.err()).doesNotContain(SECRET).contains("***");
    assertThat(shown.out() + exported.out()).doesNotContain(SECRET);
    assertThat(holding(file(".assay"))).as("files with the secret").isEmpty();
  }

  @Test
  void aSecretIsNotLeftBehindByAServiceThatFails() throws IOException {
    environment("SHOP_TOKEN", SECRET);
    workspace(
        """
        workspace: shop
        environments: { local: { secrets: { token: { env: SHOP_TOKEN } } } }
        services:
          app:
            command: sh -c 'echo my token is ${secret.token}; exit 1'
            ready: { log: listening }
        checks:
          unit: { suite: { command: "true", reports: [x] } }
        """);

    Ended ended = assay("run").with(4).saying("my token is ***");

    assertThat(ended.out() + ended.err()).doesNotContain(SECRET);
    assertThat(holding(file(".assay"))).isEmpty();
  }

  @Test
  void aSecretIsNotLeftBehindByACrash() throws IOException {
    environment("SHOP_TOKEN", SECRET);
    workspace(
        """
        workspace: shop
        environments: { local: { secrets: { token: { env: SHOP_TOKEN } } } }
        services:
          app:
            command: sh -c 'echo my token is ${secret.token}; echo listening; exec sleep 1000'
            ready: { log: listening }
        checks:
          unit:
            suite:
              command: sh suite.sh unit ${secret.token}
              reports: ["reports/*.xml"]
        """);
    write("suite.sh", "echo $2\n" + WAITING_SUITE);
    Running running = start("run");
    untilThereIs("unit.waits");
    running.signal("KILL").ended().with(137);

    assay("mend").with(0);

    assertThat(holding(file(".assay"))).isEmpty();
  }

  @Test
  void aCheckThatSavedASecretRunsAgainWhenItsRunIsResumed() {
    environment("SHOP_TOKEN", SECRET);
    workspace(
        """
        workspace: shop
        environments:
          local:
            url: "http://127.0.0.1:${port.app}"
            secrets: { token: { env: SHOP_TOKEN } }
        services:
          app:
            command: >-
              ${env.SERVICE_JAVA} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp ${env.SERVICE_CLASSES}
              dev.assay.it.service.Greeter ${port.app}
            environment: { GREETING: "${secret.token}" }
            ready: { get: /health, within: 20s }
        checks:
          login:
            http: [ { get: /login, save: { session: $.greeting } } ]
          wait:
            suite: { command: sh suite.sh wait, reports: ["reports/*.xml"] }
          after:
            needs: wait
            http: [ { get: /after, expect: { body: { $.greeting: "${session}" } } } ]
        stages: [ [login], [wait], [after] ]
        """);
    write("suite.sh", WAITING_SUITE);
    Running running = start("run");
    untilThereIs("wait.waits");
    running.signal("INT").ended().with(130);
    write("go", "");

    Ended resumed = assay("run", "--resume").with(0).saying("login begins");

    assertThat(resumed.out() + resumed.err()).doesNotContain(SECRET);
  }

  private static List<Path> holding(Path folder) throws IOException {
    List<Path> holding = new ArrayList<>();
    byte[] utf8 = SECRET.getBytes(StandardCharsets.UTF_8);
    String searched = new String(utf8, StandardCharsets.ISO_8859_1);
    for (Path file : filesBelow(folder)) {
      if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(searched)) {
        holding.add(file);
      }
    }
    return holding;
  }
}
