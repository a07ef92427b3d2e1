package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.testkit.Chromium;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a service prints is on the open page of its run before the run ends, and no secret is. */
class LiveOutputIT extends Scenario {

  private static final String SECRET = "s3cr\u00e9t-7Hq9ZkLw";
  private static final String PASSWORD = "correct horse battery";
  private static final Pattern LINK = Pattern.compile("http\\S+/set-up/\\S+");
  private static final Pattern RUN = Pattern.compile("\"run\":\"([^\"]+)\"");

  private final int port = freePort();
  private final String server = "http://127.0.0.1:" + port;
  private final String project = server + "/projects/shop";
  private String key;

  private String asked(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(server + path))
                  .header("Authorization", "Bearer " + key)
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException notYet) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String found(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(found.groupCount());
  }

  @Test
  void aLineOfARealServiceIsOnTheOpenPageBeforeTheRunEnds() throws Exception {
    Path program = Chromium.program().orElse(null);
    assumeTrue(program != null, "there is no Chromium on this machine");
    environment("SHOP_TOKEN", SECRET);
    workspace(
        """
        workspace: shop
        environments: { local: { secrets: { token: { env: SHOP_TOKEN } } } }
        services:
          shop:
            command: sh shop.sh
            environment: { TOKEN: "${secret.token}" }
            ready: { log: listening }
        checks:
          unit:
            suite:
              command: sh suite.sh unit
              reports: ["reports/unit.xml"]
              environment: { TOKEN: "${secret.token}" }
        """);
    write(
        "shop.sh",
        """
        echo "my token is $TOKEN"
        echo listening
        while [ ! -e flood ]; do sleep 0.05; done
        yes "too much, $TOKEN" | head -50000
        while [ ! -e tell ]; do sleep 0.05; done
        echo "order 4711 came with $TOKEN" >&2
        while [ ! -e go ]; do sleep 0.05; done
        exec sleep 1000
        """);
    write("suite.sh", "echo \"the suite knows $TOKEN\"\n" + WAITING_SUITE);
    key = assay("serve", "data", "--make-key", "shop").with(0).out().strip();
    environment("ASSAY_SERVER_KEY", key);
    Running serving = start("serve", "data", "--port", Integer.toString(port));
    Wait.until(() -> asked("/health").contains("\"ready\":true"), () -> "it is never ready");
    Running run = start("run", "--server", project);
    untilThereIs("unit.waits");
    Wait.until(
        () -> asked("/api/v1/projects/shop/runs").contains("\"run\""),
        () -> "the server never heard of the run");
    String id = found(RUN, asked("/api/v1/projects/shop/runs"));

    try (Chromium chromium = Chromium.start(program, folder().resolveSibling("profile"))) {
      chromium.size(1200, 900, false);
      chromium.open(found(LINK, serving.out()));
      chromium.fill("[name=username]", "kim");
      chromium.fill("[name=password]", PASSWORD);
      chromium.press("Make me the owner");
      chromium.fill("[name=username]", "kim");
      chromium.fill("[name=password]", PASSWORD);
      chromium.press("Log in");
      chromium.open(project + "/runs/" + id);
      Chromium.await(() -> chromium.text().contains("my token is ***"));
      Chromium.await(() -> chromium.text().contains("the suite knows ***"));

      write("flood", "");
      Chromium.await(() -> chromium.text().contains("too much, ***"));
      // what was too much to be sent, or too much to be shown, is said in its place
      Chromium.await(
          () -> chromium.text().matches("(?s).*[0-9],[0-9]{3} lines (left out|were too many).*"));
      write("tell", "");
      Chromium.await(() -> chromium.text().contains("order 4711 came with ***"));
      assertThat(chromium.text()).contains("Running", "unit suite · for ");
      assertThat(file("unit.count")).doesNotExist();
      assertThat(asked("/api/v1/projects/shop/runs/" + id + "/logs?limit=1000"))
          .contains("order 4711 came with ***", "\"leftOut\":")
          .doesNotContain(SECRET);

      write("go", "");
      run.ended().with(0).saying("sent to " + project + "/runs/" + id);
      // it goes on by itself to what the service left
      Chromium.await(() -> chromium.text().contains("The last lines that shop printed"));
      chromium.load("document.querySelector('.output details').open = true");
      assertThat(chromium.text()).contains("order 4711 came with ***");
    }
    serving.signal("TERM").ended();
    byte[] utf8 = SECRET.getBytes(StandardCharsets.UTF_8);
    String searched = new String(utf8, StandardCharsets.ISO_8859_1);
    for (Path file : filesBelow(folder())) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains(searched))
          .as(file.toString())
          .isFalse();
    }
  }
}
