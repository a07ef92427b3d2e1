package dev.assay.server.page;

import dev.assay.server.StatusProblem;
import dev.assay.server.api.ProblemBody;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers what no page and no route of the interface answered: says what is wrong and how to mend
 * it, to people as a page, to programs as a problem (RFC 9457).
 */
@RestController
public class ErrorPages implements ErrorController {

  /** What a refusal says where a form came without its token. */
  public static final String OLD_FORM = "old form";

  private final Template template;

  /** Made by Spring. */
  ErrorPages(Template template) {
    this.template = template;
  }

  /** What is wrong, and how to mend it. */
  private record Words(String title, String what, String mend) {}

  @RequestMapping("/error")
  ResponseEntity<String> error(
      HttpServletRequest request, @Nullable Authentication who, @Nullable CsrfToken token) {
    int status = status(request);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    if (path instanceof String asked && asked.startsWith("/api/")) {
      Words words = words(status);
      return new ProblemBody(
              status, StatusProblem.of(status).code(), words.title(), words.what(), words.mend())
          .response();
    }
    Words words =
        status == HttpStatus.FORBIDDEN.value()
            ? denied(request.getAttribute(RequestDispatcher.ERROR_MESSAGE))
            : words(status);
    String sent = token == null ? "" : token.getToken();
    Frame frame = new Frame(words.title(), who == null ? null : who.getName(), sent, null);
    return template.page(
        status, "missing", new PageProblems.Missing(frame, words.what(), words.mend()));
  }

  private static int status(HttpServletRequest request) {
    // who asks for this address itself finds nothing
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
        ? code
        : HttpStatus.NOT_FOUND.value();
  }

  private static Words words(int status) {
    StatusProblem problem = StatusProblem.of(status);
    return new Words(problem.title(), problem.what(), problem.mend());
  }

  private static Words denied(@Nullable Object message) {
    return OLD_FORM.equals(message)
        ? new Words(
            "The form is too old",
            "It was opened before your last log-in, or in a browser that keeps no cookies."
                + " Nothing was changed.",
            "Go back, load the page again, and send the form once more.")
        : new Words(
            "Not for you, or not there",
            "There is nothing at this address that you may use.",
            "Look whether the address is whole; for a role, ask an admin of the project.");
  }
}
