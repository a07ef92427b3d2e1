package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.evidence.Event;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.value.DatabaseUrl;
import dev.assay.api.verdict.Decision;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.testkit.LedgerEntries;
import dev.assay.testkit.PostgresServer;
import dev.assay.testkit.SmallDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server while what is around it fails: its database, its disk, those who ask it. */
@Timeout(300)
class FaultsTest {

  private static final String RUN = "projects/shop/runs/r1";

  @TempDir private Path folder;

  private static byte[] lines(List<? extends LedgerEntry> entries) {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : entries) {
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String key(FurnishedServer it) {
    return it.server
        .bean(ProjectKeys.class)
        .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
  }

  private static HttpResponse<String> upload(
      FurnishedServer it, String key, long from, List<? extends LedgerEntry> entries) {
    return it.owner.ask("POST", RUN + "/entries?from=" + from, key, lines(entries));
  }

  private static List<LedgerEntry> begin() {
    return List.of(LedgerEntries.opened(), new CheckOpened(LedgerEntries.AT, "smoke"));
  }

  private static List<LedgerEntry> facts(int from, int number) {
    List<LedgerEntry> facts = new ArrayList<>();
    for (int i = from; i < from + number; i++) {
      facts.add(LedgerEntries.fact(i));
    }
    return facts;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        throw new AssertionError("it did not come true in two minutes");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** What the server's ledger has of the run, each number once and in order. */
  private static List<String> numbers(FurnishedServer it) {
    Projects projects = it.server.bean(Projects.class);
    ProjectRuns runs = projects.runs(projects.list().find("shop").orElseThrow());
    List<String> numbers = new ArrayList<>();
    runs.ledger()
        .read(
            "r1",
            stored -> {
              if (stored.entry() instanceof Recorded(Event event)) {
                numbers.add(event.message());
              }
            });
    assertThat(runs.ledger().verify().damages()).isEmpty();
    return numbers;
  }

  private static List<String> expected(int number) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      expected.add("number " + i);
    }
    return expected;
  }

