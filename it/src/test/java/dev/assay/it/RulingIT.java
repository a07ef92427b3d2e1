package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A release that waits for what people decide on a server, as processes. */
class RulingIT extends Scenario {

  private static final String WORKSPACE =
      """
      workspace: shop
      checks:
        unit:
          suite: { command: sh suite.sh, reports: ["reports/unit.xml"] }
      """;
  private static final String FAILS =
      """
      mkdir -p reports
      echo '<testsuite name="Pay"><testcase classname="Pay" name="refunds"><failure message="no"/>\
      </testcase></testsuite>' > reports/unit.xml
      """;

  private final int port = freePort();
  private final String server = "http://127.0.0.1:" + port;
  private final String project = server + "/projects/shop";
  private String decides;

  @BeforeEach
  void aProjectAndItsKeys() {
    workspace(WORKSPACE);
    write("suite.sh", FAILS);
    String sends = assay("serve", "data", "--make-key", "shop").with(0).out().strip();
    decides =
        assay("serve", "data", "--make-key", "shop", "--key-may", "read,operate")
            .with(0)
            .out()
            .strip();
    environment("ASSAY_SERVER_KEY", sends);
  }

  private Running serving() {
    Running running = start("serve", "data", "--port", Integer.toString(port));
    Wait.until(this::ready, () -> "it is never ready");
    return running;
  }

  private boolean ready() {
    try {
      return sent("GET", "/health", "").body().contains("\"ready\":true");
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private HttpResponse<String> sent(String method, String path, String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server + path))
              .header("Authorization", "Bearer " + decides)
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException notYet) {
      throw new UncheckedIOException(notYet);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private String newest() {
    return object(sent("GET", "/api/v1/projects/shop/runs", "").body())
        .array("runs")
        .getFirst()
        .asObject()
        .text("run");
  }

  private static Json.Obj object(String text) {
    try {
      return JsonReader.read(text).asObject();
    } catch (JsonException wrong) {
      throw new AssertionError(text, wrong);
    }
  }

  private Json.Obj decide(String run, String decision) {
    HttpResponse<String> answer = sent("POST", place(run), decision);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return object(answer.body());
  }

  private static String place(String run) {
    return "/api/v1/projects/shop/runs/" + run + "/rulings";
  }

  @Test
  void aFailedRunGoesOnAsLongAsSomebodyOverridesIt() {
    Running running = serving();
    assay("run", "--server", project).with(1);
    String run = newest();
    assay("verdict", "--server", project)
        .with(1)
        .printing("fail: run " + run, "Nobody has overridden run " + run)
        .saying("is kept in");

    String why = "{\"kind\":\"override\",\"reason\":\"the test is wrong, see T-7\"";
    Json.Obj made = decide(run, why + "}");
    assay("verdict", "--server", project)
        .with(0)
        .printing(
            "fail: run " + run, "Overridden by key ", " until ", ": the test is wrong, see T-7");
    assay("verdict", "--server", project, "--json").with(0).printing("\"verdict\": \"FAIL\"");
    assay("verdict").with(1);

    write("ruling.intoto.jsonl", made.text("statement") + "\n");
    write("server.pub", sent("GET", "/rulings.pub", "").body());
    assay("passport", "verify", "ruling.intoto.jsonl", "--key", "server.pub")
        .with(0)
        .printing("valid, and says that run " + run + " (fail) is overridden until");

    String path = place(run) + "/" + made.text("ruling");
    assertThat(sent("DELETE", path + "?why=T-7+is+mended", "").statusCode()).isEqualTo(200);
    assay("verdict", "--server", project)
        .with(1)
        .printing("does not count: it was withdrawn at", "T-7 is mended");

    decide(run, why + ",\"end\":\"" + Instant.now().plusMillis(1500) + "\"}");
    Wait.until(
        () -> sent("GET", place(run), "").body().contains("\"state\":\"ended\""),
        () -> "it never ends");
    assay("verdict", "--server", project).with(1).printing("does not count: it ended at");

    running.signal("TERM").ended();
    assay("verdict", "--server", project)
        .with(4)
        .saying("ASSAY-CLI-032", "does not answer")
        .noStackTrace();
  }

  @Test
  void aForgedOverrideIsRefused() throws Exception {
    Running running = serving();
    assay("run", "--server", project).with(1);
    decide(newest(), "{\"kind\":\"override\",\"reason\":\"the test is wrong\"}");
    write("server.pub", sent("GET", "/rulings.pub", "").body());
    HttpServer between =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    between.createContext(
        "/",
        exchange -> {
          String answer = sent("GET", exchange.getRequestURI().toString(), "").body();
          byte[] forged =
              answer
                  .replace("payload\\\":\\\"eyJ", "payload\\\":\\\"eyK")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, forged.length);
          exchange.getResponseBody().write(forged);
          exchange.close();
        });
    between.start();
    try {
      String other = "http://127.0.0.1:" + between.getAddress().getPort() + "/projects/shop";
      assay("verdict", "--server", project, "--server-key", "server.pub").with(0);
      assay("verdict", "--server", other, "--server-key", "server.pub")
          .with(1)
          .printing("is refused", "Nobody has overridden run");
    } finally {
      between.stop(0);
    }
    running.signal("TERM").ended();
  }

  @Test
  void whatPassedWaitsForItsApprovalWhereThatIsAskedFor() {
    Running running = serving();
    write("suite.sh", FAILS.replace("<failure message=\"no\"/>", ""));
    assay("run", "--server", project).with(0);
    assay("verdict", "--server", project).with(0);
    assay("verdict", "--approved").with(3).saying("none is named");
    assay("verdict", "--server", project, "--approved")
        .with(2)
        .printing("pass: run", "Nobody has approved run");

    decide(newest(), "{\"kind\":\"approval\",\"environment\":\"production\"}");
    assay("verdict", "--server", project, "--approved")
        .with(2)
        .printing("it is for 'production' and not for");
    assay("verdict", "--server", project, "--approved", "--to", "production")
        .with(0)
        .printing("Approved by key ");
    running.signal("TERM").ended();
  }
}
