package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code assay load URL}: load without a workspace. */
class LoadAdHocIT extends Scenario {

  private static final String LINE =
      "RESULT requests=(\\d+) rps=([\\d.]+) p50=([\\d.]+) p99=([\\d.]+) p999=([\\d.]+) max=([\\d.]+)"
          + " errors=(\\d+)\n";

  private static ScriptedServer greeter() {
    return ScriptedServer.start(_ -> Reply.status(200, "hello"));
  }

  private static String url(ScriptedServer server) {
    return server.uri() + "/";
  }

  @Test
  void theResultLineIsAllOfStandardOutput() {
    try (ScriptedServer server = greeter()) {
      Ended ended =
          assay("load", url(server), "--rate", "20", "--for", "1s", "--result-line").noStackTrace();

      assertThat(ended.out()).matches(LINE).contains("requests=20 ", "errors=0\n");
      assertThat(ended.err()).contains("20/s", "p99");
      assertThat(server.requests()).isEqualTo(20);
    }
  }

  @Test
  void anExpectationThatDoesNotHoldFails() {
    try (ScriptedServer server = greeter()) {
      assay("load", url(server), "--rate", "20", "--for", "1s", "--expect", "requests > 1000")
          .failedOrTooBusy()
          .printing("requests", "expected > 1000");
    }
  }

  @Test
  void failedRequestsFailAndAreToldByKindWithAnExample() {
    try (ScriptedServer server = ScriptedServer.start(_ -> Reply.status(503, ""))) {
      assay("load", url(server), "--rate", "20", "--for", "1s")
          .failedOrTooBusy()
          .printing("status", "20 (100 %)", "503");
    }
  }

  @Test
  void theSummaryHasBothLatenciesAndTheLatenessOfTheGenerator() {
    try (ScriptedServer server = greeter()) {
      Ended ended = assay("load", url(server), "--rate", "20", "--for", "1s").noStackTrace();

      assertThat(ended.out())
          .contains("GET " + url(server), "20 in 1 s", "asked 20/s")
          .containsPattern("latency( +[\\d.]+ [nµm]?s){5}")
          .containsPattern("service time( +[\\d.]+ [nµm]?s){5}")
          .containsPattern("lateness( +[\\d.]+ [nµm]?s){5}");
      assertThat(ended.out() + ended.err()).doesNotContain("\u001b");
      assertThat(Files.exists(file(".assay"))).isFalse();
    }
  }

  @Test
  void quietMeansNothingButProblems() {
    try (ScriptedServer server = greeter()) {
      Ended ended = assay("load", url(server), "--rate", "20", "--for", "1s", "--quiet");

      assertThat(ended.out() + ended.err()).isEmpty();
    }
  }

