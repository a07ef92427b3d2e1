package dev.assay.server.api;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Answers 304 where the asker has it already. The answer is made nevertheless, and only not sent;
 * files are named by their content and need none.
 */
public final class Etags extends ShallowEtagHeaderFilter {

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("GET")
        || !request.getRequestURI().startsWith("/api/v1/")
        || request.getRequestURI().contains("/artifacts/")
        // these are not held in memory
        || request.getRequestURI().endsWith("/report")
        || request.getRequestURI().endsWith("/audit/export");
  }
}
