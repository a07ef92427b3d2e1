package dev.assay.server.page;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemKind;
import dev.assay.server.Refusal;
import dev.assay.server.StatusProblem;
import dev.assay.server.Trouble;
import dev.assay.server.quota.QuotaReached;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/** Says what is not there, and what cannot be done. */
@RestControllerAdvice(basePackageClasses = RunPages.class)
public class PageProblems {

  private static final Logger LOG = LoggerFactory.getLogger(PageProblems.class);

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
   * @param mend how to mend it; empty where that is said already
   */
  public record Missing(Frame frame, String lead, String mend) {}

  /** What a page refuses, by its status. */
  @ExceptionHandler
  ResponseEntity<String> refused(
      ResponseStatusException refused, @Nullable Authentication who, CsrfToken token) {
    int status = refused.getStatusCode().value();
    StatusProblem problem = StatusProblem.of(status);
    String reason = refused.getReason();
    boolean full = refused instanceof QuotaReached;
    return template.page(
        status,
        "missing",
        new Missing(
            frames.plain(full ? QuotaReached.TITLE : problem.title(), who, token),
            reason == null ? problem.what() : "Sorry, " + reason + ".",
            switch (refused) {
              case Refusal own -> sentence(own.mend());
              case QuotaReached reached -> sentence(reached.mend());
              default -> problem.mend();
            }));
  }

  private static String sentence(String mend) {
    String begun = mend.substring(0, 1).toUpperCase(Locale.ROOT) + mend.substring(1);
    return begun.endsWith(".") ? begun : begun + ".";
  }

  /**
   * What is wrong around the server, such as a database that is away: it is not the asker's fault.
   */
  @ExceptionHandler
  ResponseEntity<String> trouble(
      RuntimeException failure, @Nullable Authentication who, CsrfToken token) {
    Problem problem = Trouble.of(failure);
    if (problem == null || problem.type().kind() != ProblemKind.ENVIRONMENT) {
      throw failure;
    }
    LOG.warn("a page cannot be made: {}", problem);
    return page(503, problem.type().title(), lead(problem), who, token);
  }

  /** What is wrong around the server, and how to mend it. */
  public static String lead(Problem problem) {
    return problem.where().text()
        + ": "
        + problem.what()
        + ". To mend it: "
        + problem.mend()
        + ". Nothing that was acknowledged is lost; ask again in a moment.";
  }

  /** A page that only says what is wrong. */
  protected ResponseEntity<String> page(
      int status, String title, String lead, @Nullable Authentication who, CsrfToken token) {
    return template.page(status, "missing", new Missing(frames.plain(title, who, token), lead, ""));
  }
}
