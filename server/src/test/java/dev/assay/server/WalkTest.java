package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks the pages as a person does, in a real Chromium: sets up, makes a project and a key, sees a
 * run go on and end, looks, filters, compares, exports. Looks at each page for what a screen reader
 * needs (axe-core) and at its width on a phone. With {@code -Dassay.pictures=FOLDER} it keeps
 * pictures.
 */
@Timeout(600)
class WalkTest {

  private static final String PASSWORD = "correct horse battery";
  private static final Path AXE = Path.of("target/node/node_modules/axe-core/axe.min.js");

  @TempDir private Path folder;

  private static byte[] lines(List<? extends LedgerEntry> entries) {
    StringBuilder lines = new StringBuilder();
    entries.forEach(
        entry -> lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] junit(int failures) {
    StringBuilder xml = new StringBuilder("<testsuite name=\"shop\">");
    for (int i = 0; i < 70; i++) {
      xml.append("<testcase classname=\"shop.OrderTest\" name=\"case").append(i);
      xml.append("\" time=\"0.").append(i + 10).append("\">");
      xml.append(
          i < failures
              ? "<failure type=\"java.lang.AssertionError\" message=\"the total is wrong\"/>"
              : "");
      xml.append("</testcase>");
    }
    return xml.append("</testsuite>").toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aPersonFindsEverythingFromTheFirstLinkToTheExport() throws Exception {
    Path program = Chromium.program().orElse(null);
    assumeTrue(program != null, "there is no Chromium on this machine");
    ServerOptions options =
        new ServerOptions(folder.resolve("data"), InetAddress.getLoopbackAddress(), 0, null, null);
    try (RunningServer server = RunningServer.start(options);
        Chromium chromium = Chromium.start(program, folder.resolve("profile"));
        Visitor ci = new Visitor(server.address())) {
      chromium.size(1200, 800, false);
      chromium.open(server.setUpLink());
      chromium.fill("[name=username]", "kim");
      chromium.fill("[name=password]", PASSWORD);
      look(chromium, "set-up");
      chromium.press("Make me the owner");
      chromium.fill("[name=username]", "kim");
      chromium.fill("[name=password]", PASSWORD);
      chromium.press("Log in");
      chromium.fill("[name=name]", "shop");
      chromium.fill("[name=title]", "The shop");
      chromium.press("Make it");
      chromium.fill("[name=label]", "CI of the shop");
      chromium.load("document.querySelector('[name=reads]').checked = true");
      chromium.press("Make a key");
      String key = chromium.ask("document.querySelector('.made pre').textContent");
      key = key.replaceAll("(?s).*?(assay_[0-9a-f]{12}_[0-9a-f]{64}).*", "$1");
      look(chromium, "settings");

      String shop = server.address() + "/projects/shop";
      chromium.open(shop);
      assertThat(chromium.text()).contains("No run came yet", "assay run --server");
      look(chromium, "empty");

      List<LedgerEntry> all = LedgerEntries.everyKind();
      String run = "projects/shop/runs/r1/entries?from=";
      ci.ask("POST", run + 0, key, lines(all.subList(0, all.size() / 2)));
      chromium.open(shop + "/runs/r1");
      assertThat(chromium.text()).contains("Running", "judged");
      look(chromium, "live");
      chromium.load("window.before = true");
      ci.ask("POST", run + all.size() / 2, key, lines(all.subList(all.size() / 2, all.size())));
      // it reloads by itself when the run is over
      Chromium.await(() -> chromium.text().contains("Hold"));

      ci.ask("POST", "projects/shop/ingest?branch=main&commit=aaaaaaaaaaaa", key, junit(0));
      ci.ask("POST", "projects/shop/ingest?branch=topic&commit=bbbbbbbbbbbb", key, junit(2));
      chromium.open(shop);
      look(chromium, "runs");
      chromium.fill("[name=branch]", "topic");
      chromium.press("Show");
      assertThat(chromium.text()).contains("topic").doesNotContain("aaaaaaaaaa");
      chromium.leave("document.querySelector('tbody a').click()");
      Chromium.await(() -> chromium.text().contains("failed is 2, expected = 0"));
      look(chromium, "run");
      chromium.press("Compare with the run before");
      assertThat(chromium.text()).contains("2 tests fail that did not", "shop.OrderTest › case0");
      look(chromium, "compare");
      chromium.press("Failures");
      look(chromium, "failures");
      chromium.press("AssertionError: the total is wrong");
      chromium.fill("[name=owner]", "team-orders");
      chromium.press("Save");
      assertThat(chromium.ask("document.querySelector('[name=owner]').value"))
          .isEqualTo("team-orders");
      look(chromium, "failure");
      chromium.press("Tests");
      look(chromium, "tests");
      chromium.press("Checks");
      look(chromium, "checks");
      chromium.press("reports");
      look(chromium, "check");
      chromium.press("Overview");
      assertThat(chromium.text()).contains("1 of 2 that were decided", "Where the time goes");
      look(chromium, "overview");
      // what comes while somebody looks is shown by itself
      ci.ask("POST", "projects/shop/ingest?branch=main&commit=cccccccccccc", key, junit(0));
      Chromium.await(() -> chromium.text().contains("2 of 3 that were decided"));
      chromium.press("Runs");
      String csv =
          chromium.ask(
              "await (await fetch(document.querySelector('a[href*=\"format=csv\"]').href)).text()");
      assertThat(csv).startsWith("verdict,people,run,workspace").contains("topic");
    }
  }

  /** What everybody needs of a page: names, contrast, and that a phone shows it without a shift. */
  static void look(Chromium chromium, String name) throws IOException {
    String pictures = System.getProperty("assay.pictures");
    if (Files.exists(AXE)) {
      chromium.load(Files.readString(AXE));
      for (boolean dark : new boolean[] {false, true}) {
        chromium.size(1200, 800, dark);
        String wrong =
            chromium.ask(
                "(await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa']}))"
                    + ".violations.map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' +"
                    + " n.failureSummary).slice(0, 3).join('; ')).join('\\n')");
        assertThat(wrong).as(name + (dark ? ", dark" : "")).isEmpty();
        if (pictures != null) {
          chromium.picture(Path.of(pictures, name + (dark ? "-dark" : "") + ".png"));
        }
      }
    }
    chromium.size(375, 800, false);
    assertThat(chromium.ask("document.documentElement.scrollWidth"))
        .as(name + " on a phone")
        .isEqualTo("375");
    if (pictures != null) {
      chromium.picture(Path.of(pictures, name + "-phone.png"));
    }
    chromium.size(1200, 800, false);
  }
}
