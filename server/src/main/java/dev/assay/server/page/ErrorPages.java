package dev.assay.server.page;

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
    Words words = words(status, request.getAttribute(RequestDispatcher.ERROR_MESSAGE));
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    if (path instanceof String asked && asked.startsWith("/api/")) {
      return new ProblemBody(status, "ASSAY-SERVER-075", words.title(), words.what(), words.mend())
          .response();
    }
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

  private static Words words(int status, @Nullable Object message) {
    return switch (status) {
      case 400 ->
          new Words(
              "That was not understood",
              "A value is missing in what was sent, or is of another kind than is taken here.",
              "Go back and look at what you typed; programs look into /api/v1/openapi.json.");
      case 403 ->
          OLD_FORM.equals(message)
              ? new Words(
                  "The form is too old",
                  "It was opened before your last log-in, or in a browser that keeps no cookies."
                      + " Nothing was changed.",
                  "Go back, load the page again, and send the form once more.")
              : new Words(
                  "Not for you, or not there",
                  "There is nothing at this address that you may use.",
                  "Look whether the address is whole; for a role, ask an admin of the project.");
      case 404 ->
          new Words(
              "Not there",
              "There is nothing at this address.",
              "Look whether the address is whole; what was there may have been taken away.");
      case 405 ->
          new Words(
              "Not in this way",
              "There is something at this address, but it does not take this kind of request.",
              "Begin at the page that leads there; programs look into /api/v1/openapi.json.");
      case 406, 415 ->
          new Words(
              "Not in this form",
              "What was sent or asked for has a media type that is not known here.",
              "Send and ask for application/json; reports may have any type.");
      case 413 ->
          new Words(
              "Too much at once",
              "A form takes 64 kB at the most, and what was sent is more.",
              "Send less; for reports and runs there is the interface below /api/v1.");
      case 429 ->
          new Words(
              "Too often",
              "More was asked than is answered in so short a time.",
              "Wait a moment, then ask again.");
      case 503 ->
          new Words(
              "Not now",
              "The server cannot answer at the moment. What was acknowledged is not lost.",
              "Ask again in a moment; whoever runs the server looks at /ready and its log.");
      default ->
          status < 500
              ? new Words(
                  "That does not work",
                  "The request was refused (HTTP " + status + ").",
                  "Go back and try it from the page that leads there.")
              : new Words(
                  "Something broke here",
                  "It is a defect of the server, not yours, and it is in its log with the time.",
                  "Ask again; if it stays so, tell whoever runs the server what you did and when.");
    };
  }
}
