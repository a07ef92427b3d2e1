package dev.assay.server.api;

import dev.assay.server.account.ProgramKey;
import dev.assay.server.account.ProjectKey;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectList;
import dev.assay.server.usage.Requests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts what programs ask of each project. Thread-safe. */
public final class RequestCount extends OncePerRequestFilter {

  /** The attribute of a request that has its {@link Project}. */
  static final String PROJECT = "dev.assay.project";

  private static final String PROJECTS = "/api/v1/projects/";
  private static final int TOO_MANY = 429;
  private static final int NO_ROOM = 507;

  private final Requests requests;
  private final ProjectList projects;

  /** Into those. */
  public RequestCount(Requests requests, ProjectList projects) {
    this.requests = requests;
    this.projects = projects;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Project project = project(request);
    if (project != null) {
      request.setAttribute(PROJECT, project);
    }
    int status = 500;
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      if (project != null) {
        requests.count(project.name(), status == TOO_MANY || status == NO_ROOM);
      }
    }
  }

  /** The project that a request is of; null for one of the whole server, or of nobody. */
  private @Nullable Project project(HttpServletRequest request) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || !(who.getPrincipal() instanceof ProgramKey key)) {
      return null;
    }
    if (key instanceof ProjectKey own) {
      return projects.find(own.project()).orElse(null);
    }
    String path = request.getRequestURI();
    if (!path.startsWith(PROJECTS)) {
      return null;
    }
    int end = path.indexOf('/', PROJECTS.length());
    String named = path.substring(PROJECTS.length(), end < 0 ? path.length() : end);
    return projects.find(named).orElse(null);
  }
}
