package dev.assay.server.hook;

import dev.assay.core.report.telemetry.TelemetryForm;
import dev.assay.core.report.telemetry.TelemetryForm.Part;
import dev.assay.server.hook.Outbox.Letter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts letters in the form that their webhook wants. Thread-safe. */
final class HookPost {

  private final PinnedPost post;
  private final TelemetryLetters telemetry;
  private final Duration patience;

  /**
   * A way to post.
   *
   * @param patience for each request
   */
  HookPost(PinnedPost post, TelemetryLetters telemetry, Duration patience) {
    this.post = post;
    this.telemetry = telemetry;
    this.patience = patience;
  }

  /**
   * Posts one.
   *
   * @param source of its project, where people look at runs
   * @return what was answered in the end, or to the first that was not taken; null where there is
   *     nothing to tell any more
   * @throws IOException if nobody answers in time
   */
  PinnedPost.@Nullable Answer post(Letter letter, String source, Instant now) throws IOException {
    TelemetryForm form = letter.form().telemetry();
    if (form == null) {
      return post.send(URI.create(letter.url()), signed(letter, now), letter.body(), patience);
    }
    PinnedPost.Answer answer = null;
    for (Part part : telemetry.parts(letter, form, source)) {
      URI place = URI.create(letter.url().replaceAll("/+$", "") + part.path());
      answer = post.send(place, headers(letter, "application/json"), part.body(), patience);
      if (answer.status() / 100 != 2) {
        return answer;
      }
    }
    return answer;
  }

  private static Map<String, String> headers(Letter letter, String type) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put("User-Agent", "Assay");
    HookHeader own = letter.header();
    if (own != null) {
      headers.put(own.name(), own.value());
    }
    return headers;
  }

  private static Map<String, String> signed(Letter letter, Instant now) {
    String id = letter.delivery().event();
    long second = now.getEpochSecond();
    Map<String, String> headers = headers(letter, "application/cloudevents+json");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", String.valueOf(second));
    headers.put(
        "webhook-signature", Signing.signatures(letter.secrets(), id, second, letter.body()));
    return headers;
  }
}
