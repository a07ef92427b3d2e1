package dev.assay.server.api;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.server.Trouble;
import dev.assay.server.project.GapException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/** Says what a program did wrong. */
@RestControllerAdvice(basePackageClasses = RunsApi.class)
public class ApiProblems {

  /** Made by Spring. */
  protected ApiProblems() {}

  @ExceptionHandler
  ResponseEntity<String> problem(ProblemException refused) {
    Problem problem = refused.problems().getFirst();
    boolean own = problem.type().kind() == ProblemKind.ENVIRONMENT;
    return ProblemBody.of(own ? 503 : 422, problem).response();
  }

  /** What is wrong around the server, such as a full disk. */
  @ExceptionHandler
  ResponseEntity<String> trouble(RuntimeException failure) {
    Problem problem = Trouble.of(failure);
    if (problem == null || problem.type().kind() != ProblemKind.ENVIRONMENT) {
      throw failure;
    }
    return ProblemBody.of(503, problem).response();
  }

  @ExceptionHandler
  ResponseEntity<String> gap(GapException gap) {
    return new ProblemBody(
            409,
            "ASSAY-SERVER-003",
            "Entries of the run are missing",
            "The run has " + gap.there() + " entries here, and those that came begin later.",
            "send from entry " + gap.there())
        .response();
  }

  @ExceptionHandler
  ResponseEntity<String> unreadable(BadEntryException bad) {
    return new ProblemBody(
            400,
            "ASSAY-SERVER-004",
            "What was sent cannot be taken",
            String.valueOf(bad.getMessage()),
            "send it as /api/v1/openapi.json describes it; 'assay run --server' and 'assay push'"
                + " send runs")
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
