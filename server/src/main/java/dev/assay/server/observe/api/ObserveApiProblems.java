package dev.assay.server.observe.api;

import dev.assay.api.json.JsonException;
import dev.assay.server.api.ApiProblems;
import dev.assay.server.api.ProblemBody;
import java.time.DateTimeException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says what a program did wrong, also with what Alertmanager's clients send. */
@RestControllerAdvice(basePackageClasses = ObserveApi.class)
class ObserveApiProblems extends ApiProblems {

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
}
