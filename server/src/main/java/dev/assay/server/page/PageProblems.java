package dev.assay.server.page;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/** Says what is not there. */
@RestControllerAdvice(basePackageClasses = RunPages.class)
public class PageProblems {

  private final Template template;
  private final Frames frames;

  /** Made by Spring. */
  protected PageProblems(Template template, Frames frames) {
    this.template = template;
    this.frames = frames;
  }

  /**
   * A page that is none. Immutable.
   *
   * @param frame around it
   * @param lead what is wrong
   */
  public record Missing(Frame frame, String lead) {}

  @ExceptionHandler
  ResponseEntity<String> missing(
      ResponseStatusException missing, @Nullable Authentication who, CsrfToken token) {
    String reason = missing.getReason();
    return page(
        missing.getStatusCode().value(),
        "Not there",
        reason == null ? "There is nothing at this address." : "Sorry, " + reason + ".",
        who,
        token);
  }

  /** A page that only says what is wrong. */
  protected ResponseEntity<String> page(
      int status, String title, String lead, @Nullable Authentication who, CsrfToken token) {
    return template.page(status, "missing", new Missing(frames.plain(title, who, token), lead));
  }
}
