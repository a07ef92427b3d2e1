package dev.assay.server.api;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.core.report.Words;
import dev.assay.server.Refusal;
import dev.assay.server.StatusProblem;
import dev.assay.server.Trouble;
import dev.assay.server.project.ArchivedException;
import dev.assay.server.project.GapException;
import dev.assay.server.quota.QuotaReached;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
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
            "The run has "
                + Words.many(gap.there(), "entry")
                + " here, and those that came begin later.",
            "send from entry " + gap.there())
        .response();
  }

  @ExceptionHandler
  ResponseEntity<String> archived(ArchivedException archived) {
    return new ProblemBody(
            409,
            "ASSAY-SERVER-085",
            "The project is archived",
            String.valueOf(archived.getMessage()),
            "let an admin bring it back in its settings, or send to another project")
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
  ResponseEntity<String> unreadable(BadBodyException bad) {
    return new ProblemBody(
            bad.status(),
            StatusProblem.TOO_MUCH.code(),
            StatusProblem.TOO_MUCH.title(),
            String.valueOf(bad.getMessage()),
            bad.mend())
        .response();
  }

  /** A body that says that it is packed, and is not, or ends before it should. */
  @ExceptionHandler({ZipException.class, EOFException.class})
  ResponseEntity<String> unreadable(IOException broken) {
    return new ProblemBody(
            400,
            StatusProblem.TOO_MUCH.code(),
            StatusProblem.TOO_MUCH.title(),
            "the body cannot be unpacked: " + broken.getMessage(),
            "pack it again, or send it as it is and without Content-Encoding")
        .response();
  }

  @ExceptionHandler
  ResponseEntity<String> refused(RefusedException refused) {
    return new ProblemBody(
            422,
            StatusProblem.NOT_DONE.code(),
            StatusProblem.NOT_DONE.title(),
            String.valueOf(refused.getMessage()),
            refused.mend())
        .response();
  }

  /** A number that is none, a word that is none of those there are. */
  @ExceptionHandler
  ResponseEntity<String> unreadable(MethodArgumentTypeMismatchException wrong) {
    return new ProblemBody(
            400,
            "ASSAY-SERVER-062",
            "A parameter cannot be read",
            "'" + wrong.getValue() + "' is no value of '" + wrong.getName() + "'",
            wanted(wrong.getRequiredType()))
        .response();
  }

  private static String wanted(@Nullable Class<?> type) {
    Object[] words = type == null ? null : type.getEnumConstants();
    if (words != null) {
      return "use one of: "
          + Arrays.stream(words).map(Object::toString).collect(Collectors.joining(", "));
    }
    return type == boolean.class ? "send true or false there" : "send a whole number there";
  }

  /** A project has all that it may have. */
  @ExceptionHandler
  ResponseEntity<String> reached(QuotaReached reached) {
    ResponseEntity<String> body =
        new ProblemBody(
                reached.getStatusCode().value(),
                QuotaReached.CODE,
                QuotaReached.TITLE,
                "quota '"
                    + reached.quota().label()
                    + "': "
                    + Objects.requireNonNull(reached.getReason()),
                reached.mend())
            .response();
    Long wait = reached.waitSeconds();
    return wait == null
        ? body
        : ResponseEntity.status(body.getStatusCode())
            .headers(body.getHeaders())
            .header(HttpHeaders.RETRY_AFTER, String.valueOf(wait))
            .body(body.getBody());
  }

  /** What a route refuses, by its status. */
  @ExceptionHandler
  ResponseEntity<String> refused(ResponseStatusException refused) {
    int status = refused.getStatusCode().value();
    StatusProblem problem = StatusProblem.of(status);
    String reason = refused.getReason();
    return new ProblemBody(
            status,
            problem.code(),
            problem.title(),
            reason == null ? problem.what() : reason,
            refused instanceof Refusal own ? own.mend() : problem.mend())
        .response();
  }
}
