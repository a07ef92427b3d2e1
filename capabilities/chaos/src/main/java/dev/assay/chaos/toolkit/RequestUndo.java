package dev.assay.chaos.toolkit;

import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.UndoAction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Undoes by a request what an experiment changed in another program, such as a toxic. A program
 * that does not run any more has forgotten it; where it runs on another machine, that cannot be
 * known and the entry stays.
 */
public final class RequestUndo implements UndoAction {

  /** Its kind in the undo journal. */
  public static final String KIND = "toolkit-request";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Does no work. */
  public RequestUndo() {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details)
      throws IOException, InterruptedException {
    String what = details.getOrDefault("what", "a request");
    URI url = URI.create(Urls.quoted(details.getOrDefault("url", "")));
    String body = details.get("body");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .method(
                details.getOrDefault("method", "GET"),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
      if (gone(answer.statusCode())) {
        return Optional.empty();
      }
      if (answer.statusCode() >= 400) {
        throw new IOException(url.getAuthority() + " answered " + answer.statusCode());
      }
      return Optional.of("restored: " + what);
    } catch (ConnectException nobody) {
      if (local(url)) {
        return Optional.empty();
      }
      throw nobody;
    }
  }

  /** Whether an answer means that there is nothing left to undo. */
  static boolean gone(int status) {
    return status == 404 || status == 409;
  }

  private static boolean local(URI url) {
    String host = url.getHost();
    return host != null
        && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
  }

  /** Never asked to stop: restoring is finished, whatever was interrupted. */
  static Cancellation never() {
    return new Cancellation() {
      @Override
      public boolean requested() {
        return false;
      }

      @Override
      public Registration onRequest(Runnable action) {
        return () -> {};
      }
    };
  }
}
