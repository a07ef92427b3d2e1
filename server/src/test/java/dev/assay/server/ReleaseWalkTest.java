package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.testkit.Chromium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks on where {@link WalkTest} ends, in a real Chromium, as whoever releases does: sees to an
 * alert, approves, overrides, exports and withdraws. With {@code -Dassay.pictures=FOLDER} it keeps
 * pictures.
 */
@Timeout(600)
class ReleaseWalkTest {

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

  private String shop() {
    return it.server.address() + "/projects/shop";
  }

  private void send(String path, byte[] body) {
    assertThat(
            it.owner
                .ask(
                    "POST",
                    "projects/shop/" + path,
                    key,
                    body,
                    Map.of("Content-Type", "application/json"))
                .statusCode())
        .isLessThan(300);
  }

  /** The page as it is where people decide. */
  private void look(String name) throws IOException {
    chromium.load("document.querySelector('#people').scrollIntoView()");
    WalkTest.look(chromium, name);
  }

  @Test
  void anAlertIsTakenCareOfAndSilencedUntilItsEnd() throws Exception {
    send(
        "alertmanager/api/v2/alerts",
        "[{\"labels\":{\"alertname\":\"Latency\",\"service\":\"shop\"},\"annotations\":{\"summary\":\"p99 is 2 s\"}}]"
            .getBytes(StandardCharsets.UTF_8));
    chromium.open(shop() + "/alerts");
    Chromium.await(() -> {
      chromium.open(shop() + "/alerts");
      return chromium.ask("document.querySelector('tbody a') !== null").equals("true");
    });
    chromium.leave("document.querySelector('tbody a').click()");
    chromium.fill("[name=comment]", "I roll back");
    chromium.press("I take care of it");
    assertThat(chromium.text()).contains("kim takes care of it", "I roll back");
    WalkTest.look(chromium, "acknowledged");

    chromium.press("Alerts");
    chromium.press("Silence");
    assertThat(chromium.ask("document.querySelector('[name=matchers]').value"))
        .contains("service=\"shop\"");
    chromium.fill("[name=hours]", "3");
    chromium.fill("[name=comment]", "the move of the database");
    chromium.leave("document.querySelector(\"form[action$='/silences'] button\").click()");
    Chromium.await(() -> {
      chromium.open(shop() + "/alerts");
      return chromium.text().toLowerCase(java.util.Locale.ROOT).contains("silenced");
    });
    assertThat(chromium.text()).contains("the move of the database", "End it");
    assertThat(chromium.ask("document.querySelector('#silence time') !== null")).isEqualTo("true");
    WalkTest.look(chromium, "silenced");
  }

  @Test
  void aRunIsApprovedAnotherOverriddenExportedAndWithdrawn() throws Exception {
    send("ingest?branch=main&commit=aaaaaaaaaaaa", WalkTest.junit(0));
    send("ingest?branch=topic&commit=bbbbbbbbbbbb", WalkTest.junit(2));
    open("main");
    assertThat(chromium.text()).contains("What people decided", "Nobody approves it now.");
    look("run-to-approve");
    chromium.fill("form[action$='/rulings'] [name=reason]", "for the release of Monday");
    chromium.press("Approve");
    assertThat(chromium.text())
        .contains("Ship", "approved until", "by kim", "for the release of Monday");
    look("run-approved");

    open("topic");
    assertThat(chromium.text()).contains("Nobody overrides it now");
    look("run-to-override");
    chromium.fill("form[action$='/rulings'] [name=reason]", "two tests are wrong, see T-7");
    chromium.press("Override the verdict");
    assertThat(chromium.text())
        .contains("Hold", "overridden until", "The verdict stays fail", "see T-7");
    look("run-overridden");

    chromium.open(shop());
    assertThat(chromium.text()).contains("approved until", "overridden until");
    WalkTest.look(chromium, "runs-decided");
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    chromium.downloads(downloads);
    chromium.load("document.querySelector('a[href*=\"format=csv\"]').click()");
    Path csv = downloads.resolve("runs.csv");
    Chromium.await(() -> Files.exists(csv) && Files.size(csv) > 0 && !partial(downloads));
    assertThat(Files.readString(csv).lines().toList())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("Ship,approved until", "main"))
        .anySatisfy(line -> assertThat(line).contains("Hold,overridden until", "topic"));

    withdraw();
    assertThat(chromium.text())
        .contains("override withdrawn", "T-7 is mended", "Nobody overrides it now");
    look("run-withdrawn");
    chromium.load("document.querySelector('.people a[href*=\"format=json\"]').click()");
    Path json = downloads.resolve("rulings.json");
    Chromium.await(() -> Files.exists(json) && Files.size(json) > 0 && !partial(downloads));
    assertThat(Files.readString(json)).contains("\"state\":\"withdrawn\"", "T-7 is mended");
  }

  private void open(String branch) {
    chromium.open(shop() + "?branch=" + branch);
    chromium.leave("document.querySelector('tbody a').click()");
    Chromium.await(() -> chromium.text().contains("What people decided"));
  }

  /** With the keyboard alone. */
  private void withdraw() {
    open("topic");
    chromium.load("document.querySelector('.rulings summary').focus()");
    chromium.key("Enter", 13, "\r");
    Chromium.await(
        () -> chromium.ask("document.querySelector('.rulings details').open").equals("true"));
    chromium.key("Tab", 9, "");
    chromium.type("T-7 is mended");
    chromium.load("window.before = true");
    chromium.key("Enter", 13, "\r");
    Chromium.await(() -> chromium.text().contains("override withdrawn"));
  }

  private static boolean partial(Path downloads) throws IOException {
    try (Stream<Path> files = Files.list(downloads)) {
      return files.anyMatch(file -> file.toString().endsWith(".crdownload"));
    }
  }
}
