package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run prints is seen while it goes on, bounded, and what its services kept after it. */
@Timeout(300)
class LiveOutputTest {

  private static final String RUN = "projects/shop/runs/r1";

  @TempDir private Path folder;
  private FurnishedServer it;
  private String key;

  @BeforeEach
  void aRunThatGoesOn() {
    it = new FurnishedServer(folder.resolve("data"));
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.of(Scope.INGEST, Scope.READ), Duration.ofDays(1));
    List<LedgerEntry> all = LedgerEntries.everyKind();
    send(0, all.subList(0, all.size() / 2));
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private void send(int from, List<? extends LedgerEntry> entries) {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : entries) {
      lines.append(new String(EncodedEntry.of(entry).bytes(), StandardCharsets.UTF_8)).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> answer = it.owner.ask("POST", RUN + "/entries?from=" + from, key, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private HttpResponse<String> print(long after, String body) {
    return it.owner.ask(
        "POST", RUN + "/logs?after=" + after, key, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(String source, String text) {
    return JsonWriter.canonical(
            Json.object()
                .put("at", "2026-11-22T10:00:00Z")
                .put("source", source)
                .put("text", text)
                .build())
        + "\n";
  }

  private static String lines(int from, int number) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < from + number; i++) {
      lines.append(line("service:shop", "order " + i + " came"));
    }
    return lines.toString();
  }

  private Json.Obj logs(String query) throws Exception {
    HttpResponse<String> answer = it.owner.ask(RUN + "/logs" + query, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonReader.read(answer.body()).asObject();
  }

  @Test
  void linesAreTakenOnceHoweverOftenTheyAreSentAndTheNewestAreKept() throws Exception {
    assertThat(print(0, "").body()).isEqualTo("{\"last\":0,\"live\":true,\"run\":\"r1\"}");
    assertThat(print(0, lines(1, 10)).body()).contains("\"last\":10");
    assertThat(print(0, lines(1, 10)).body()).contains("\"last\":10");
    assertThat(print(5, lines(6, 10)).body()).contains("\"last\":15");

    Json.Obj some = logs("?after=3&limit=2");
    assertThat(some.whole("last")).isEqualTo(15);
    assertThat(some.array("lines")).hasSize(2);
    Json.Obj first = some.array("lines").getFirst().asObject();
    assertThat(first.whole("place")).isEqualTo(4);
    assertThat(first.text("text")).isEqualTo("order 4 came");
    assertThat(first.text("source")).isEqualTo("service:shop");
    assertThat(first.text("at")).isEqualTo("2026-11-22T10:00:00Z");

    for (int sent = 15; sent < 5_000; sent += 997) {
      assertThat(print(sent, lines(sent + 1, 997)).statusCode()).isEqualTo(200);
    }
    Json.Obj kept = logs("?limit=1");
    // the oldest are gone, and their places say how many
    assertThat(kept.array("lines").getFirst().asObject().whole("place"))
        .isEqualTo(kept.whole("last") - 2_000 + 1);
  }

  @Test
  void whatIsSentIsBoundedAndMadeFitToBeShownWhoeverSendsIt() throws Exception {
    String wild = "\u001b[31mred\u001b[0m \u0000 " + "x".repeat(5_000);
    assertThat(print(0, line("unit", wild)).statusCode()).isEqualTo(200);
    Json.Obj line = logs("").array("lines").getFirst().asObject();
    assertThat(line.text("text")).startsWith("red \uFFFD xxx").hasSize(1_000).endsWith("…");

    assertThat(print(1, "no line\n").statusCode()).isEqualTo(400);
    assertThat(print(1, "{\"at\":\"2026-11-22T10:00:00Z\",\"source\":\"x\"}").body())
        .contains("line 1 has no 'text'", "ASSAY-SERVER-004");
    assertThat(print(1, lines(1, 1_001)).body()).contains("more than 1000 lines came at once");
    assertThat(print(1, line("unit", "x".repeat(3 << 20))).body()).contains("more than 2 MiB");
    assertThat(print(-1, "").statusCode()).isEqualTo(400);
    assertThat(it.owner.ask("POST", "projects/shop/runs/none/logs", key, new byte[0]).body())
        .contains("there is no run 'none'");
    assertThat(logs("").whole("last")).isEqualTo(1);
  }

  @Test
  void aPersonSeesWhatIsPrintedChoosesWhoseAndIsNotMovedWhileReading() throws Exception {
    Path program = Chromium.program().orElse(null);
    assumeTrue(program != null, "there is no Chromium on this machine");
    print(0, line("service:shop", "shop <b>listens</b>") + lines(1, 30));
    try (Chromium chromium = Chromium.start(program, folder.resolve("profile"))) {
      chromium.size(1200, 800, false);
      chromium.open(it.server.address() + "/login");
      chromium.fill("[name=username]", "kim");
      chromium.fill("[name=password]", FurnishedServer.PASSWORD);
      chromium.press("Log in");
      chromium.open(it.server.address() + "/" + RUN);
      assertThat(chromium.text()).contains("shop <b>listens</b>", "order 30 came");
      String list = "document.querySelector('[role=log]')";
      String atEnd =
          list + ".scrollHeight - " + list + ".scrollTop - " + list + ".clientHeight < 8";
      assertThat(chromium.ask(atEnd)).isEqualTo("true");
      assertThat(chromium.ask(list + ".getAttribute('aria-live')")).isEqualTo("off");

      print(31, line("unit", "OrderTest runs") + lines(31, 20));
      Chromium.await(() -> chromium.text().contains("order 50 came"));
      assertThat(chromium.ask(atEnd)).isEqualTo("true");
      assertThat(chromium.ask("document.querySelector('[data-newest]').hidden")).isEqualTo("true");
      // who scrolls up stays where they are
      chromium.load(list + ".scrollTop = 0");
      Chromium.await(
          () -> chromium.ask("document.querySelector('[data-newest]').hidden").equals("false"));
      print(52, "{\"at\":\"2026-11-22T10:00:09Z\",\"source\":\"unit\",\"leftOut\":1234}\n");
      Chromium.await(() -> chromium.text().contains("1,234 lines left out here"));
      assertThat(chromium.ask(list + ".scrollTop")).isEqualTo("0");
      WalkTest.look(chromium, "live-output");
      chromium.load("document.querySelector('[data-newest]').click()");
      assertThat(chromium.ask(atEnd)).isEqualTo("true");

      chromium.load(
          "const of = document.querySelector('[data-sources]'); of.value = 'unit';"
              + " of.dispatchEvent(new Event('change'))");
      assertThat(chromium.text())
          .contains("OrderTest runs", "1,234 lines left out")
          .doesNotContain("order 50 came");
      chromium.load("document.querySelector('[data-aloud]').click()");
      assertThat(chromium.ask(list + ".getAttribute('aria-live')")).isEqualTo("polite");

      // what was too much for anybody to read is told as a gap
      for (int sent = 1_286; sent < 5_000; sent += 900) {
        print(sent, lines(sent, 900));
      }
      print(10_000, line("unit", "the end"));
      Chromium.await(() -> chromium.text().contains("the end"));
      assertThat(chromium.text()).contains("lines were too many to be shown here");
      // how long a check runs goes on by itself
      assertThat(chromium.ask("document.querySelector('[data-seconds]').textContent"))
          .matches("\\d+ (s|min|h).*");
      String before = chromium.ask("document.querySelector('[data-seconds]').textContent");
      Chromium.await(() ->
          !chromium.ask("document.querySelector('[data-seconds]').textContent").equals(before));
    }
  }

  @Test
  void whoComesAgainGetsWhatCameMeanwhileAndNoLineTwice() throws Exception {
    print(0, lines(1, 10));
    assertThat(stream("?after=4", "", "order 10 came"))
        .contains("event:output", "id:10", "order 5 came")
        .doesNotContain("order 4 came");
    print(10, lines(11, 5));
    assertThat(stream("?after=4", "Last-Event-ID: 10\r\n", "order 15 came"))
        .contains("id:15", "order 11 came")
        .doesNotContain("order 10 came");
  }

  @Test
  void aViewerWhoReadsNothingOfAFloodHoldsNobodyUp() throws Exception {
    List<Socket> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        stuck.add(watch("", ""));
      }
      try (Socket reads = watch("", "")) {
        InputStream in = reads.getInputStream();
        byte[] buffer = new byte[1 << 13];
        long seen = 0;
        long sent = 0;
        // many times what the sockets of those who do not read can hold
        while (seen < 400_000) {
          assertThat(print(sent, lines((int) sent + 1, 500)).statusCode()).isEqualTo(200);
          sent += 500;
          int read = in.read(buffer);
          assertThat(read).as("the stream goes on").isPositive();
          seen += read;
        }
        assertThat(it.owner.get("/" + RUN).statusCode()).isEqualTo(200);
        assertThat(logs("?limit=1").whole("last")).isEqualTo(sent);
      }
    } finally {
      for (Socket socket : stuck) {
        socket.close();
      }
    }
  }

  @Test
  void whoMayLookNoMoreSeesNoMore() throws Exception {
    Visitor lee = it.member("lee", "viewer");
    Visitor max = it.member("max", "viewer");
    try (Socket gone = watch("", "", lee);
        Socket shut = watch("", "", max);
        Socket stays = watch("", "", it.owner)) {
      for (Socket each : List.of(gone, shut, stays)) {
        assertThat(each.getInputStream().read()).isPositive();
      }
      it.server.bean(Members.class).take("lee", "shop");
      assertThat(it.server.bean(Members.class).disable("max")).isNull();
      for (Socket each : List.of(gone, shut)) {
        each.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      }
      stays.setSoTimeout(2_500);
      assertThatThrownBy(
              () -> stays.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()))
          .isInstanceOf(SocketTimeoutException.class);
    } finally {
      lee.close();
      max.close();
    }
  }

