package dev.assay.server;

import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.project.ProjectList;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts a server that keeps nothing, sends it a run and looks at its pages as a member, so that
 * all of that can be learned.
 */
final class Rehearsal {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final String NAME = "rehearsal";
  private static final String RUN =
      """
      {"at":"2026-01-01T00:00:00Z","checks":[{"digest":"d","id":"unit","stage":0,"type":"suite"}],\
      "digest":"d","entry":"run-opened/1","seed":1,"subject":{"branch":"main","commit":"c",\
      "dirty":false,"environment":"local"},"version":"rehearsal","workspace":"rehearsal"}
      {"at":"2026-01-01T00:00:00Z","check":"unit","entry":"check-opened/1"}
      {"entry":"recorded/1","fact":{"at":"2026-01-01T00:00:01Z","attempts":[{"message":"wrong",\
      "result":"FAILED","took":1000000}],"check":"unit","evidence":"outcome/1","labels":{},\
      "name":"case","suite":"Suite"}}
      {"at":"2026-01-01T00:00:02Z","check":"unit","ending":"COMPLETED",\
      "entry":"check-closed/1","saved":{}}
      {"at":"2026-01-01T00:00:03Z","decision":"FAIL","ending":"COMPLETED","entry":"run-closed/1"}
      """;

  private final String server;
  private final HttpClient client;
  private final List<Integer> answered;

  private Rehearsal(String server, HttpClient client, List<Integer> answered) {
    this.server = server;
    this.client = client;
    this.answered = answered;
  }

  /** Plays; what was answered to each request, as statuses of HTTP. */
  static List<Integer> play() {
    List<Integer> answered = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("assay-rehearsal");
      ServerOptions options =
          new ServerOptions(folder, InetAddress.getLoopbackAddress(), 0, null, null);
      try (RunningServer server = RunningServer.start(options);
          HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
        String password = String.valueOf(server.setUpLink());
        server.bean(Members.class).add(NAME, password, true);
        String _ = String.valueOf(server.bean(ProjectList.class).make(NAME, NAME));
        String key =
            server.bean(ProjectKeys.class).make(NAME, NAME, Scope.WORKING, Duration.ofDays(1));
        new Rehearsal(server.local(), client, answered).play(password, key);
      } finally {
        delete(folder);
      }
    } catch (IOException unlucky) {
      // Then the next start is as slow as this one.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return answered;
  }

  private void play(String password, String key) throws IOException, InterruptedException {
    String runs = "/api/v1/projects/" + NAME + "/runs";
    String _ =
        ask(
            to(runs + "/r1/entries?from=0")
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(RUN)));
    String _ = ask(to(runs).header("Authorization", "Bearer " + key));
    Matcher token = TOKEN.matcher(ask(to("/login")));
    if (token.find()) {
      String form =
          "username="
              + NAME
              + "&password="
              + URLEncoder.encode(password, StandardCharsets.UTF_8)
              + "&_csrf="
              + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
      String _ =
          ask(
              to("/login")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form)));
    }
    String project = "/projects/" + NAME;
    for (String page :
        List.of(
            "/health",
            "/assets/assay.css",
            "/",
            project,
            project + "/runs/r1",
            project + "/checks")) {
      String _ = ask(to(page));
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(60));
  }

  private String ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    answered.add(answer.statusCode());
    return answer.body();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
