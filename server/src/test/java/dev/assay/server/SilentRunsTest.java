package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A run whose sender is not heard any more is told as that, wherever it is told of. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class SilentRunsTest {

  private static final String RUN = "projects/shop/runs/r1";

  @Parameter Keeping keeping;
  @TempDir private Path folder;
  private FurnishedServer it;
  private String key;

  @BeforeEach
  void aRunThatGoesOn() {
    it = new FurnishedServer(keeping.options(folder.resolve("data")));
    key = key();
    List<LedgerEntry> all = LedgerEntries.everyKind();
    send("?from=0&again=1", all.subList(0, all.size() / 2));
  }

  private String key() {
    return it.server
        .bean(ProjectKeys.class)
        .make("shop", "CI", EnumSet.of(Scope.INGEST, Scope.READ), Duration.ofDays(1));
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private void send(String query, List<? extends LedgerEntry> entries) {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : entries) {
      lines.append(new String(EncodedEntry.of(entry).bytes(), StandardCharsets.UTF_8)).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> answer = it.owner.ask("POST", RUN + "/entries" + query, key, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void rest() {
    List<LedgerEntry> all = LedgerEntries.everyKind();
    send("?from=" + all.size() / 2 + "&again=20", all.subList(all.size() / 2, all.size()));
  }

  private Json.Obj run() {
    return JsonReader.read(it.owner.ask(RUN, key).body()).asObject();
  }

  private void untilSilent() {
    Chromium.await(() -> run().text("state").equals("silent"));
  }

  private String listed(String query) {
    return it.owner.ask("projects/shop/runs" + query, key).body();
  }

  @Test
  void itIsTheSameInListsOnPagesInExportsAndForPrograms() {
    assertThat(run().text("state")).isEqualTo("running");
    untilSilent();
    String since = run().text("silentSince");

    assertThat(listed("")).contains("\"state\":\"silent\"", "\"silentSince\":\"" + since + "\"");
    assertThat(listed("?state=silent")).contains("r1");
    assertThat(listed("?state=running")).doesNotContain("r1");
    assertThat(listed("?state=ended")).doesNotContain("r1");
    assertThat(it.owner.get("/projects/shop").body())
        .contains("Silent since <time", "<option value=\"silent\">silent</option>")
        .doesNotContain(">Running<");
    assertThat(it.owner.get("/projects/shop?state=running").body())
        .contains("The only run is not like that");
    assertThat(it.owner.get("/projects/shop?format=csv").body())
        .contains("tookMillis,silentSince\r\n", "\r\nSilent,", "," + since.substring(0, 19));
    assertThat(it.owner.get("/projects/shop?state=silent&format=json").body())
        .contains("\"silentSince\":\"" + since.substring(0, 16));
    assertThat(it.owner.get("/").body()).contains("Silent since <time");
    assertThat(it.owner.get("/" + RUN).body())
        .contains("Silent since <time", "assay push r1", "There is no verdict", ">silent</span>")
        .doesNotContain("data-seconds", ">running<");
    assertThat(it.visitor().get("/metrics").body()).contains("assay_runs_silent 1");
    // it is no verdict
    assertThat(run().text("decision")).isEqualTo("not run");

    rest();
    assertThat(run().text("state")).isEqualTo("ended");
    assertThat(run().find("silentSince")).isNull();
    assertThat(listed("?state=ended")).contains("r1");
    assertThat(it.owner.get("/projects/shop").body()).doesNotContain("Silent since");
    assertThat(it.visitor().get("/metrics").body()).contains("assay_runs_silent 0");
  }

  @Test
  void aSenderThatHasNothingToSayIsHeardAllTheSame() {
    send("?from=0&again=600", List.of());
    String entries = String.valueOf(run().whole("entries"));
    // another run of the same moment that does not come again shows that time passes
    HttpResponse<String> other =
        it.owner.ask(
            "POST",
            "projects/shop/runs/r2/entries?again=1",
            key,
            (new String(
                    EncodedEntry.of(LedgerEntries.everyKind().getFirst()).bytes(),
                    StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
    assertThat(other.statusCode()).isEqualTo(200);
    Chromium.await(() -> listed("?state=silent").contains("\"r2\""));

    assertThat(listed("?state=running")).contains("\"r1\"");
    assertThat(String.valueOf(run().whole("entries"))).isEqualTo(entries);
    // of a run that is not there nothing is noted
    assertThat(
            it.owner
                .ask("POST", "projects/shop/runs/none/entries?again=1", key, new byte[0])
                .statusCode())
        .isEqualTo(200);
    assertThat(it.owner.ask("projects/shop/runs/none", key).statusCode()).isEqualTo(404);
  }

  @Test
  void aStartOfTheServerForgetsItNotAndWhatCameBeforeDoesNotMakeOthersSilent() {
    untilSilent();
    String since = run().text("silentSince");
    HttpResponse<String> lives =
        it.owner.ask(
            "POST",
            "projects/shop/runs/r2/entries?again=600",
            key,
            EncodedEntry.of(LedgerEntries.everyKind().getFirst()).bytes());
    assertThat(lives.statusCode()).isEqualTo(200);
    Chromium.await(() ->
        it.server
                .bean(dev.assay.server.database.ServerDatabase.class)
                .ofAll(all ->
                    all.sql("SELECT count(*) FROM heard_run WHERE run = 'r2' OR silent = 1")
                        .query((rows, _) -> rows.getInt(1))
                        .single())
            == 2);
    it.close();
    it = FurnishedServer.again(keeping.options(folder.resolve("data")));

    assertThat(run().text("state")).isEqualTo("silent");
    assertThat(run().text("silentSince")).isEqualTo(since);
    assertThat(listed("?state=running")).contains("\"r2\"");
    rest();
    assertThat(run().text("state")).isEqualTo("ended");
  }

  @Test
  void whoWatchesSeesItFallSilentAndGoOn() throws Exception {
    Path program = Chromium.program().orElse(null);
    assumeTrue(program != null, "there is no Chromium on this machine");
    send("?from=0&again=2", List.of());
    try (Chromium chromium = Chromium.start(program, folder.resolve("profile"))) {
      chromium.size(1200, 800, false);
      chromium.open(it.server.address() + "/login");
      chromium.fill("[name=username]", "kim");
      chromium.fill("[name=password]", FurnishedServer.PASSWORD);
      chromium.press("Log in");
      send("?from=0&again=2", List.of());
      chromium.open(it.server.address() + "/" + RUN);
      String badge = "document.querySelector('h1 .badge').textContent.trim()";
      Chromium.await(() -> chromium.ask(badge).matches("Silent since .*\\d\\d:\\d\\d:\\d\\d"));
      assertThat(chromium.text()).contains("Nothing was heard of this run since");
      assertThat(chromium.ask("document.getElementById('told').textContent")).startsWith("Silent:");
      WalkTest.look(chromium, "silent-run");

      send("?from=0&again=600", List.of());
      Chromium.await(() -> chromium.ask(badge).equals("Running"));
      assertThat(chromium.text()).doesNotContain("Nothing was heard of this run");
      rest();
      Chromium.await(() -> chromium.ask(badge).equals("Hold"));
    }
  }
}
