package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The grade of Mozilla's HTTP Observatory, by the rules it publishes (MDN, "Tests and scoring"),
 * for what the server answers to those who come by HTTPS through a proxy. That HTTP is sent on to
 * HTTPS is the proxy's part, and is taken for done.
 */
@Timeout(180)
class ObservatoryTest {

  private static final int HALF_A_YEAR = 15_768_000;

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

  private static Map<String, Integer> scores(HttpResponse<String> page) {
    HttpHeaders headers = page.headers();
    Map<String, Integer> scores = new LinkedHashMap<>();
    scores.put("content security policy", policy(headers));
    scores.put("cookies", cookies(headers));
    scores.put(
        "cross-origin sharing", headers.map().containsKey("access-control-allow-origin") ? -50 : 0);
    scores.put("transport security", transport(headers));
    scores.put("referrer policy", referrer(headers));
    scores.put("subresources", subresources(page.body()));
    scores.put(
        "content type options",
        headers.firstValue("X-Content-Type-Options").filter("nosniff"::equals).isPresent()
            ? 0
            : -5);
    scores.put("frame options", frames(headers));
    scores.put(
        "cross-origin resources",
        headers
                .firstValue("Cross-Origin-Resource-Policy")
                .filter(value -> value.matches("same-(origin|site)"))
                .isPresent()
            ? 10
            : 0);
    return scores;
  }

  private static int score(Map<String, Integer> scores) {
    int penalised =
        100 + scores.values().stream().filter(each -> each < 0).mapToInt(each -> each).sum();
    return penalised < 90
        ? penalised
        : penalised
            + scores.values().stream().filter(each -> each > 0).mapToInt(each -> each).sum();
  }

  private static Map<String, List<String>> directives(HttpHeaders headers) {
    Map<String, List<String>> directives = new TreeMap<>();
    for (String part : headers.firstValue("Content-Security-Policy").orElse("").split(";")) {
      List<String> words = List.of(part.strip().split(" +"));
      directives.putIfAbsent(
          words.getFirst().toLowerCase(Locale.ROOT), words.subList(1, words.size()));
    }
    return directives;
  }

  private static int policy(HttpHeaders headers) {
    if (headers.firstValue("Content-Security-Policy").isEmpty()) {
      return -25;
    }
    Map<String, List<String>> directives = directives(headers);
    List<String> fallback = directives.getOrDefault("default-src", List.of("*"));
    for (String kind : List.of("script-src", "object-src")) {
      List<String> sources = directives.getOrDefault(kind, fallback);
      if (sources.stream().anyMatch(each -> each.matches("'unsafe-inline'|data:|https?:|\\*"))) {
        return -20;
      }
    }
    if (directives.values().stream().flatMap(List::stream).anyMatch("'unsafe-eval'"::equals)) {
      return -10;
    }
    List<String> styles = directives.getOrDefault("style-src", fallback);
    if (styles.stream().anyMatch(each -> each.matches("'unsafe-inline'|data:|https?:|\\*"))) {
      return 0;
    }
    return fallback.equals(List.of("'none'")) ? 10 : 5;
  }

  private static int cookies(HttpHeaders headers) {
    int score = 5;
    for (String cookie : headers.allValues("Set-Cookie")) {
      List<String> flags =
          Arrays.stream(cookie.split(";"))
              .map(each -> each.strip().toLowerCase(Locale.ROOT))
              .toList();
      score = Math.min(score, flags.contains("secure") ? 5 : -40);
      score = Math.min(score, flags.contains("httponly") ? 5 : -30);
      score =
          Math.min(
              score, flags.contains("samesite=lax") || flags.contains("samesite=strict") ? 5 : 0);
    }
    return headers.allValues("Set-Cookie").isEmpty() ? 0 : score;
  }

  private static int transport(HttpHeaders headers) {
    Matcher age =
        Pattern.compile("max-age=(\\d+)")
            .matcher(headers.firstValue("Strict-Transport-Security").orElse(""));
    return !age.find() ? -20 : Integer.parseInt(age.group(1)) < HALF_A_YEAR ? -10 : 0;
  }

  private static int referrer(HttpHeaders headers) {
    String policy = headers.firstValue("Referrer-Policy").orElse("");
    return List.of("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
            .contains(policy)
        ? 5
        : policy.isEmpty() ? 0 : -5;
  }

  private static int subresources(String page) {
    String scripts =
        Pattern.compile("<script[^>]*src=\"([^\"]+)\"")
            .matcher(page)
            .results()
            .map(each -> each.group(1))
            .collect(Collectors.joining(" "));
    return scripts.contains("//") ? -50 : 0;
  }

  private static int frames(HttpHeaders headers) {
    if (directives(headers).containsKey("frame-ancestors")) {
      return 5;
    }
    return headers.firstValue("X-Frame-Options").orElse("").matches("(?i)deny|sameorigin")
        ? 0
        : -20;
  }

  @Test
  void pagesAreOfGradeAAtLeast() {
    try (Visitor visitor = it.visitor()) {
      HttpResponse<String> door = visitor.getThroughHttps("/login");
      assertThat(door.headers().allValues("Set-Cookie")).as("the session's cookie").isNotEmpty();
      assertThat(score(scores(door))).as(scores(door).toString()).isGreaterThanOrEqualTo(100);
    }
    for (String path : List.of("/", "/projects/shop", "/members", "/audit", "/no/such/page")) {
      HttpResponse<String> page = it.owner.getThroughHttps(path);
      assertThat(score(scores(page))).as(path + " " + scores(page)).isGreaterThanOrEqualTo(90);
    }
  }

  @Test
  void theRulesSeeWhatIsMissing() {
    HttpHeaders bare =
        HttpHeaders.of(Map.of("Set-Cookie", List.of("assay=1; Path=/")), (_, _) -> true);

    assertThat(policy(bare)).isEqualTo(-25);
    assertThat(cookies(bare)).isEqualTo(-40);
    assertThat(transport(bare)).isEqualTo(-20);
    assertThat(frames(bare)).isEqualTo(-20);
  }

  @Test
  void withoutHttpsNothingIsPromisedForIt() {
    assertThat(it.owner.get("/login").headers().firstValue("Strict-Transport-Security")).isEmpty();
  }
}
