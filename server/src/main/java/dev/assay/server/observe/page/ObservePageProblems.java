package dev.assay.server.observe.page;

import dev.assay.api.problem.ProblemException;
import dev.assay.server.page.Frames;
import dev.assay.server.page.PageProblems.Missing;
import dev.assay.server.page.Template;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/** Says what is not there, and what cannot be done. */
@RestControllerAdvice(basePackageClasses = AlertPages.class)
class ObservePageProblems {

  private final Template template;
  private final Frames frames;

  ObservePageProblems(Template template, Frames frames) {
    this.template = template;
    this.frames = frames;
  }

  @ExceptionHandler
  ResponseEntity<String> missing(
      ResponseStatusException missing, @Nullable Authentication who, CsrfToken token) {
    String reason = missing.getReason();
    return template.page(
        missing.getStatusCode().value(),
        "missing",
        new Missing(
            frames.plain("Not there", who, token),
            reason == null ? "There is nothing at this address." : "Sorry, " + reason + "."));
  }

  @ExceptionHandler
  ResponseEntity<String> refused(
      ProblemException refused, @Nullable Authentication who, CsrfToken token) {
    var problem = refused.problems().getFirst();
    return template.page(
        422,
        "missing",
        new Missing(
            frames.plain("That cannot be done", who, token),
            problem.where().text()
                + ": "
                + problem.what()
                + ". To mend it: "
                + problem.mend()
                + "."));
  }
}
