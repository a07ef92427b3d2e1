package dev.assay.observe.notify;

import dev.assay.api.value.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts to any address, for somebody who wrote the addresses themselves. Thread-safe. */
public final class HttpPost implements Post {

  private static final int LARGEST_ANSWER = 4 << 10;

  private final HttpClient http;

  /**
   * By a client.
   *
   * @param http that does not follow redirects
   */
  public HttpPost(HttpClient http) {
    this.http = http;
  }

  @Override
  public Answer send(URI place, Map<String, String> headers, String body, Duration patience)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place).timeout(patience).POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream in = answer.body()) {
      return new Answer(
          answer.statusCode(),
          new String(in.readNBytes(LARGEST_ANSWER), StandardCharsets.UTF_8),
          RetryAfter.of(said(answer, "Retry-After"), said(answer, "Date")).orElse(Duration.ZERO));
    }
  }

  private static @Nullable String said(HttpResponse<?> answer, String header) {
    return answer.headers().firstValue(header).orElse(null);
  }

  @Override
  public void mayReach(String host) {
    // anywhere
  }
}
