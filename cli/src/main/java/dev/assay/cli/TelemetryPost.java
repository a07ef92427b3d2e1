package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.value.RetryAfter;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import dev.assay.core.report.telemetry.TelemetryForm;
import dev.assay.core.report.telemetry.TelemetryForm.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Posts runs to a system that keeps telemetry. What may be tried again is, three times, with pauses
 * that grow, or as long as is asked for (OTLP 1.x, "Failures"). Follows no redirect, which would
 * take keys elsewhere. Close it.
 */
final class TelemetryPost implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);
  private static final int MOST_TRIES = 4;
  private static final int MOST_SHOWN = 300;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(Redirect.NEVER).build();
  private final TelemetryForm form;
  private final URI address;
  private final Map<String, String> headers;
  private final Duration firstPause;

  /**
   * Asks nothing yet.
   *
   * @param address before the paths of the form
   * @param headers sent with each request, such as keys
   * @param firstPause before a request is tried again
   */
  TelemetryPost(TelemetryForm form, URI address, Map<String, String> headers, Duration firstPause) {
    this.form = form;
    this.address = address;
    this.headers = Map.copyOf(headers);
    this.firstPause = firstPause;
  }

  /**
   * Posts a run.
   *
   * @param url where people look at it; null where nobody can
   * @return what was not taken of it, in sentences; empty where all was
   * @throws ProblemException if it is not taken
   */
  List<String> send(RunReport run, @Nullable String url) throws InterruptedException {
    List<String> refused = new ArrayList<>();
    for (Part part : form.parts(run, url)) {
      String body = post(part);
      if (form == TelemetryForm.OTLP) {
        refused.addAll(refused(body));
      }
    }
    return refused;
  }

  private String post(Part part) throws InterruptedException {
    URI place = URI.create(address + part.path());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Assay")
            .POST(BodyPublishers.ofString(part.body()));
    headers.forEach(request::setHeader);
    Duration pause = firstPause;
    for (int tried = 1; ; tried++) {
      String why;
      Duration wait = pause;
      try {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 == 2) {
          return answer.body();
        }
        why = "it answers " + answer.statusCode() + ": " + cut(answer.body());
        if (!AGAIN.contains(answer.statusCode())) {
          throw CliProblems.TELEMETRY.failure(
              Where.named(place.toString()), why, mend(answer.statusCode()));
        }
        wait = asked(answer, pause);
      } catch (IOException away) {
        why = IoReason.of(away);
      }
      if (tried == MOST_TRIES) {
        throw CliProblems.TELEMETRY.failure(
            Where.named(place.toString()),
            why,
            "look whether it listens there, then send it again");
      }
      Thread.sleep(wait);
      pause = pause.multipliedBy(2);
    }
  }

  private static Duration asked(HttpResponse<?> answer, Duration usual) {
    HttpHeaders headers = answer.headers();
    Duration asked =
        RetryAfter.of(
                headers.firstValue("Retry-After").orElse(null),
                headers.firstValue("Date").orElse(null))
            .orElse(usual);
    return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
  }

  private String mend(int status) {
    String keys = form == TelemetryForm.OTLP ? "OTEL_EXPORTER_OTLP_HEADERS" : "DD_API_KEY";
    return switch (status) {
      case 401, 403 -> "give a key that is good in " + keys;
      case 404 -> "correct the address, without /v1/ or /api/ behind it";
      default -> "look at what it says, and at its log";
    };
  }

  /** What OTLP's {@code partialSuccess} says was left out. */
  private static List<String> refused(String body) {
    try {
      Json partial = JsonReader.read(body).asObject().find("partialSuccess");
      if (partial instanceof Json.Obj left) {
        String why = left.findText("errorMessage");
        if (why != null && !why.isBlank()) {
          return List.of(cut(why));
        }
      }
    } catch (JsonException none) {
      // nothing was said
    }
    return List.of();
  }

  private static String cut(String text) {
    return Words.cut(text.strip().replaceAll("\\s+", " "), MOST_SHOWN);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