  @Test
  void methodHeadersAndBodyAreSentAsTheyAreWritten() {
    StringBuffer seen = new StringBuffer();
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          seen.append(request.head()).append(request.body());
          return Reply.status(200, "");
        })) {
      String body = "{\"price\": \"$5 and ${x}\"}";
      assay(
              "load",
              url(server) + "orders?a=1",
              "--rate",
              "1",
              "--for",
              "1s",
              "-X",
              "put",
              "-H",
              "X-One: a: b",
              "--json",
              body)
          .noStackTrace();

      assertThat(seen.toString())
          .contains("PUT /orders?a=1 HTTP/1.1", "X-One: a: b", "Content-Type: application/json")
          .endsWith(body);
    }
  }

  @Test
  void theReportIsAPageAndJson() {
    try (ScriptedServer server = greeter()) {
      assay("load", url(server), "--rate", "20", "--for", "1s", "--report", "out/load.html")
          .noStackTrace()
          .printing("out/load.html");
      assertThat(read("out/load.html")).startsWith("<!DOCTYPE html>").contains("latency");

      Json.Obj json =
          JsonReader.read(
                  assay("load", url(server), "--rate", "20", "--for", "1s", "--json-output").out())
              .asObject();
      assertThat(json.members()).containsKey("checks");
    }
  }

  @Test
  void theSavedWorkspaceDoesTheSame() {
    try (ScriptedServer server = greeter()) {
      assay(
              "load",
              url(server) + "a?b=c",
              "--rate",
              "30",
              "--for",
              "1s",
              "--connections",
              "2",
              "--expect",
              "requests > 1000",
              "--save",
              "saved.yaml")
          .failedOrTooBusy()
          .saying("wrote saved.yaml");
      assertThat(server.requests()).isEqualTo(30);

      assay("run", "saved.yaml").failedOrTooBusy().printing("requests", "expected > 1000");
      assertThat(server.requests()).isEqualTo(60);
      assay("load", url(server), "--rate", "1", "--save", "saved.yaml")
          .with(3)
          .saying("ASSAY-CLI-004");
    }
  }

  @Test
  void aPasswordIsNeitherInTheSavedFileNorInAReport() {
    try (ScriptedServer server = greeter()) {
      assay(
              "load",
              url(server),
              "--rate",
              "5",
              "--for",
              "1s",
              "-H",
              "Authorization: Bearer hush-hush",
              "--save",
              "saved.yaml",
              "--report",
              "load.json")
          .noStackTrace()
          .saying("ASSAY_LOAD_AUTHORIZATION");
      assertThat(read("saved.yaml") + read("load.json")).doesNotContain("hush-hush");

      assay("run", "saved.yaml").with(4).saying("ASSAY_LOAD_AUTHORIZATION");
    }
  }

  @Test
  void aRunIsKeptWhereAWorkspaceIsOrALedgerIsNamed() {
    try (ScriptedServer server = greeter()) {
      assay("load", url(server), "--rate", "5", "--for", "1s", "--ledger", "kept/.assay")
          .noStackTrace();
      assertThat(assay("ledger", "list", "-w", "kept").with(0).out().lines()).hasSize(2);

      workspace("workspace: shop\n");
      assay("load", url(server), "--rate", "5", "--for", "1s").noStackTrace();
      assertThat(newestRun().text("workspace")).isEqualTo("load");
      assay("report").with(0).printing("load");
    }
  }

  @Test
  void usersEndAfterSoManyRequests() {
    try (ScriptedServer server = greeter()) {
      Ended ended = assay("load", url(server), "--users", "4", "-n", "500", "--result-line");

      assertThat(ended.with(0).out()).matches(LINE).contains("requests=500 ");
      assertThat(server.requests()).isEqualTo(500);
      assertThat(server.connections()).isLessThanOrEqualTo(5); // one only looked who is there
    }
  }

  @Test
  void bodiesOfFilesAndLoginsAreSent() {
    StringBuffer seen = new StringBuffer();
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          seen.append(request.head()).append(request.body());
          return Reply.status(200, "");
        })) {
      write("order.txt", "7 $$ ${x}");
      assay("load", url(server), "-n", "1", "--users", "1", "-d", "@order.txt", "-u", "kim:pass")
          .noStackTrace();

      assertThat(seen.toString())
          .contains("POST / HTTP/1.1", "Basic a2ltOnBhc3M=")
          .endsWith("7 $$ ${x}");
    }
  }

  @Test
  void aTargetElsewhereNeedsPermission() {
    // an address for documentation, RFC 5737; nothing is sent there
    assay("load", "http://203.0.113.7:9/", "--rate", "51")
        .with(3)
        .saying("ASSAY-LOAD-008 at the command line", "203.0.113.7:9", "--i-own-this-target");
  }

  @Test
  void whereNobodyIsThereIsSaidAtOnce() {
    int port = freePort();
    assay("load", "http://127.0.0.1:" + port + "/", "--rate", "5", "--for", "60s")
        .with(4)
        .saying("ASSAY-LOAD-090", "port " + port, "refused", "mend:");
    assay("load", "http://nobody.invalid/", "--rate", "5")
        .with(4)
        .saying("ASSAY-LOAD-007", "'nobody.invalid'", "mend:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| there is no URL",
        "http:// | is no URL",
        "ftp://127.0.0.1/ | is no http or https URL",
        "http://u:p@127.0.0.1/ | --auth",
        "127.0.0.1:1 --rate fast | --rate",
        "127.0.0.1:1 --rate 0 | --rate",
        "127.0.0.1:1 --rate 5 --users 5 | --users does not go with --rate",
        "127.0.0.1:1 --to 5 | --to does not go with users",
        "127.0.0.1:1 --for 3parsecs | --for",
        "127.0.0.1:1 --rate 5 --connections 0 | --connections",
        "127.0.0.1:1 --rate 5 --expect latency | --expect",
        "127.0.0.1:1 --rate 5 --expect latncy.p99<5ms | latency",
        "127.0.0.1:1 --rate 5 --header nothing | --header",
        "127.0.0.1:1 --rate 5 --method LOOK | --method",
        "127.0.0.1:1 --rate 5 --body @missing | 'missing'",
        "127.0.0.1:1 --rate 5 --json {a | no JSON",
        "127.0.0.1:1 --rate 5 --report page.pdf | .html",
        "127.0.0.1:1 --rate 5 --auth kim | ASSAY_LOAD_PASSWORD",
        "127.0.0.1:1 --rate 5 --conections 5 | --connections",
      })
  void aWrongCommandLineIsOneClearProblem(
      @org.jspecify.annotations.Nullable String words, String said) {
    String[] given = words == null ? new String[0] : words.split(" ");
    String[] all = new String[given.length + 1];
    all[0] = "load";
    System.arraycopy(given, 0, all, 1, given.length);

    Ended ended = assay(all).with(3).saying(said, "mend:");

    assertThat(ended.err().split("error ASSAY-", -1)).hasSize(2);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void interruptedItSaysWhatItHasMeasured() {
    try (ScriptedServer server = greeter()) {
      Running running = start("load", url(server), "--rate", "50", "--for", "60s");
      running.untilItSays("errors 0"); // the first line with figures
      Ended ended = running.signal("INT").ended().with(130);

      assertThat(ended.err()).contains("stopping");
      assertThat(ended.out()).contains("latency", "not run");
    }
  }
}
