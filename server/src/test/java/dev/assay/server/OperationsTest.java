package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What whoever operates a server asks it. */
@Timeout(180)
class OperationsTest {

  @TempDir private static Path folder;
  private static FurnishedServer it;

  @BeforeAll
  static void start() {
    it = new FurnishedServer(folder);
  }

  @AfterAll
  static void stop() {
    it.close();
  }

  @Test
  void theServerSaysThatItIsReady() {
    assertThat(it.owner.get("/ready").body()).isEqualTo("{\"ready\":true}");
  }

  @Test
  void figuresAreInThePrometheusFormat() throws IOException, InterruptedException {
    HttpResponse<String> answer = it.owner.get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain;version=0.0.4");
    Set<String> families = new HashSet<>();
    for (String line : answer.body().lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        assertThat(families.add(line.split(" ")[2])).as(line).isTrue();
      }
      assertThat(line)
          .matches(
              "# HELP [a-z_]+ .+|# TYPE [a-z_]+ (counter|gauge|histogram)"
                  + "|[a-z_]+(\\{[a-z]+=\"[^\"]+\"})? -?[0-9.E+]+");
    }
    assertThat(answer.body())
        .contains("assay_projects 1\n", "assay_members 1\n", "le=\"+Inf\"")
        .doesNotContain("shop", "kim");
    if (hasPromtool()) {
      Process promtool =
          new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
      promtool.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
      promtool.getOutputStream().close();
      String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(said).isEmpty();
    }
  }

  /** Where promtool is installed, it is the referee, too. */
  private static boolean hasPromtool() {
    for (String place : System.getenv("PATH").split(java.io.File.pathSeparator)) {
      if (Path.of(place, "promtool").toFile().canExecute()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void figuresAreNotForStrangers() {
    HttpResponse<String> answer = it.owner.getThroughHttps("/metrics");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("assay_");
  }
}
