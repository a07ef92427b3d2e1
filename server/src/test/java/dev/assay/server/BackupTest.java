package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.DatabaseUrl;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.keep.Backup;
import dev.assay.server.keep.Restore;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.store.LedgerVerification;
import dev.assay.testkit.LedgerEntries;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A backup that is made while runs come is whole, and a server goes on from it. */
@Timeout(180)
class BackupTest {

  private static final Pattern KEY = Pattern.compile("assay_[0-9a-f]{12}_[0-9a-f]{64}");

  @TempDir private Path folder;

  private static String key(FurnishedServer it) {
    String page =
        it.owner
            .post("/projects/shop/settings", "/projects/shop/keys", Map.of("reads", "true"))
            .body();
    Matcher key = KEY.matcher(page);
    assertThat(key.find()).isTrue();
    return key.group();
  }

  private static byte[] run() {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : LedgerEntries.everyKind()) {
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void upload(Visitor visitor, String key, String run) {
    assertThat(
            visitor
                .ask("POST", "projects/shop/runs/" + run + "/entries?from=0", key, run())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aBackupDuringWritingIsRestoredVerifiedAndServed() throws Exception {
    Path data = folder.resolve("data");
    Path file = folder.resolve("backup.zip");
    Path restored = folder.resolve("restored");
    String key;
    try (FurnishedServer it = new FurnishedServer(data)) {
      key = key(it);
      String digest = EvidenceCodec.sha256("the log");
      it.owner.ask(
          "PUT",
          "projects/shop/artifacts/" + digest,
          key,
          "the log".getBytes(StandardCharsets.UTF_8));
      // what the entries of LedgerEntries name
      it.owner.ask("PUT", "projects/shop/artifacts/" + EvidenceCodec.sha256(""), key, new byte[0]);
      upload(it.owner, key, "before");
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger written = new AtomicInteger();
      CountDownLatch begun = new CountDownLatch(1);
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                try (Visitor program = it.visitor()) {
                  for (int i = 0; !stop.get() && i < 2_000; i++) {
                    upload(program, key, "during-" + i);
                    written.set(i);
                    begun.countDown();
                  }
                }
              });
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      Backup.Result result = Backup.write(data, file, new SystemClock());
      stop.set(true);
      writer.join(60_000);
      assertThat(writer.isAlive()).isFalse();
      assertThat(result.projects()).isEqualTo(1);
      assertThat(written.get()).isPositive();
    }

    Restore.read(file, restored);
    assertThat(LedgerVerification.verify(restored.resolve("projects/shop")).damages()).isEmpty();
    try (FurnishedServer again =
        FurnishedServer.again(
            new ServerOptions(restored, InetAddress.getLoopbackAddress(), 0, null, null))) {
      assertThat(again.server.bean(AuditLog.class).verify().damages()).isEmpty();
      assertThat(again.owner.get("/projects/shop").body()).contains("before", "during-0");
      assertThat(
              again
                  .owner
                  .ask("projects/shop/artifacts/" + EvidenceCodec.sha256("the log"), key)
                  .body())
          .isEqualTo("the log");
      upload(again.owner, key, "after");
      assertThat(again.owner.get("/projects/shop").body()).contains("after");
    }
    assertThat(LedgerVerification.verify(restored.resolve("projects/shop")).damages()).isEmpty();
    assertThat(ServerTools.run("audit", "verify", restored.toString())).isZero();
  }

  @Test
  void aServerWhoseDatabaseIsDestroyedIsRestoredAndItsMembersLogIn() throws IOException {
    Path data = folder.resolve("data");
    Path file = folder.resolve("backup.zip");
    DatabaseUrl lost = Keeping.POSTGRES.database(data);
    String key;
    try (FurnishedServer it = new FurnishedServer(Keeping.POSTGRES.options(data))) {
      key = key(it);
      String[] backup = {
        "backup", data.toString(), "--to", file.toString(), "--database", Keeping.written(lost)
      };
      assertThat(ServerTools.run(backup)).isZero();
      // what comes after the backup is not in it
      it.owner.post(
          "/projects/shop/settings", "/projects/shop/keys", Map.of("label", "made-afterwards"));
    }
    Keeping.destroy(lost);

    Path restored = folder.resolve("restored");
    String fresh = Keeping.written(Keeping.POSTGRES.database(restored));
    assertThat(
            ServerTools.run(
                "restore", file.toString(), "--to", restored.toString(), "--database", fresh))
        .isZero();
    assertThat(Files.exists(restored.resolve("accounts.db"))).isFalse();
    try (FurnishedServer again = FurnishedServer.again(Keeping.POSTGRES.options(restored))) {
      assertThat(again.owner.get("/projects/shop").statusCode()).isEqualTo(200);
      assertThat(again.owner.get("/projects/shop/settings").body())
          .doesNotContain("made-afterwards");
      upload(again.owner, key, "after");
      assertThat(again.server.bean(AuditLog.class).verify().damages()).isEmpty();
    }
    assertThat(ServerTools.run("audit", "verify", restored.toString(), "--database", fresh))
        .isZero();
    // a backup can be restored into a folder without a database, too
    Path plain = folder.resolve("plain");
    assertThat(ServerTools.run("restore", file.toString(), "--to", plain.toString())).isZero();
    FurnishedServer.again(Keeping.FILE.options(plain)).close();
  }

  @Test
  void whatWasRestoredIsCountedAsPeopleDo() throws Exception {
    Path data = folder.resolve("data");
    Path file = folder.resolve("backup.zip");
    try (FurnishedServer it = new FurnishedServer(data)) {
      Path log = Files.writeString(folder.resolve("log"), "the log");
      ProjectRuns runs =
          it.server
              .bean(Projects.class)
              .runs(it.server.bean(ProjectList.class).find("shop").orElseThrow());
      String digest = runs.ledger().store(log).sha256();
      List<LedgerEntry> begun = new ArrayList<>();
      for (LedgerEntry entry : LedgerEntries.everyKind()) {
        if (entry instanceof LedgerEntry.RunOpened opened) {
          begun.add(opened);
          begun.add(
              new LedgerEntry.Recorded(
                  new Artifact("unit", opened.at(), "log", "text/plain", 7, digest)));
        }
      }
      runs.takeWhole("one", begun);
    }

    assertThat(printed("backup", data.toString(), "--to", file.toString())).contains("1 project, ");
    assertThat(printed("restore", file.toString(), "--to", folder.resolve("restored").toString()))
        .contains("project shop: 2 entries, 1 artifact, head ");
  }

  private static String printed(String... command) {
    StringWriter printed = new StringWriter();
    CommandLine tools = new CommandLine(new ServerTools()).setOut(new PrintWriter(printed));
    assertThat(tools.execute(command)).isZero();
    return printed.toString();
  }

  @Test
  void aBackupThatWasChangedIsNotRestored() throws IOException {
    Path data = folder.resolve("data");
    Path file = folder.resolve("backup.zip");
    new FurnishedServer(data).close();
    Backup.write(data, file, new SystemClock());
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(2_000);
      int there = bytes.read();
      bytes.seek(2_000);
      bytes.write(there ^ 0x10);
    }

    assertThatThrownBy(() -> Restore.read(file, folder.resolve("restored")))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void aFolderWithSomethingInItIsNotOverwritten() throws IOException {
    Path data = folder.resolve("data");
    Path file = folder.resolve("backup.zip");
    new FurnishedServer(data).close();
    assertThat(ServerTools.run("backup", data.toString(), "--to", file.toString())).isZero();

    assertThatThrownBy(() -> Restore.read(file, data)).hasMessageContaining("is not empty");
    assertThat(ServerTools.run("restore", file.toString(), "--to", data.toString())).isEqualTo(4);
    Path restored = folder.resolve("restored");
    assertThat(ServerTools.run("restore", file.toString(), "--to", restored.toString())).isZero();
    assertThat(Files.exists(restored.resolve("accounts.db"))).isTrue();
  }

  @Test
  void whatIsNoBackupOrOfANewerVersionIsSaidToBe() throws IOException {
    Path file = folder.resolve("backup.zip");
    Path into = folder.resolve("into");
    assertThatThrownBy(() -> Restore.read(file, into))
        .hasMessageContaining("ASSAY-SERVER-095")
        .hasMessageContaining("there is no such file");
    Files.writeString(file, "no zip");
    assertThatThrownBy(() -> Restore.read(file, into)).hasMessageContaining("that is no backup");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("manifest.json"));
      zip.write("{\"version\":99,\"files\":[]}".getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> Restore.read(file, into))
        .hasMessageContaining("it has the form 99")
        .hasMessageContaining("a newer one");
    assertThat(into).doesNotExist();
    assertThat(ServerTools.run("backup", folder.toString(), "--to", file.toString())).isEqualTo(4);
  }

  @Test
  void aCommandLineThatIsWrongIsExitCodeThree() {
    assertThat(ServerTools.run("bakup")).isEqualTo(3);
    assertThat(ServerTools.run("backup", folder.toString())).isEqualTo(3);
    assertThat(ServerTools.run("audit", "verify", "x", "--database", "nonsense")).isEqualTo(3);
  }

  @Test
  void aChangedAuditLogIsFoundByTheCommand() {
    Path data = folder.resolve("data");
    try (FurnishedServer it = new FurnishedServer(data)) {
      var accounts = it.server.bean(org.springframework.jdbc.core.simple.JdbcClient.class);
      int _ = accounts.sql("DROP TRIGGER audit_is_never_changed").update();
      int _ = accounts.sql("UPDATE audit SET hash = 'x' || hash WHERE sequence = 2").update();
    }

    assertThat(ServerTools.run("audit", "verify", data.toString())).isEqualTo(1);
    assertThat(ServerTools.run("audit", "verify", folder.resolve("none").toString())).isEqualTo(4);
  }
}
