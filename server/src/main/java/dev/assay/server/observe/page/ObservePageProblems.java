package dev.assay.server.observe.page;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.server.page.Frames;
import dev.assay.server.page.PageProblems;
import dev.assay.server.page.Template;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says what is not there, and what cannot be done. */
@RestControllerAdvice(basePackageClasses = AlertPages.class)
class ObservePageProblems extends PageProblems {

  ObservePageProblems(Template template, Frames frames) {
    super(template, frames);
  }

  @ExceptionHandler
  ResponseEntity<String> refused(
      ProblemException refused, @Nullable Authentication who, CsrfToken token) {
    Problem problem = refused.problems().getFirst();
    return page(
        422,
        "That cannot be done",
        problem.where().text() + ": " + problem.what() + ". To mend it: " + problem.mend() + ".",
        who,
        token);
  }
}
