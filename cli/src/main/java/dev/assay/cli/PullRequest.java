package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The comments of a pull request, by GitHub's REST API, version 2022-11-28. Its one comment of
 * Assay is known by a mark that nobody sees. Close it.
 */
final class PullRequest implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 30;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String repository;
  private final long number;
  private final String token;

  /**
   * Asks nothing yet.
   *
   * @param api where GitHub's API is, such as https://api.github.com
   * @param repository owner and name
   */
  PullRequest(URI api, String repository, long number, String token) {
    this.repository = api.toString().replaceAll("/+$", "") + "/repos/" + repository;
    this.number = number;
    this.token = token;
  }

  /**
   * Where the API is: what is given, else GITHUB_API_URL, else GitHub's own.
   *
   * @throws dev.assay.api.problem.ProblemException where that is no address of HTTP
   */
  static URI api(@Nullable String given, Map<String, String> environment) {
    String address =
        given == null
            ? environment.getOrDefault("GITHUB_API_URL", "https://api.github.com")
            : given;
    try {
      URI read = new URI(address);
      if (read.getHost() != null && String.valueOf(read.getScheme()).matches("https?")) {
        return read;
      }
    } catch (URISyntaxException wrong) {
      // said below
    }
    throw CliProblems.USAGE.failure(
        Where.named(given == null ? "GITHUB_API_URL" : "--api"),
        "'" + address + "' is no address of an API",
        "write it like https://github.example/api/v3");
  }

  /** What became of a comment: where it is, and whether there was one before. */
  record Written(String url, boolean updated) {}

  /** Writes the comment with a mark, or changes it where it is there. */
  Written write(String mark, String text) throws IOException, InterruptedException {
    String body = JsonWriter.canonical(Json.object().put("body", mark + "\n" + text).build());
    String there = find(mark);
    if (there != null) {
      HttpResponse<String> changed =
          send(request(there).method("PATCH", BodyPublishers.ofString(body)));
      // somebody else's comment has the mark, or it is gone by now
      if (changed.statusCode() != 403 && changed.statusCode() != 404) {
        return new Written(url(accepted(changed)), true);
      }
    }
    HttpResponse<String> made =
        send(
            request(repository + "/issues/" + number + "/comments")
                .POST(BodyPublishers.ofString(body)));
    return new Written(url(accepted(made)), false);
  }

  private @Nullable String find(String mark) throws IOException, InterruptedException {
    for (int page = 1; page <= MOST_PAGES; page++) {
      String address =
          repository + "/issues/" + number + "/comments?per_page=" + PAGE + "&page=" + page;
      Json comments = accepted(send(request(address).GET()));
      for (Json each : comments.asArray()) {
        String text = each.asObject().findText("body");
        if (text != null && text.startsWith(mark)) {
          return repository + "/issues/comments/" + each.asObject().whole("id");
        }
      }
      if (comments.asArray().size() < PAGE) {
        return null;
      }
    }
    return null;
  }

  private static String url(Json comment) {
    String url = comment.asObject().findText("html_url");
    return url == null ? "" : url;
  }

  private HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(address))
        .timeout(PATIENCE)
        .header("Accept", "application/vnd.github+json")
        .header("X-GitHub-Api-Version", "2022-11-28")
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private Json accepted(HttpResponse<String> answer) {
    try {
      if (answer.statusCode() / 100 == 2) {
        return JsonReader.read(answer.body());
      }
      Json.Obj refusal = JsonReader.read(answer.body()).asObject();
      throw refused(answer, String.valueOf(refusal.findText("message")));
    } catch (JsonException none) {
      throw refused(answer, "something that is no JSON");
    }
  }

  private RuntimeException refused(HttpResponse<String> answer, String why) {
    return CliProblems.PULL_REQUEST.failure(
        Where.named(answer.uri().toString()),
        "GitHub answers " + answer.statusCode() + ": " + why,
        switch (answer.statusCode()) {
          case 401 -> "give a token that is good in GITHUB_TOKEN";
          case 403, 404 ->
              "let the token write to pull requests (permissions: pull-requests: write), and look"
                  + " at the repository's name";
          default -> "try again later";
        });
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
