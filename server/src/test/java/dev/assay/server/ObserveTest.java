package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Monitors and alerts on a server, as agents, Alertmanager's clients and people see them. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(300)
class ObserveTest {

  private static final Pattern INCIDENT = Pattern.compile("/projects/shop/incidents/([0-9a-zx-]+)");
  private static final String ALERTS = "projects/shop/alertmanager/api/v2/";

  @Parameter Keeping keeping;
  @TempDir private Path folder;
  private FurnishedServer furnished;
  private String key;

  @BeforeEach
  void start() {
    furnished = new FurnishedServer(keeping.options(folder));
    key =
        furnished
            .server
            .bean(ProjectKeys.class)
            .make("shop", "an agent", EnumSet.allOf(Scope.class), Duration.ofDays(1));
  }

  @AfterEach
  void stop() {
    furnished.close();
  }

  private HttpResponse<String> ask(String method, String path, String body) {
    return furnished.owner.ask(method, path, key, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String alert(String name, String service) {
    return "{\"labels\":{\"alertname\":\"%s\",\"service\":\"%s\",\"severity\":\"critical\"},\"annotations\":{\"summary\":\"it is <b>down</b>\"},\"startsAt\":\"2026-01-01T00:00:00Z\"}"
        .formatted(name, service);
  }

  /** The page once it says that, at most a minute later. */
  private String page(String path, String saying) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    String body = furnished.owner.get(path).body();
    while (!body.contains(saying)) {
      assertThat(System.nanoTime())
          .as(path + " never said " + saying + "\n" + body)
          .isLessThan(deadline);
      LockSupport.parkNanos(200_000_000);
      body = furnished.owner.get(path).body();
    }
    return body;
  }

  @Test
  void oneOutageIsOneIncidentThatSomebodyTakesCareOf() {
    String routing =
        """
        route: { receiver: nobody, group_by: [service] }
        receivers: [ { name: nobody } ]
        dependencies: { shop: [ database ] }
        """;
    assertThat(ask("PUT", "projects/shop/alerting", routing).statusCode()).isEqualTo(200);
    assertThat(
            ask(
                    "POST",
                    ALERTS + "alerts",
                    "[" + alert("DbDown", "database") + "," + alert("ShopDown", "shop") + "]")
                .statusCode())
        .isEqualTo(200);

    String alerts = page("/projects/shop/alerts", "/incidents/");
    assertThat(alerts)
        .contains("quiet because of DbDown of database")
        .contains("it is &lt;b&gt;down&lt;/b&gt;");
    Matcher incident = INCIDENT.matcher(alerts);
    assertThat(incident.find()).isTrue();
    String place = incident.group();
    assertThat(page(place, "ShopDown of shop")).contains("DbDown");

    String taken =
        furnished.owner.post(place, place + "/acknowledge", Map.of("comment", "I look")).body();
    assertThat(taken).contains("kim takes care of it");
    assertThat(furnished.owner.get("/projects/shop/audit").body())
        .contains("alerting.changed", "incident.acknowledged", "I look");
  }

  @Test
  void aWayThatFailsIsToldOnThePageInItsIncidentAndInTheFigures() {
    String routing =
        """
        route: { receiver: team, group_wait: 0s }
        receivers: [ { name: team, webhook_configs: [ { url: "http://127.0.0.1:1/hook" } ] } ]
        """;
    assertThat(ask("PUT", "projects/shop/alerting", routing).statusCode()).isEqualTo(200);
    assertThat(ask("POST", ALERTS + "alerts", "[" + alert("ShopDown", "shop") + "]").statusCode())
        .isEqualTo(200);

    String alerts = page("/projects/shop/alerts", "team is not told by webhook");
    assertThat(alerts).contains("which is no public address", "Tried again at <time");
    Matcher incident = INCIDENT.matcher(alerts);
    assertThat(incident.find()).isTrue();
    assertThat(page(incident.group(), "team by webhook was not reached"))
        .contains("which is no public address");
    try (Visitor anybody = furnished.visitor()) {
      assertThat(anybody.get("/metrics").body())
          .contains("assay_alert_ways_failing{state=\"tried\"} 1")
          .contains("assay_alert_ways_failing{state=\"gave_up\"} 0");
    }
  }

  @Test
  void whatIsSilencedOnThePageIsSilencedForPrograms() {
    assertThat(ask("POST", ALERTS + "alerts", "[" + alert("ShopDown", "shop") + "]").statusCode())
        .isEqualTo(200);

    furnished.owner.post(
        "/projects/shop/alerts",
        "/projects/shop/silences",
        Map.of("matchers", "alertname=\"ShopDown\"", "hours", "2", "comment", "known"));

    assertThat(ask("GET", ALERTS + "alerts?silenced=false", "").body()).isEqualTo("[]");
    assertThat(ask("GET", ALERTS + "alerts", "").body()).contains("\"state\":\"suppressed\"");
    assertThat(ask("GET", ALERTS + "silences", "").body()).contains("\"createdBy\":\"kim\"");
  }

  @Test
  void aRoutingThatSaysNothingIsRefusedAndTheOldOneStays() {
    HttpResponse<String> refused =
        ask(
            "PUT",
            "projects/shop/alerting",
            "route: { receiver: x }\nreceivers: [ { name: y } ]\n");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("alerting.yml:1:8").contains("there is no receiver 'x'");
    assertThat(ask("GET", ALERTS + "receivers", "").body()).contains("nobody");
  }

  @Test
  void thePublicPageIsThereOnlyOnceItWasOpened() {
    String monitor =
        "[{\"name\":\"shop-up\",\"check\":\"up\",\"schedule\":\"every 1"
            + " min\",\"from\":\"here\",\"alerting\":true,\"misfires\":0,\"overlaps\":0}]";
    assertThat(ask("PUT", "projects/shop/monitors", monitor).statusCode()).isEqualTo(200);
    try (Visitor anybody = furnished.visitor()) {
      assertThat(anybody.get("/status/shop").statusCode()).isEqualTo(404);

      furnished.owner.post(
          "/projects/shop/monitors", "/projects/shop/status-page", Map.of("open", "true"));

      HttpResponse<String> page = anybody.get("/status/shop");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Cache-Control")).contains("public, max-age=15");
      assertThat(page.body()).contains("Something is down").contains("shop-up");
      assertThat(anybody.get("/badge/shop/up.svg").statusCode()).isEqualTo(404);
    }
    assertThat(page("/projects/shop/monitors", "shop-up")).contains("down");
  }

  @Test
  void whereAnAgentStandsIsOnThePage() {
    String monitor =
        "[{\"name\":\"shop-up\",\"check\":\"up\",\"schedule\":\"every 1"
            + " min\",\"from\":\"here\",\"place\":\"frankfurt\",\"alerting\":false,"
            + "\"misfires\":0,\"overlaps\":0}]";
    assertThat(ask("PUT", "projects/shop/monitors", monitor).statusCode()).isEqualTo(200);

    assertThat(page("/projects/shop/monitors", "shop-up")).contains("frankfurt");
  }

  @Test
  void anAgentThatIsNotHeardOfIsAnAlert() {
    String monitor =
        "[{\"name\":\"shop-up\",\"check\":\"up\",\"schedule\":\"every 1"
            + " min\",\"from\":\"here\",\"alerting\":false,\"misfires\":0,\"overlaps\":0,\"expected\":\"2026-01-01T00:00:00Z\"}]";
    assertThat(ask("PUT", "projects/shop/monitors", monitor).statusCode()).isEqualTo(200);

    assertThat(page("/projects/shop/alerts", "MonitorSilent"))
        .containsPattern(
            "nothing was heard of monitor shop-up from here since"
                + " \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC");
  }

  @Test
  void emptyPagesTeachTheNextCommand() {
    assertThat(furnished.owner.get("/projects/shop/monitors").body())
        .contains("assay monitor --server");
    assertThat(furnished.owner.get("/projects/shop/slos").body()).contains("slos:");
    assertThat(furnished.owner.get("/projects/shop/alerts").body()).contains("amtool");
  }
}
