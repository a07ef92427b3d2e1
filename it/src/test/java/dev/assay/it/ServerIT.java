package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server and the runs that are sent to it, as processes. */
class ServerIT extends Scenario {

  private static final String WORKSPACE =
      """
      workspace: shop
      checks:
        unit:
          suite: { command: sh suite.sh unit, reports: ["reports/unit.xml"] }
      """;

  private final int port = freePort();
  private final String project = "http://127.0.0.1:" + port + "/projects/shop";
  private String key;

  @BeforeEach
  void aProjectAndItsKey() {
    workspace(WORKSPACE);
    write("suite.sh", WAITING_SUITE);
    key = assay("serve", "data", "--make-key", "shop").with(0).out().strip();
    environment("ASSAY_SERVER_KEY", key);
  }

  private Running serving() {
    Running server = start("serve", "data", "--port", Integer.toString(port));
    Wait.until(() -> asked("/health").contains("\"ready\":true"), () -> "it is never ready");
    return server;
  }

  private String asked(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .header("Authorization", "Bearer " + key)
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              BodyHandlers.ofString());
      return answer.body();
    } catch (IOException notYet) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private String runs() {
    return asked("/api/v1/projects/shop/runs");
  }

  @Test
  void aRunIsSeenWhileItGoesOnAndNothingIsLostWhenTheServerDies() {
    Running server = serving();
    Running run = start("run", "--server", project);
    untilThereIs("unit.waits");
    Wait.until(
        () -> runs().contains("\"decision\":\"not run\""), () -> "the server never heard of it");

    server.signal("KILL").ended().printing("Assay serves at http://127.0.0.1:" + port, "/set-up/");
    write("go", "");
    run.ended().with(0).saying("the server has not got all of it", "assay push");
    Running again = serving();

    assertThat(runs()).contains("\"decision\":\"not run\"").doesNotContain("\"closed\"");
    assay("push", "--server", project).with(0).printing("entries sent", project + "/runs/");
    assertThat(runs()).contains("\"decision\":\"pass\"", "\"closed\"");
    assay("push", "--server", project).with(0).printing("it is there already");
    again.signal("TERM").ended();
  }

  @Test
  void whatIsLoggedIsJsonWhereThatIsAskedFor() {
    Running server =
        start(
            "serve",
            "data",
            "--port",
            Integer.toString(port),
            "--log",
            "json",
            "--oidc",
            "issuer=http://127.0.0.1:" + freePort(),
            "--oidc",
            "client=assay");
    Wait.until(() -> asked("/health").contains("\"ready\":true"), () -> "it is never ready");
    String _ = asked("/oauth2/authorization/assay"); // nobody is there, which is worth a line
    Wait.until(() -> !server.err().isBlank(), () -> "nothing was logged");
    server.signal("TERM").ended();
    assertThat(server.err().lines().filter(line -> !line.isBlank()))
        .isNotEmpty()
        .allSatisfy(line -> {
          Json.Obj logged = JsonReader.read(line).asObject();
          assertThat(logged.text("@timestamp")).startsWith("20");
          assertThat(logged.text("message")).isNotEmpty();
          assertThat(logged.object("log").text("level")).isNotEmpty();
        });
  }

  /** Each waits on a thread of its own, not on one of the few that carry them all. */
  @Test
  void requestsWhoseBodiesDoNotComeHoldNobodyUp() throws IOException {
    Running server = serving();
    List<Socket> waiting = new ArrayList<>();
    try {
      for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        waiting.add(socket);
        String head =
            "POST /api/v1/projects/shop/runs/r%d/entries HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer %s\r\nContent-Length: 1000\r\n\r\n{";
        socket.getOutputStream().write(head.formatted(i, key).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
      }
      for (int i = 0; i < 20; i++) {
        assertThat(asked("/health")).as("answer " + i).contains("\"ready\":true");
      }
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
    server.signal("TERM").ended();
  }

  @Test
  void aRunThatEndedIsThereAndAWrongKeyIsSaid() {
    Running server = serving();
    write("go", "");
    assay("run", "--server", project).with(0).saying("sent to " + project + "/runs/");
    assertThat(runs()).contains("\"decision\":\"pass\"");

    environment("ASSAY_SERVER_KEY", "assay_wrong");
    assay("push", "--server", project)
        .with(4)
        .saying("ASSAY-CLI-030", "has no key, or one that was revoked");
    assay("push", "--server", "http://127.0.0.1:" + port).with(3).saying("is no project");
    server.signal("TERM").ended();
  }

  private int put(String path, String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .header("Authorization", "Bearer " + key)
                  .PUT(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException refused) {
      throw new java.io.UncheckedIOException(refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Test
  void whatIsInQuarantineOnTheServerHoldsNoRunUpAlsoWhileTheServerIsAway() {
    write(
        "suite.sh",
        """
        mkdir -p reports
        echo '<testsuite name="Pay"><testcase classname="Pay" name="refunds"><failure message="no"/>\
        </testcase><testcase classname="Pay" name="pays"/></testsuite>' > reports/unit.xml
        """);
    Running server = serving();
    String expires = java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(9).toString();
    assay("run", "--server", project).with(1);
    assertThat(
            put(
                "/api/v1/projects/shop/quarantine",
                "{\"test\":\"Pay#refunds\",\"owner\":\"team-pay\",\"reason\":\"T-7\",\"expires\":\""
                    + expires
                    + "\"}"))
        .isEqualTo(200);
    assay("run", "--server", project, "--report", "out").with(0);
    assertThat(read("out/report.json"))
        .contains("1 test is in quarantine at " + project + "/tests");
    assertThat(read("out/junit.xml"))
        .contains("quarantined until " + expires + ": T-7", "team-pay");

    server.signal("TERM").ended();
    assay("run", "--server", project, "--report", "out")
        .with(0)
        .saying("tests in quarantine are as the server had them at");
    assertThat(read("out/report.json")).contains("it does not answer");
    assay("run").with(1);
  }
}
