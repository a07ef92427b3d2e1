package dev.assay.server.observe.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Says what is wrong to Alertmanager's clients as Alertmanager does, in a text of JSON: amtool can
 * read nothing else. Only for those who accept JSON and no problems; all others get a problem.
 */
public final class AlertmanagerRefusals extends OncePerRequestFilter {

  /** Made once for all requests. */
  public AlertmanagerRefusals() {}

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String accepted = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
    return !request.getRequestURI().contains("/alertmanager/api/v2/")
        || !accepted.contains(MediaType.APPLICATION_JSON_VALUE)
        || accepted.contains(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, held);
    int status = held.getStatus();
    String type = String.valueOf(held.getContentType());
    if (status < 400 || !type.startsWith(MediaType.APPLICATION_PROBLEM_JSON_VALUE)) {
      held.copyBodyToResponse();
      return;
    }
    String said = said(new String(held.getContentAsByteArray(), StandardCharsets.UTF_8));
    // Alertmanager has no 422
    boolean wrong = status == HttpStatus.UNPROCESSABLE_CONTENT.value();
    response.setStatus(wrong ? HttpStatus.BAD_REQUEST.value() : status);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    byte[] body = JsonWriter.canonical(Json.of(said)).getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static String said(String problem) {
    try {
      Json.Obj read = JsonReader.read(problem).asObject();
      return read.text("detail") + "; to mend it: " + read.text("mend");
    } catch (JsonException other) {
      return problem;
    }
  }
}