  @Test
  void aDatabaseThatCrashesWhileARunIsSentLosesNothingThatWasAcknowledged() throws Exception {
    assumeTrue(PostgresServer.programs().isPresent(), "PostgreSQL is not installed");
    try (PostgresServer postgres = PostgresServer.start()) {
      try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres",
                  "kim",
                  PostgresServer.PASSWORD);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE ROLE assay LOGIN PASSWORD 'assay'");
        statement.execute("CREATE DATABASE assay OWNER assay");
      }
      ServerOptions options =
          new ServerOptions(
              folder.resolve("data"),
              InetAddress.getLoopbackAddress(),
              0,
              DatabaseUrl.parse("postgresql://assay:assay@127.0.0.1:" + postgres.port() + "/assay"),
              null);
      try (FurnishedServer it = new FurnishedServer(options)) {
        String key = key(it);
        upload(it, key, 0, begin());
        int sent = 0;
        for (; sent < 500; sent += 50) {
          assertThat(upload(it, key, 2 + sent, facts(sent, 50)).statusCode()).isEqualTo(200);
        }
        assertThat(it.owner.get("/ready").statusCode()).isEqualTo(200);
        postgres.stop();

        assertThat(it.owner.get("/ready").statusCode()).isEqualTo(503);
        // nobody is let in by what was so a moment ago, so that whoever was shut out stays out
        HttpResponse<String> list = it.owner.get("/projects/shop");
        assertThat(list.statusCode()).isEqualTo(503);
        HttpResponse<String> report = it.owner.get("/projects/shop/runs/r1/report");
        assertThat(report.statusCode()).isEqualTo(503);
        assertThat(report.body())
            .contains("cannot be reached", "start the database", "ask again in a moment")
            .doesNotContain("Exception", "\tat ", "assay:assay");
        assertThat(it.owner.ask(RUN + "/report", key).body())
            .contains("\"code\":\"ASSAY-STORE-", "cannot be reached");

        // what is sent meanwhile waits for the database, and is there once it is back
        int next = sent;
        Thread waiting = Thread.ofVirtual().start(() -> upload(it, key, 2 + next, facts(next, 50)));
        postgres.startAgain();
        assertThat(waiting.join(Duration.ofSeconds(120))).isTrue();
        await(() -> it.owner.get("/ready").statusCode() == 200);
        // the uploader did not hear of it, and sends from where it knows
        for (; sent < 700; sent += 50) {
          assertThat(upload(it, key, 2 + sent, facts(sent, 50)).statusCode()).isEqualTo(200);
        }
        assertThat(numbers(it)).isEqualTo(expected(700));
        assertThat(it.owner.get("/projects/shop/runs/r1/report").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void whoLogsInWhileTheDatabaseIsAwayIsToldSoAndComesInOnceItIsBack() throws Exception {
    assumeTrue(PostgresServer.programs().isPresent(), "PostgreSQL is not installed");
    try (PostgresServer postgres = PostgresServer.start()) {
      ServerOptions options =
          new ServerOptions(
              folder.resolve("data"),
              InetAddress.getLoopbackAddress(),
              0,
              Keeping.made(postgres, "assay"),
              null);
      try (FurnishedServer it = new FurnishedServer(options);
          Visitor late = it.visitor()) {
        assertThat(late.get("/login").statusCode()).isEqualTo(200);
        postgres.stop();

        HttpResponse<String> refused = FurnishedServer.login(late, "kim", FurnishedServer.PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body())
            .contains("cannot be reached", "start the database", "ask again in a moment")
            .doesNotContain("Exception", "\tat ", "assay:assay");
        HttpResponse<String> home = it.owner.get("/");
        assertThat(home.statusCode()).isEqualTo(503);
        assertThat(home.headers().firstValue("Content-Security-Policy")).isPresent();
        postgres.startAgain();

        await(() -> it.owner.get("/ready").statusCode() == 200);
        // who was logged in still is, and an attempt that nobody looked at counts for nothing
        assertThat(it.owner.get("/projects/shop").statusCode()).isEqualTo(200);
        FurnishedServer.login(late, "kim", FurnishedServer.PASSWORD);
        assertThat(late.get("/projects/shop").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void aFullDiskIsSaidAndWhatComesAfterItIsTakenOnceThereIsRoom() throws Exception {
    Path disk = folder.resolve("disk");
    try (SmallDisk _ = SmallDisk.mounted(disk, "24m");
        FurnishedServer it = new FurnishedServer(disk.resolve("data"))) {
      String key = key(it);
      upload(it, key, 0, begin());
      assertThat(upload(it, key, 2, facts(0, 100)).statusCode()).isEqualTo(200);
      Path filler = disk.resolve("filler");
      fill(filler);

      int sent = 100;
      HttpResponse<String> refused;
      do {
        refused = upload(it, key, 2 + sent, facts(sent, 500));
        sent += refused.statusCode() == 200 ? 500 : 0;
      } while (refused.statusCode() == 200 && sent < 100_000);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("ASSAY-STORE-", "\"mend\":\"free some space");
      // what is there can be looked at meanwhile
      assertThat(it.owner.get("/projects/shop").body()).contains("r1");
      assertThat(it.owner.get("/projects/shop/runs/r1").statusCode()).isEqualTo(200);
      // what cannot be noted in the audit log is not done, and is said
      HttpResponse<String> changed =
          it.owner.post(
              "/projects/shop/settings", "/projects/shop/keys", Map.of("label", "another"));
      assertThat(changed.body()).doesNotContain("Exception", "\tat ");
      assertThat(upload(it, key, 2 + sent, facts(sent, 500)).statusCode()).isEqualTo(503);

      Files.delete(filler);
      for (int more = 0; more < 3; more++, sent += 500) {
        assertThat(upload(it, key, 2 + sent, facts(sent, 500)).statusCode()).isEqualTo(200);
      }
      List<LedgerEntry> end = List.of(LedgerEntries.closed(Ending.COMPLETED, Decision.PASS));
      assertThat(upload(it, key, 2 + sent, end).statusCode()).isEqualTo(200);
      assertThat(numbers(it)).isEqualTo(expected(sent));
      await(() -> !it.owner.get("/projects/shop/runs/r1").body().contains("data-again"));
    }
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[1 << 14];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }

  /** Sends the head of a request with the owner's cookie. */
  private static Socket asking(FurnishedServer it, String head) throws IOException {
    URI server = URI.create(it.server.local());
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(120));
    socket.connect(new java.net.InetSocketAddress(server.getHost(), server.getPort()));
    socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  @Test
  void aViewerWhoReadsNothingHoldsNobodyUp() throws Exception {
    try (FurnishedServer it = new FurnishedServer(folder.resolve("data"))) {
      String key = key(it);
      upload(it, key, 0, begin());
      String head =
          "GET /projects/shop/runs/r1/events HTTP/1.1\r\nHost: localhost\r\nCookie: "
              + it.owner.cookie()
              + "\r\n\r\n";
      List<Socket> stuck = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        stuck.add(asking(it, head));
      }
      try (Socket reads = asking(it, head)) {
        InputStream in = reads.getInputStream();
        StringBuilder seen = new StringBuilder();
        byte[] buffer = new byte[1 << 13];
        int sent = 0;
        // many times what the sockets of those who do not read can hold
        while (seen.length() < 400_000) {
          assertThat(upload(it, key, 2 + sent, facts(sent, 100)).statusCode()).isEqualTo(200);
          sent += 100;
          int read = in.read(buffer);
          assertThat(read).as("the stream goes on").isPositive();
          seen.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
        assertThat(seen).contains("event:state", "smoke");
        assertThat(it.owner.get("/projects/shop/runs/r1").statusCode()).isEqualTo(200);
      } finally {
        for (Socket socket : stuck) {
          socket.close();
        }
      }
    }
  }

  @Test
  void aRequestThatComesByteByByteHoldsNobodyUpAndIsTakenAllTheSame() throws Exception {
    try (FurnishedServer it = new FurnishedServer(folder.resolve("data"))) {
      String key = key(it);
      byte[] body = lines(begin());
      try (Socket slow =
          asking(
              it,
              "POST /api/v1/"
                  + RUN
                  + "/entries?from=0 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + key
                  + "\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")) {
        for (int i = 0; i < body.length; i++) {
          slow.getOutputStream().write(body[i]);
          slow.getOutputStream().flush();
          if (i % 100 == 0) {
            // others are served meanwhile, also those who send the same run
            assertThat(it.owner.get("/projects/shop").statusCode()).isEqualTo(200);
            assertThat(
                    it.owner
                        .ask("POST", "projects/shop/runs/r2/entries?from=0", key, lines(begin()))
                        .statusCode())
                .isEqualTo(200);
          }
        }
        byte[] answer = new byte[15];
        assertThat(slow.getInputStream().readNBytes(answer, 0, 15)).isEqualTo(15);
        assertThat(new String(answer, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
      }
      assertThat(it.owner.ask(RUN, key).body()).contains("\"entries\":2");
    }
  }
}