  private Socket watch(String query, String header) throws Exception {
    return watch(query, header, it.owner);
  }

  private Socket watch(String query, String header, Visitor who) throws Exception {
    URI server = URI.create(it.server.local());
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(120_000);
    socket.connect(new java.net.InetSocketAddress(server.getHost(), server.getPort()));
    String head =
        "GET /"
            + RUN
            + "/events"
            + query
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + header
            + "Cookie: ";
    socket
        .getOutputStream()
        .write((head + who.cookie() + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** What comes until that has come. */
  private String stream(String query, String header, String until) throws Exception {
    try (Socket socket = watch(query, header)) {
      StringBuilder seen = new StringBuilder();
      byte[] buffer = new byte[1 << 13];
      while (seen.indexOf(until) < 0) {
        int read = socket.getInputStream().read(buffer);
        assertThat(read).as(seen.toString()).isPositive();
        seen.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
      }
      return seen.toString();
    }
  }

  @Test
  void afterTheRunTheLastLinesOfItsServicesAreOnItsPageAndWhatIsErasedIsNowhere() throws Exception {
    byte[] log =
        (lines(1, 0) + numbered(150) + "FATAL <out of memory>\n").getBytes(StandardCharsets.UTF_8);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(log));
    assertThat(it.owner.ask("PUT", "projects/shop/artifacts/" + sha256, key, log).statusCode())
        .isEqualTo(200);
    List<LedgerEntry> all = LedgerEntries.everyKind();
    List<LedgerEntry> rest = new ArrayList<>(all.subList(all.size() / 2, all.size()));
    rest.addFirst(
        new LedgerEntry.Recorded(
            new Artifact(
                "services",
                Instant.parse("2026-11-22T10:00:00Z"),
                "services/shop.log",
                "text/plain",
                log.length,
                sha256)));
    send(all.size() / 2, rest);
    // it is over: what comes late is passed over
    assertThat(print(0, lines(1, 3)).body()).contains("\"live\":false", "\"last\":0");

    Chromium.await(() -> it.owner.get("/" + RUN).body().contains("FATAL &lt;out of memory&gt;"));
    assertThat(it.owner.get("/" + RUN).body())
        .contains("The last lines that shop printed", sha256, "line 150")
        .doesNotContain("line 51\n");
    Json.Obj kept = logs("?after=99");
    assertThat(kept.array("lines")).hasSize(1);
    assertThat(kept.array("lines").getFirst().asObject().text("text")).startsWith("FATAL");
  }

  private static String numbered(int number) {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= number; i++) {
      lines.append("line ").append(i).append('\n');
    }
    return lines.toString();
  }
}
