package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One comment on a pull request, which the next run changes; GitHub's part is played here. */
class PullRequestTest {

  private static final String MARK = "<!-- assay: shop -->";

  private final Map<Long, String> comments = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private long foreign = -1;
  private HttpServer github;

  @BeforeEach
  void start() throws IOException {
    github = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    github.createContext("/repos/kim/shop/issues/", this::answer);
    github.start();
  }

  @AfterEach
  void stop() {
    github.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    asked.add(exchange.getRequestMethod() + " " + path.replace("/repos/kim/shop/issues/", ""));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!"Bearer a-token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      say(exchange, 401, Json.object().put("message", "Bad credentials").build());
    } else if (exchange.getRequestMethod().equals("GET")) {
      int page = Integer.parseInt(path.replaceFirst(".*[?&]page=", ""));
      say(
          exchange,
          200,
          Json.array(
              comments.entrySet().stream()
                  .skip((page - 1) * 100L)
                  .limit(100)
                  .map(each ->
                      Json.object().put("id", each.getKey()).put("body", each.getValue()).build())
                  .toList()));
    } else {
      String text = JsonReader.read(body).asObject().text("body");
      boolean patch = exchange.getRequestMethod().equals("PATCH");
      long id = patch ? Long.parseLong(path.replaceFirst(".*/", "")) : comments.size() + 1;
      if (id == foreign) {
        say(exchange, 403, Json.object().put("message", "Must have admin rights").build());
        return;
      }
      comments.put(id, text);
      say(
          exchange,
          patch ? 200 : 201,
          Json.object().put("id", id).put("html_url", "https://github.example/" + id).build());
    }
  }

  private static void say(HttpExchange exchange, int status, Json body) throws IOException {
    byte[] bytes = JsonWriter.canonical(body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private PullRequest.Written write(String token, String text)
      throws IOException, InterruptedException {
    URI api = URI.create("http://127.0.0.1:" + github.getAddress().getPort() + "/");
    try (PullRequest request = new PullRequest(api, "kim/shop", 7, token)) {
      return request.write(MARK, text);
    }
  }

  @Test
  void theFirstRunWritesACommentAndTheNextOneChangesIt() throws Exception {
    comments.put(1L, "Looks good to me");
    PullRequest.Written first = write("a-token", "## Hold");
    PullRequest.Written second = write("a-token", "## Ship");

    assertThat(first).isEqualTo(new PullRequest.Written("https://github.example/2", false));
    assertThat(second).isEqualTo(new PullRequest.Written("https://github.example/2", true));
    assertThat(comments)
        .containsExactly(Map.entry(1L, "Looks good to me"), Map.entry(2L, MARK + "\n## Ship"));
  }

  @Test
  void itIsFoundBehindManyOthers() throws Exception {
    for (long id = 1; id <= 230; id++) {
      comments.put(id, "a comment");
    }
    comments.put(231L, MARK + "\n## Hold");
    write("a-token", "## Ship");

    assertThat(comments).hasSize(231).containsEntry(231L, MARK + "\n## Ship");
    assertThat(asked)
        .containsExactly(
            "GET 7/comments?per_page=100&page=1",
            "GET 7/comments?per_page=100&page=2",
            "GET 7/comments?per_page=100&page=3",
            "PATCH comments/231");
  }

  @Test
  void whoeverPutsTheMarkIntoAnotherCommentKeepsItAndThereIsOneMore() throws Exception {
    comments.put(1L, MARK + " ha");
    foreign = 1;
    assertThat(write("a-token", "## Ship").updated()).isFalse();

    assertThat(comments).containsEntry(1L, MARK + " ha").containsEntry(2L, MARK + "\n## Ship");
  }

  @Test
  void anAddressThatIsNoneIsSaidToBeAndWhereItStands() {
    assertThat(PullRequest.api(null, Map.of())).hasToString("https://api.github.com");
    assertThat(PullRequest.api(null, Map.of("GITHUB_API_URL", "https://github.example/api/v3")))
        .hasToString("https://github.example/api/v3");
    for (String wrong : List.of("127.0.0.1:8080", "ftp://github.example/", "not an address")) {
      assertThatThrownBy(() -> PullRequest.api(wrong, Map.of()))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("--api")
          .hasMessageContaining("'" + wrong + "' is no address of an API");
    }
    assertThatThrownBy(() -> PullRequest.api(null, Map.of("GITHUB_API_URL", "ht tp")))
        .hasMessageContaining("GITHUB_API_URL");
  }

  @Test
  void aTokenThatIsNotGoodIsSaidToBe() {
    assertThatThrownBy(() -> write("another", "## Ship"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ASSAY-CLI-031")
        .hasMessageContaining("GitHub answers 401: Bad credentials");
  }
}
