package dev.assay.server.api;

import dev.assay.api.spi.Clock;
import dev.assay.server.account.ProgramKey;
import dev.assay.server.api.Buckets.Left;
import dev.assay.server.api.Buckets.Rate;
import dev.assay.server.project.Project;
import dev.assay.server.quota.Quota;
import dev.assay.server.quota.QuotaGate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds how often a key asks, and all keys of a project together: buckets of requests that fill
 * again. Says so in {@code RateLimit} and {@code RateLimit-Policy}
 * (draft-ietf-httpapi-ratelimit-headers-10). Each server process counts for itself.
 */
public final class RateLimit extends OncePerRequestFilter {

  static final int BURST = 2_000;
  static final int EACH_SECOND = 200;

  /** Of a project that has no quota of its own: far more than twenty runs send at a time. */
  private static final long PROJECT_EACH_SECOND = 1_000;

  /** So many seconds may be asked at once. */
  private static final long WINDOW = 10;

  private final QuotaGate quotas;
  private final Buckets keys;
  private final Buckets projects;

  /** By that clock, and the quotas of projects. */
  public RateLimit(QuotaGate quotas, Clock clock) {
    this.quotas = quotas;
    this.keys = new Buckets(clock);
    this.projects = new Buckets(clock);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || !(who.getPrincipal() instanceof ProgramKey key)) {
      chain.doFilter(request, response);
      return;
    }
    Left own = keys.take(key.id(), new Rate(BURST, EACH_SECOND));
    String policy = own.policy("key");
    String told = own.told("key");
    Left all = null;
    if (!own.none() && request.getAttribute(RequestCount.PROJECT) instanceof Project project) {
      all = projects.take(project.name(), rate(project));
      policy += ", " + all.policy("project");
      told += ", " + all.told("project");
    }
    response.setHeader("RateLimit-Policy", policy);
    response.setHeader("RateLimit", told);
    if (own.none()) {
      refuse(response, "The key", own.rate(), "ask less often");
    } else if (all != null && all.none()) {
      refuse(
          response,
          "All keys of the project together",
          all.rate(),
          "ask less often, or ask an owner of the server for a larger quota");
    } else {
      chain.doFilter(request, response);
    }
  }

  private Rate rate(Project project) {
    Long most = quotas.limits(project).of(Quota.REQUESTS);
    long eachSecond = most == null ? PROJECT_EACH_SECOND : most;
    return new Rate(WINDOW * eachSecond, eachSecond);
  }

  private static void refuse(HttpServletResponse response, String who, Rate rate, String mend)
      throws IOException {
    response.setHeader("Retry-After", "1");
    ProblemBody.tooOften(who, rate, mend).write(response);
  }
}
