package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Problem;
import dev.assay.server.StatusProblem;
import dev.assay.server.api.Buckets.Rate;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * What is said to a program that did wrong (RFC 9457). Immutable.
 *
 * @param status of HTTP
 * @param code which problem it is, stable
 * @param title what kind of problem
 * @param detail what is wrong, with the value
 * @param mend how to mend it
 */
public record ProblemBody(int status, String code, String title, String detail, String mend) {

  /** Of a problem that Assay itself knows. */
  public static ProblemBody of(int status, Problem problem) {
    return new ProblemBody(
        status,
        problem.type().code(),
        problem.type().title(),
        problem.where().text() + ": " + problem.what(),
        problem.mend());
  }

  /** Who asks more often than that. */
  static ProblemBody tooOften(String who, Rate rate, String mend) {
    return new ProblemBody(
        429,
        StatusProblem.TOO_OFTEN.code(),
        StatusProblem.TOO_OFTEN.title(),
        "%s may ask %d times at once, and %d times a second."
            .formatted(who, rate.burst(), rate.eachSecond()),
        "wait as Retry-After says, and " + mend);
  }

  private Json.Obj json() {
    return Json.object()
        .put("type", "urn:assay:problem:" + code)
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("code", code)
        .put("mend", mend)
        .build();
  }

  /** As an answer. */
  public ResponseEntity<String> response() {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(JsonWriter.canonical(json()));
  }

  /** Writes it where there is no controller yet. */
  public void write(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(JsonWriter.canonical(json()).getBytes(StandardCharsets.UTF_8));
  }
}
