package dev.assay.server.observe.api;

import dev.assay.api.json.JsonException;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.server.api.ProblemBody;
import java.time.DateTimeException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/** Says what a program did wrong. */
@RestControllerAdvice(basePackageClasses = ObserveApi.class)
class ObserveApiProblems {

  @ExceptionHandler
  ResponseEntity<String> problem(ProblemException refused) {
    boolean own = refused.problems().getFirst().kind() == ProblemKind.ENVIRONMENT;
    return ProblemBody.of(own ? 503 : 422, refused.problems().getFirst()).response();
  }

  @ExceptionHandler({JsonException.class, DateTimeException.class, IllegalArgumentException.class})
  ResponseEntity<String> unreadable(RuntimeException wrong) {
    return new ProblemBody(
            400,
            "ASSAY-SERVER-040",
            "The request cannot be read",
            String.valueOf(wrong.getMessage()),
            "send JSON as the documentation says")
        .response();
  }

  @ExceptionHandler
  ResponseEntity<String> missing(ResponseStatusException missing) {
    return new ProblemBody(
            missing.getStatusCode().value(),
            "ASSAY-SERVER-005",
            "There is no such thing",
            String.valueOf(missing.getReason()),
            "look for it in the lists")
        .response();
  }
}
