package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.ServerKeys;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.keep.Erasure;
import dev.assay.server.project.GapException;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.Projects;
import dev.assay.server.usage.Came;
import dev.assay.server.usage.Kept;
import dev.assay.server.usage.Usage;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What projects use is known, each entry once, whatever is taken away or starts anew. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class UsageTest {

  private static final List<LedgerEntry> RUN = LedgerEntries.everyKind();

  @Parameter Keeping keeping;
  @TempDir private Path folder;
  private FurnishedServer it;
  private String key;

  @BeforeEach
  void start() {
    it = new FurnishedServer(keeping.options(folder));
    ProjectKeys keys = it.server.bean(ProjectKeys.class);
    key = keys.make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private static byte[] lines(List<LedgerEntry> entries) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (LedgerEntry entry : entries) {
      lines.writeBytes(EncodedEntry.of(entry).bytes());
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private static long size(List<LedgerEntry> entries) {
    return lines(entries).length - entries.size();
  }

  private HttpResponse<String> send(String run, int from, List<LedgerEntry> entries) {
    return it.owner.ask(
        "POST", "projects/shop/runs/" + run + "/entries?from=" + from, key, lines(entries));
  }

  private HttpResponse<String> store(String content) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    return it.owner.ask("PUT", "projects/shop/artifacts/" + digest, key, bytes);
  }

  private Json.Obj usage() {
    return JsonReader.read(it.owner.ask("projects/shop/usage", key).body()).asObject();
  }

  private Project shop() {
    return it.server.bean(ProjectList.class).find("shop").orElseThrow();
  }

  /** What came on all days together; a test may run at midnight. */
  private Came came() {
    Usage usage = it.server.bean(Usage.class);
    return usage.days(shop(), LocalDate.EPOCH).values().stream().reduce(Came.NOTHING, Came::plus);
  }

  @Test
  void whatComesIsCountedOnceHoweverOftenItIsSent() throws Exception {
    send("r1", 0, RUN.subList(0, 3));
    send("r1", 0, RUN);
    send("r1", 0, RUN);
    send("r2", 0, RUN.subList(0, 2));
    store("a log");
    store("a log");
    store("another");
    assertThat(it.owner.ask("PUT", "projects/shop/artifacts/none", key, new byte[3]).statusCode())
        .isEqualTo(400);

    Json.Obj now = usage().object("now");
    assertThat(now.whole("runs")).isEqualTo(2);
    assertThat(now.whole("entries")).isEqualTo(RUN.size() + 2);
    assertThat(now.whole("evidence")).isEqualTo(size(RUN) + size(RUN.subList(0, 2)));
    assertThat(now.whole("artifacts")).isEqualTo("a loganother".length());
    Came came = came();
    assertThat(came.runs()).isEqualTo(2);
    assertThat(came.entries()).isEqualTo(RUN.size() + 2);
    assertThat(came.evidence()).isEqualTo(now.whole("evidence"));
    assertThat(came.artifacts()).isEqualTo("a loganother".length());
    assertThat(came.refused()).isZero();
    // a request is counted when it is answered, which whoever asked may hear a moment before
    Chromium.await(() -> came().requests() == 9);
  }

  @Test
  void whatIsErasedIsKeptNoMoreAndCameAllTheSame() {
    send("r1", 0, RUN);
    send("r2", 0, RUN.subList(0, 2));
    Came before = came();
    Usage usage = it.server.bean(Usage.class);

    assertThat(it.server.bean(Erasure.class).erase(shop(), "r1", "asked for")).isPresent();
    Chromium.await(() -> usage.kept(shop()).runs() == 1);

    Kept kept = usage.kept(shop());
    assertThat(kept.entries()).as("two, and the one that says it").isEqualTo(3);
    assertThat(kept.evidence()).isBetween(size(RUN.subList(0, 2)), size(RUN.subList(0, 2)) + 500);
    Came after = came();
    assertThat(after.runs()).isEqualTo(before.runs());
    assertThat(after.entries()).isEqualTo(before.entries() + 1);
    assertThat(after.evidence()).isGreaterThan(before.evidence());
  }

  /** Where the process ends between an entry and its counting, it is counted at the next start. */
  @Test
  void whatWasNotCountedBeforeACrashIsCountedAfterItOnce() throws GapException {
    send("r1", 0, RUN);
    Kept counted = it.server.bean(Usage.class).kept(shop());
    // as it is where nobody came to count
    ServerDatabase accounts = it.server.bean(ServerDatabase.class);
    it.server.bean(Projects.class).runs(shop()).takeWhole("r2", RUN);
    it.server.bean(Usage.class).close();
    int _ =
        accounts.of(
            "shop",
            own ->
                own.sql("UPDATE used SET counted = ?, runs = 1, entries = ?, evidence = ?")
                    .params(RUN.size(), RUN.size(), counted.evidence())
                    .update());
    int _ = accounts.of("shop", own -> own.sql("DELETE FROM used_day").update());
    it.close();
    it = FurnishedServer.again(keeping.options(folder));

    Usage usage = it.server.bean(Usage.class);
    assertThat(usage.kept(shop()).entries()).isEqualTo(2L * RUN.size());
    assertThat(usage.kept(shop()).evidence()).isEqualTo(2 * size(RUN));
    assertThat(came().entries()).isEqualTo(RUN.size());
    assertThat(usage.kept(shop()).runs()).isEqualTo(2);
  }

  @Test
  void whatWasThereBeforeAnythingWasCountedIsKeptAndCameOnNoDay() throws GapException {
    send("r1", 0, RUN);
    it.server.bean(Usage.class).close();
    ServerDatabase accounts = it.server.bean(ServerDatabase.class);
    int _ = accounts.of("shop", own -> own.sql("DELETE FROM used_day").update());
    int _ =
        accounts.of(
            "shop",
            own ->
                own.sql("UPDATE used SET counted = -1, runs = 0, entries = 0, evidence = 0")
                    .update());

    assertThat(it.server.bean(Usage.class).kept(shop()).entries()).isEqualTo(RUN.size());
    assertThat(came()).isEqualTo(Came.NOTHING);
    send("r2", 0, RUN.subList(0, 1));
    assertThat(came().runs()).isEqualTo(1);
    assertThat(it.server.bean(Usage.class).kept(shop()).runs()).isEqualTo(2);
  }

  @Test
  void adminsSeeTheirProjectAndOwnersAllOfThem() throws Exception {
    send("r1", 0, RUN);
    store("a log");
    String today = it.server.bean(Usage.class).today().toString();
    it.owner.post("/", "/projects/new", Map.of("name", "other", "title", "Another"));

    String page = it.owner.get("/projects/shop/usage").body();
    assertThat(page).contains("Kept now", "5 B", today, "href=\"?by=month\"");
    assertThat(it.owner.get("/projects/shop/usage?by=month").body())
        .contains(today.substring(0, 7))
        .doesNotContain(today);
    assertThat(it.owner.get("/projects/shop/usage?format=csv").body())
        .startsWith("day,runs,entries,evidence,artifacts,requests,refused\r\n" + today + ",1,");
    assertThat(it.owner.get("/projects/other/usage").body()).contains("Nothing came yet");
    assertThat(it.owner.get("/").body()).contains("href=\"/usage\"");

    Chromium.await(() -> it.owner.get("/usage?format=csv").body().contains("\r\nshop,1,"));
    String all = it.owner.get("/usage").body();
    assertThat(all.indexOf("/projects/shop/usage"))
        .as("whoever keeps most first")
        .isBetween(1, all.indexOf("/projects/other/usage"));
    String serverKey =
        it.server
            .bean(ServerKeys.class)
            .make("billing", EnumSet.of(Scope.ADMIN), Duration.ofDays(1));
    assertThat(it.owner.ask("usage", serverKey).body()).contains("\"project\":\"shop\",\"refused");
    Exposition named = new Exposition();
    it.server.bean(UsageFigures.class).write(named, true);
    assertThat(named.toString())
        .contains(
            "assay_project_entries{project=\"shop\"} " + RUN.size() + "\n",
            "assay_project_entries_today{project=\"other\"} 0\n",
            "assay_project_requests_total{project=\"shop\"} 2\n");
    assertThat(it.owner.get("/metrics").body())
        .contains("assay_project_entries{project=\"*\"} " + RUN.size() + "\n")
        .doesNotContain("shop");
  }
}
