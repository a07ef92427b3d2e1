package dev.assay.server;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemKind;
import dev.assay.server.api.ProblemBody;
import dev.assay.server.page.Frame;
import dev.assay.server.page.PageProblems;
import dev.assay.server.page.PageProblems.Missing;
import dev.assay.server.page.Template;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says what is wrong around the server where a request failed before any page was asked: who asks
 * could not be looked up, since the database is away. Their session stays as it is. Thread-safe.
 */
final class AwayFilter extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(AwayFilter.class);
  private static final int AWAY = 503;

  private final Template template;

  AwayFilter(Template template) {
    this.template = template;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (RuntimeException | ServletException failure) {
      Problem problem = Trouble.of(failure);
      if (problem == null
          || problem.type().kind() != ProblemKind.ENVIRONMENT
          || response.isCommitted()) {
        throw failure;
      }
      LOG.warn("a request cannot be answered: {}", problem);
      response.resetBuffer();
      if (request.getRequestURI().startsWith("/api/")) {
        ProblemBody.of(AWAY, problem).write(response);
      } else {
        page(problem, response);
      }
    }
  }

  private void page(Problem problem, HttpServletResponse response) throws IOException {
    Frame frame = new Frame(problem.type().title(), null, "", null);
    String page = template.fill("missing", new Missing(frame, PageProblems.lead(problem), ""));
    response.setStatus(AWAY);
    response.setContentType(Template.HTML);
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(Objects.requireNonNull(page).getBytes(StandardCharsets.UTF_8));
  }
}
