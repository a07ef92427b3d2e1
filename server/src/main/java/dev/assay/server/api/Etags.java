package dev.assay.server.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Answers 304 where the asker has it already. The answer is made nevertheless, and only not sent;
 * files are named by their content and need none.
 */
public final class Etags extends ShallowEtagHeaderFilter {

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("GET") && !head(request)
        || !request.getRequestURI().startsWith("/api/v1/")
        || request.getRequestURI().contains("/artifacts/")
        // these are not held in memory
        || request.getRequestURI().endsWith("/report")
        || request.getRequestURI().endsWith("/audit/export");
  }

  private static boolean head(HttpServletRequest request) {
    return request.getMethod().equals("HEAD");
  }

  /** HEAD has the headers that GET would have (RFC 9110, section 9.3.2). */
  @Override
  protected boolean isEligibleForEtag(
      HttpServletRequest request, HttpServletResponse response, int status, InputStream body) {
    return head(request)
        ? !response.isCommitted() && status / 100 == 2
        : super.isEligibleForEtag(request, response, status, body);
  }
}
