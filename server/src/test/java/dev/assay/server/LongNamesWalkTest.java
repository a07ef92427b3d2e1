package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people call things may be long, have no place to break, and look like a page. */
@Timeout(600)
class LongNamesWalkTest {

  private static final String LONG = "n".repeat(400);
  private static final Pattern RUN = Pattern.compile("\"run\":\"([^\"]+)\"");

  @TempDir private Path folder;
  private FurnishedServer it;
  private Chromium chromium;
  private String key;

  @BeforeEach
  void logIn() throws Exception {
    Path program = Chromium.program().orElse(null);
    assumeTrue(program != null, "there is no Chromium on this machine");
    it = new FurnishedServer(folder.resolve("data"));
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    chromium = Chromium.start(program, folder.resolve("profile"));
    chromium.size(1200, 800, false);
    chromium.open(it.server.address() + "/login");
    chromium.fill("[name=username]", "kim");
    chromium.fill("[name=password]", FurnishedServer.PASSWORD);
    chromium.press("Log in");
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (it != null) {
      it.close();
    }
  }

  private String send(String path, String body) {
    var answer =
        it.owner.ask(
            "POST",
            "projects/shop/" + path,
            key,
            body.getBytes(StandardCharsets.UTF_8),
            Map.of("Content-Type", "application/json"));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return answer.body();
  }

  private void fits(String path) {
    chromium.open(it.server.address() + "/projects/shop" + path);
    for (int width : new int[] {1200, 375}) {
      chromium.size(width, 800, false);
      assertThat(chromium.ask("document.documentElement.scrollWidth"))
          .as("%s at %d pixels", path, width)
          .isEqualTo(Integer.toString(width));
    }
    chromium.size(1200, 800, false);
  }

  @Test
  void noNameMakesAPageWiderThanItsWindow() {
    String report =
        "<testsuite name='s'><testcase classname='"
            + LONG
            + "' name='&lt;script&gt;"
            + LONG
            + "'><failure message='"
            + LONG
            + "'/></testcase></testsuite>";
    Matcher run = RUN.matcher(send("ingest?branch=" + LONG.substring(0, 100), report));
    assertThat(run.find()).isTrue();

    assertThat(
            it.owner
                .ask(
                    "PUT",
                    "projects/shop/quarantine",
                    key,
                    ("{\"test\":\"%s#x\",\"owner\":\"kim\",\"reason\":\"%s\",\"expires\":\"%s\"}"
                            .formatted(LONG, LONG, LocalDate.now(ZoneOffset.UTC).plusDays(9)))
                        .getBytes(StandardCharsets.UTF_8),
                    Map.of("Content-Type", "application/json"))
                .statusCode())
        .isEqualTo(200);
    for (String path :
        new String[] {"", "/overview", "/checks", "/check?id=reports", "/failures", "/tests"}) {
      fits(path);
    }
    fits("/runs/" + run.group(1));
    assertThat(chromium.text()).contains("<script>" + "n".repeat(100));
  }

  @Test
  void whatAFindingSaysIsReadWithoutScrolling() {
    String said = "What a linter has to say of a line can be quite a lot of words. ".repeat(5);
    String entries =
        LedgerEntries.everyKind().stream()
            .map(entry -> JsonWriter.canonical(LedgerCodec.encode(entry)) + "\n")
            .collect(Collectors.joining());
    send("runs/long/entries?from=0", entries.replace("\"a message\"", "\"" + said.strip() + "\""));

    chromium.open(it.server.address() + "/projects/shop/runs/long");
    Chromium.await(() -> chromium.text().contains("What each check found"));

    assertThat(chromium.text()).contains(said.strip());
    assertThat(
            chromium.ask(
                "[...document.querySelectorAll('.evidence .scroll')]"
                    + ".filter(table => table.scrollWidth > table.clientWidth).length"))
        .isEqualTo("0");
  }

  @Test
  void anAlertIsSilencedAsItIsWhateverItIsCalled() {
    send(
        "alertmanager/api/v2/alerts",
        """
        [{"labels": {"alertname": "a+b & c#d", "service": "%s"},
          "annotations": {"description": "one line\\nand another"}}]
        """
            .formatted(LONG));
    fits("/alerts");
    assertThat(chromium.text()).contains("one line\nand another");

    chromium.press("Silence");

    assertThat(chromium.ask("document.querySelector('[name=matchers]').value"))
        .isEqualTo("alertname=\"a+b & c#d\", service=\"" + LONG + "\"");
  }

  @Test
  void aFloodOfAlertsIsCounted() {
    send(
        "alertmanager/api/v2/alerts",
        IntStream.range(0, 230)
            .mapToObj("{\"labels\": {\"alertname\": \"Flood%d\"}}"::formatted)
            .collect(Collectors.joining(",", "[", "]")));

    fits("/alerts");

    assertThat(chromium.text()).contains("30 more alerts are not shown here");
  }
}
