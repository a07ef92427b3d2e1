package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.json.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks from the command line. */
class NetworkIT extends Scenario {

  private static final Path NAMESPACES = Path.of("/run/netns");

  @Test
  void toxiproxysApiIsServedUntilItIsStopped() throws Exception {
    int port = freePort();
    write(
        "proxies.json",
        "[{\"name\": \"web\", \"listen\": \"127.0.0.1:0\", \"upstream\": \"127.0.0.1:1\"}]");
    Running running =
        start("network", "toxiproxy", "127.0.0.1:" + port, "--config", "proxies.json")
            .untilItSays("1 proxy of proxies.json");
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer =
          client
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/proxies"))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(JsonReader.read(answer).asObject().members()).containsOnlyKeys("web");
    }
    running.signal("INT").ended().with(130).printing("listening on 127.0.0.1:" + port);
  }

  @Test
  void aFileOfProxiesThatIsWrongIsShownAtItsPlace() {
    write("proxies.json", "[\n  {\"name\": \"web\"}\n]");
    assay("network", "toxiproxy", "127.0.0.1:0", "--config", "proxies.json")
        .with(3)
        .saying("ASSAY-NETWORK-060", "proxies.json:2:3", "upstream")
        .noStackTrace();
    assay("network", "toxiproxy", "127.0.0.1:0", "--config", "none.json")
        .with(3)
        .saying("ASSAY-NETWORK-020", "none.json")
        .noStackTrace();
  }

  @Test
  void theProxyOfACompanyIsALinkOfAWorkspaceAndItsPasswordIsNowhere() {
    write("password", "s3cret-of-kim\n");
    workspace(
        """
        workspace: office
        links:
          office:
            protocol: http
            through: ethernet
            http: { user: kim, password: "${secret.proxy}", block: [":25"] }
        checks:
          client:
            suite:
              command: sh client.sh ${port.office} ${port.app} ${secret.proxy}
              reports: ["reports/client.xml"]
        """
            + GREETER.replace(
                "\"http://127.0.0.1:${port.app}\"",
                "\"http://127.0.0.1:${port.app}\", secrets: { proxy: { file: password } }"));
    write(
        "client.sh",
        """
        mkdir -p reports
        echo '<testsuite name="c" tests="1"><testcase classname="c" name="w" time="0.1"/></testsuite>' \\
          > reports/client.xml
        code() { curl -s -o /dev/null -w '%{http_code} ' "$@"; }
        code --noproxy '' -x "http://127.0.0.1:$1" "http://127.0.0.1:$2/" > codes
        code --noproxy '' -x "http://kim:$3@127.0.0.1:$1" "http://127.0.0.1:$2/" >> codes
        code --noproxy '' -x "http://kim:$3@127.0.0.1:$1" "http://127.0.0.1:25/" >> codes
        """);
    assumeTrue(curl(), "curl is not here");
    assay("run").with(0);
    assertThat(read("codes").strip()).isEqualTo("407 200 403");
    for (Path file : filesBelow(file(".assay"))) {
      assertThat(content(file)).as("%s", file).doesNotContain("s3cret-of-kim");
    }
  }

  private static boolean curl() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl")));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private void needsLinksOnPackets() {
    Ended tried = assay("network", "exec", "--quiet", "--", "true");
    assumeTrue(tried.code() == 0, tried::err);
  }

  private static List<String> namespaces() {
    try (Stream<Path> all = Files.list(NAMESPACES)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("assay-"))
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  private static boolean gone(String namespace) {
    return !namespaces().contains(namespace);
  }

  /** The namespace of a command that runs, once it does. */
  private String namespace(Running running) {
    running.untilItSays("server ");
    String[] found = new String[1];
    Wait.until(
        () -> {
          processes().keySet().stream()
              .flatMap(pid ->
                  namespaces().stream().filter(name -> name.startsWith("assay-" + pid + "-")))
              .findFirst()
              .ifPresent(name -> found[0] = name);
          return found[0] != null && sleeping();
        },
        running::err);
    return found[0];
  }

  private boolean sleeping() {
    return processes().values().stream().anyMatch(command -> command.startsWith("sleep 1000"));
  }

  @Test
  void aCommandReachesThisMachineOverTheLinkOnly() throws Exception {
    needsLinksOnPackets();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("0.0.0.0"))) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              socket
                  .getOutputStream()
                  .write(
                      "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nhi\n"
                          .getBytes(StandardCharsets.US_ASCII));
              socket.getInputStream().read();
            } catch (IOException ended) {
              // the client tells
            }
          });
      write(
          "client.sh",
          "curl -s --noproxy '*' -w '%{time_connect}' \"http://$ASSAY_SERVER:$1/\"; exit 7\n");
      assumeTrue(curl(), "curl is not here");
      Ended ended =
          assay(
                  "network",
                  "exec",
                  "--rtt",
                  "200ms",
                  "--",
                  "sh",
                  "client.sh",
                  Integer.toString(server.getLocalPort()))
              .with(7);
      ended.saying("server 198.1", "packets up");
      String[] printed = ended.out().strip().split("\n");
      assertThat(printed[0]).isEqualTo("hi");
      assertThat(Double.parseDouble(printed[1])).isGreaterThanOrEqualTo(0.2);
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsTheCommandAndLeavesNothing(String signal, int code) {
    needsLinksOnPackets();
    Running running = start("network", "exec", "--profile", "3g", "--", "sleep", "1000");
    String namespace = namespace(running);
    running.signal(signal).ended().with(code);
    assertThat(gone(namespace)).isTrue();
    assertThat(processes()).isEmpty();
  }

  @Test
  void afterAKillItsWatchdogUndoesIt() {
    environment("TMPDIR", folder().toString());
    needsLinksOnPackets();
    Running running = start("network", "exec", "--profile", "3g", "--", "sleep", "1000");
    String namespace = namespace(running);
    running.signal("KILL").ended().with(137);
    Wait.until(() -> gone(namespace) && processes().isEmpty(), () -> processes().toString());
    Matcher folder = Pattern.compile("assay mend (\\S+)").matcher(running.err());
    assertThat(folder.find()).isTrue();
    assay("mend", folder.group(1)).with(0).printing("nothing to mend");
  }

  @Test
  void afterAKillOfItAndItsWatchdogMendUndoesIt() throws Exception {
    needsLinksOnPackets();
    workspace("workspace: shop\n");
    Running running = start("network", "exec", "--profile", "3g", "--", "sleep", "1000");
    String namespace = namespace(running);
    assertThat(running.err()).doesNotContain("assay mend");
    List<Long> all =
        processes().entrySet().stream()
            .filter(each -> each.getValue().contains("java"))
            .map(each -> each.getKey())
            .toList();
    assertThat(all).as("Assay and its watchdog").hasSizeGreaterThanOrEqualTo(2);
    // both at once, so that neither sees the other gone
    Process kill =
        new ProcessBuilder(
                Stream.concat(Stream.of("kill", "-9"), all.stream().map(String::valueOf)).toList())
            .start();
    kill.waitFor();
    running.ended().with(137);
    assertThat(gone(namespace)).isFalse();
    assertThat(sleeping()).isTrue();

    assay("mend").with(0).printing("removed the network namespace " + namespace);

    assertThat(gone(namespace)).isTrue();
    assertThat(processes()).isEmpty();
    assay("mend").with(0).printing("nothing to mend");
  }

  @Test
  void aProgramThatIsNotThereIsAProblemAndNothingIsMade() {
    assay("network", "exec", "--", "no-such-program", "--json")
        .with(3)
        .saying("ASSAY-CLI-001", "no-such-program")
        .noStackTrace();
  }
}
