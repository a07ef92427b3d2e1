package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.verdict.Decision;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.testkit.LedgerEntries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How monitors stand is said to programs in the words of the page. */
@Timeout(180)
class MonitorsTest {

  private static final Instant FIRST = Instant.parse("2026-03-01T08:00:00Z");

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
  }

  @AfterEach
  void stop() {
    it.close();
  }

  /** A result of the monitor, some minutes after the first moment. */
  private void result(int minute, Decision decision) {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry each : LedgerEntries.everyKind()) {
      LedgerEntry entry =
          switch (each) {
            case LedgerEntry.RunClosed closed ->
                new LedgerEntry.RunClosed(closed.at(), closed.ending(), decision);
            case LedgerEntry.RunOpened opened ->
                new LedgerEntry.RunOpened(
                    FIRST.plus(Duration.ofMinutes(minute)),
                    opened.workspace(),
                    opened.digest(),
                    opened.subject(),
                    opened.seed(),
                    opened.version(),
                    opened.checks(),
                    Map.of("monitor", "shop-up", "from", "here", "place", "frankfurt"));
            default -> each;
          };
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    ask("POST", "runs/at-" + minute + "/entries?from=0", lines.toString());
  }

  private String ask(String method, String path, String body) {
    var answer =
        it.owner.ask(
            method,
            "projects/shop/" + path,
            key,
            body.getBytes(StandardCharsets.UTF_8),
            Map.of("Content-Type", "application/json"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void tell(boolean alerting, String expected) {
    ask(
        "PUT",
        "monitors",
        "[{\"name\":\"shop-up\",\"check\":\"up\",\"schedule\":\"every 1 min\",\"from\":\"here\","
            + "\"alerting\":%s,\"misfires\":0,\"overlaps\":0,\"expected\":\"%s\"}]"
                .formatted(alerting, expected));
  }

  private Json.Obj monitor() {
    return JsonReader.read(ask("GET", "monitors", "")).asArray().getFirst().asObject();
  }

  private String page() {
    return it.owner.get("/projects/shop/monitors").body();
  }

  private static String badge(String word) {
    return "<span class=\"badge\">" + word + "</span>";
  }

  private static String since(String time) {
    return "since <time data-utc=\"" + time + "\">";
  }

  @Test
  void aMonitorIsUpSinceTheFirstOfItsNewestResultsThatPassed() {
    tell(false, "2099-01-01T00:00:00Z");
    assertThat(monitor().text("state")).isEqualTo("new");
    assertThat(monitor().members()).doesNotContainKeys("since", "last");

    result(1, Decision.PASS);
    result(2, Decision.FAIL);
    result(3, Decision.PASS);
    result(4, Decision.PASS);

    Json.Obj monitor = monitor();
    assertThat(monitor.text("state")).isEqualTo("up");
    assertThat(monitor.text("since")).isEqualTo("2026-03-01T08:03:00Z");
    assertThat(monitor.object("last").text("run")).isEqualTo("at-4");
    assertThat(monitor.object("last").text("began")).isEqualTo("2026-03-01T08:04:00Z");
    assertThat(monitor.whole("passed")).isEqualTo(3);
    assertThat(monitor.whole("results")).isEqualTo(4);
    assertThat(monitor.text("place")).isEqualTo("frankfurt");
    assertThat(page())
        .contains(badge("up"), since("2026-03-01 08:03:00"), "2026-03-01 08:04:00", "frankfurt");
  }

  @Test
  void sinceWhenAMonitorStandsSoGoesAlongWithItsTable() {
    tell(false, "2099-01-01T00:00:00Z");
    assertThat(file("csv").lines().toList().getLast()).startsWith("new,,shop-up,");

    result(1, Decision.PASS);
    result(2, Decision.PASS);

    assertThat(file("csv").lines().toList())
        .satisfies(lines -> {
          assertThat(lines.getFirst()).startsWith("state,since,monitor,check,");
          assertThat(lines.getLast()).startsWith("up,2026-03-01T08:01:00Z,shop-up,");
        });
    assertThat(file("json")).contains("\"since\":\"2026-03-01T08:01:00Z\"");
  }

  private String file(String format) {
    return it.owner.get("/projects/shop/monitors?format=" + format).body().strip();
  }

  @Test
  void aMonitorThatFailsIsDownOnlyOnceItMakesAnAlert() {
    result(1, Decision.PASS);
    result(2, Decision.INCONCLUSIVE);
    result(3, Decision.FAIL);
    tell(false, "2099-01-01T00:00:00Z");
    assertThat(monitor().text("state")).isEqualTo("failing");
    assertThat(page()).contains(badge("failing"));

    tell(true, "2099-01-01T00:00:00Z");

    assertThat(monitor().text("state")).isEqualTo("down");
    assertThat(monitor().text("since")).isEqualTo("2026-03-01T08:02:00Z");
    assertThat(page()).contains(badge("down"), since("2026-03-01 08:02:00"));
  }

  @Test
  void aMonitorOfWhichNothingIsHeardIsSilentWhateverItFoundBefore() {
    result(1, Decision.PASS);
    tell(false, "2026-01-01T00:00:00Z");

    assertThat(monitor().text("state")).isEqualTo("silent");
    assertThat(monitor().text("since")).isEqualTo(monitor().text("heard"));
    assertThat(page()).contains(badge("silent"));
  }
}
